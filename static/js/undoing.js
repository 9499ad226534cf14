/** How things are changed so that they can be taken back: done, said in the undo bar, and put back from there. */
import { toast, toastError } from "./store.js";
import { t } from "./strings_undo.js";

/**
 * Says what was done, with the way back.
 * @param {string} text
 * @param {() => unknown} back puts it as it was; what it rejects with is said
 * @param {{ said?: string, about?: string }} [more] `said` when it is as it was; `about` what can be taken back only from its last
 *   change, because the server keeps no more of it
 */
export function undoable(text, back, { said = t("undo.done"), about } = {}) {
  const run = async () => {
    try {
      await back();
      toast(said);
    } catch (error) {
      toastError(error);
    }
  };
  toast(text, { action: t("action.undo"), run, ...(about && { about }) });
}

/**
 * Throws away what nobody could bring back: not before the bar has left, or the page. Until then it is only out of sight.
 * @param {string} text
 * @param {{ act: () => Promise<unknown>, back: () => unknown }} ways `act` does it and outlives the page, `back` shows it again
 */
export function parked(text, { act, back }) {
  const gone = async () => {
    try {
      await act();
    } catch (error) {
      back();
      toastError(error);
    }
  };
  toast(text, { action: t("action.undo"), run: back, gone });
}

/**
 * Changes something, with the way back; what the server refuses is taken back at once and said.
 * @template C
 * @param {C} change
 * @param {C} before what takes it back
 * @param {{ send: (change: C) => Promise<unknown>, show?: (change: C) => void, text?: string }} how
 *   `show` draws it before the server has answered
 */
export async function changeWithUndo(change, before, { send, show = () => undefined, text = t("undo.saved") }) {
  /** @param {C} wish @param {C} other */
  const put = async (wish, other) => {
    show(wish);
    try {
      await send(wish);
    } catch (error) {
      show(other);
      throw error;
    }
  };
  try {
    await put(change, before);
    undoable(text, () => put(before, change));
  } catch (error) {
    toastError(error);
  }
}

/** That a setting is kept. @param {string} label of it */
export const savedText = (label) => t("undo.savedAs", { label });

/** Those values of a record that a change of it replaces. @template {object} T @param {T} now @param {Partial<T>} change @returns {Partial<T>} */
export const replaced = (now, change) =>
  /** @type {Partial<T>} */ (Object.fromEntries(Object.keys(change).map((name) => [name, now[/** @type {keyof T} */ (name)]])));

/**
 * Changes a part of the settings of the house.
 * @template {object} S
 * @template {keyof S} P
 * @param {S} settings as they are
 * @param {P} part
 * @param {Partial<S[P]>} change
 * @param {{ show: (settings: S) => void, send: (change: any) => Promise<S>, label: string }} how `send` answers with what is true
 *   now; `label` of the setting
 */
export function changeSettings(settings, part, change, { show, send, label }) {
  const now = /** @type {any} */ (settings[part]);
  return changeWithUndo(change, replaced(now, change), {
    show: (wish) => show({ ...settings, [part]: { ...now, ...wish } }),
    send: async (wish) => show(await send(wish)),
    text: savedText(label),
  });
}
