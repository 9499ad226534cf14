/** What a person marked in the text that is open: shown at once, taken back when the server refuses. */
import { useEffect, useMemo } from "preact/hooks";
import { signal } from "@preact/signals";
import { source } from "./reading_source.js";
import { toast, toastError } from "./store.js";
import { t } from "./strings_reading.js";
import { t as words } from "./strings_undo.js";
import { changeWithUndo } from "./undoing.js";

/** @import { Colour, Highlight } from "./api_highlights.js" */
/** @import { Passage } from "./highlight_anchor.js" */

/**
 * @typedef {object} Marks
 * @property {Highlight[]} all in the order of the text
 * @property {(chapter: number, passage: Passage, colour: Colour, note?: string | null) => Promise<Highlight | null>} add
 * @property {(mark: Highlight, edit: { colour?: Colour, note?: string | null }) => Promise<void>} change
 * @property {(mark: Highlight) => Promise<void>} remove with the way back in the undo bar
 */

/** @param {Highlight} one @param {Highlight} other */
const inOrder = (one, other) => one.chapter - other.chapter || one.start - other.start;

/** @param {string} media @returns {Marks} */
export function useMarks(media) {
  const list = useMemo(() => signal(/** @type {Highlight[]} */ ([])), [media]);
  useEffect(() => {
    const control = new AbortController();
    source.marks(media, { signal: control.signal }).then(
      ({ highlights }) => (list.value = highlights),
      // The text can be read all the same.
      (error) => control.signal.aborted || toastError(error),
    );
    return () => control.abort();
  }, [list]);
  return useMemo(() => ({ ...doing(media, list), get all() { return list.value; } }), [list]);
}

/** @param {string} media @param {import("@preact/signals").Signal<Highlight[]>} list @returns {Omit<Marks, "all">} */
function doing(media, list) {
  /** @param {Highlight} mark */
  const put = (mark) => (list.value = [...list.value.filter((one) => one.id !== mark.id), mark].sort(inOrder));
  /** @type {Marks["add"]} */
  const add = async (chapter, { start, end, quote }, colour, note = null) => {
    try {
      const mark = await source.addMark(media, { chapter, start, end, quote, colour, note });
      put(mark);
      return mark;
    } catch (error) {
      toastError(error);
      return null;
    }
  };
  return {
    add,
    change: async (mark, edit) => {
      await changeWithUndo({ ...mark, ...edit }, mark, {
        show: put,
        send: async (wish) => put(await source.changeMark(media, wish)),
        text: words("undo.marked"),
      });
    },
    remove: async (mark) => {
      list.value = list.value.filter((one) => one.id !== mark.id);
      try {
        await source.removeMark(media, mark);
        toast(t("mark.removed"), { action: t("action.undo"), run: () => void add(mark.chapter, mark, mark.colour, mark.note) });
      } catch (error) {
        put(mark);
        toastError(error);
      }
    },
  };
}
