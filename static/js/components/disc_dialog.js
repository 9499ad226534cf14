/** Names a disc and chooses which of its titles to keep. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { nameDisc, ripDisc } from "../actions.js";
import { t } from "../strings.js";
import { t as words } from "../strings_undo.js";
import { typed } from "../typed.js";
import { replaced, undoable } from "../undoing.js";
import { discTitle } from "../words.js";
import { Choice } from "./choice.js";
import { Dialog } from "./dialog.js";
import { DiscTitleRow } from "./disc_title_row.js";
import { Field } from "./field.js";

/** @import { Disc, DiscContent, DiscEdit } from "../types.js" */

/** @param {{ disc: Disc, running: boolean, onClose: () => void }} props */
export function DiscDialog({ disc, running, onClose }) {
  const [title, setTitle] = useState(disc.title);
  const [season, setSeason] = useState(text(disc.season));
  const [number, setNumber] = useState(text(disc.disc_number));
  const [content, setContent] = useState(disc.content);
  const [chosen, setChosen] = useState(() => new Set(disc.titles.filter((one) => one.chosen).map((one) => one.index)));
  const [error, setError] = useState(/** @type {string | null} */ (null));
  const [busy, setBusy] = useState(false);
  const isShow = content === "show";

  /** @param {number} index */
  const flip = (index) => {
    const next = new Set(chosen);
    if (!next.delete(index)) next.add(index);
    setChosen(next);
  };

  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const edit = changes(disc, { title: title.trim(), content, season: isShow ? season : "", number: isShow ? number : "" });
      if (Object.keys(edit).length) await nameDisc(disc, edit);
      if (!running) await ripDisc(disc, samePlan(disc, chosen) ? null : [...chosen].sort((a, b) => a - b), { loud: true });
      onClose();
      if (Object.keys(edit).length) undoable(words("undo.discNamed", { title: title.trim() }), () => nameDisc(disc, /** @type {DiscEdit} */ (replaced(disc, edit))));
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : t("error.unexpected"));
      setBusy(false);
    }
  };

  return html`<${Dialog}
    title=${running ? t("disc.changeTitle") : t("disc.chooseTitle")}
    kind="wide"
    onClose=${onClose}
  >
    <form class="form dialog__form" onSubmit=${submit}>
      <div class="dialog__body">
        <p class="form__note">${t("disc.labelled", { label: disc.label || discTitle(disc) })}</p>
        ${disc.kind !== "audio_cd" && html`<${Choice}
          label=${t("disc.whatIsIt")}
          value=${content}
          options=${kinds()}
          onChange=${setContent}
        />`}
        <div class="form__row">
          <${Field} label=${isShow ? t("field.show_title") : disc.kind === "audio_cd" ? t("field.album") : t("field.title")}>
            <input class="input" required maxlength="300" value=${title} onInput=${typed(setTitle)} />
          <//>
          ${isShow &&
          html`<${Field} label=${t("field.season")}>
              <input
                class="input input--short"
                type="number"
                min="0"
                max="999"
                inputmode="numeric"
                value=${season}
                onInput=${typed(setSeason)}
              />
            <//>
            <${Field} label=${t("field.disc_number")}>
              <input
                class="input input--short"
                type="number"
                min="1"
                max="99"
                inputmode="numeric"
                value=${number}
                onInput=${typed(setNumber)}
              />
            <//>`}
        </div>
        ${!running &&
        html`<fieldset class="titles">
          <legend class="field__label">${t("disc.titles")}</legend>
          <ul class="titles__list">
            ${disc.titles.map((one) => html`<${DiscTitleRow}
              key=${one.index}
              title=${one}
              chosen=${chosen.has(one.index)}
              onFlip=${() => flip(one.index)}
            />`)}
          </ul>
        </fieldset>`}
      </div>
      ${error && html`<p class="form__error" role="alert">${error}</p>`}
      <footer class="dialog__foot">
        <button type="button" class="button button--plain" onClick=${onClose}>${t("action.cancel")}</button>
        <button type="submit" class="button button--accent" disabled=${busy || (!running && !chosen.size)}>
          ${running ? t("action.save") : t("disc.ripCount", { count: chosen.size })}
        </button>
      </footer>
    </form>
  <//>`;
}

/** @returns {{ value: DiscContent, label: string }[]} */
const kinds = () => [
  { value: "film", label: t("content.film") },
  { value: "show", label: t("content.show") },
];

/** @param {number | null} value */
const text = (value) => (value == null ? "" : String(value));

/** @param {string} value */
const whole = (value) => (value.trim() === "" ? null : Number(value));

/**
 * @param {Disc} disc
 * @param {{ title: string, content: DiscContent | null, season: string, number: string }} form
 * @returns {DiscEdit} only what differs
 */
function changes(disc, form) {
  /** @type {DiscEdit} */
  const edit = {};
  if (form.title && form.title !== disc.title) edit.title = form.title;
  if (form.content && form.content !== disc.content) edit.content = form.content;
  if (whole(form.season) !== disc.season) edit.season = whole(form.season);
  if (whole(form.number) !== disc.disc_number) edit.disc_number = whole(form.number);
  return edit;
}

/** @param {Disc} disc @param {Set<number>} chosen */
const samePlan = (disc, chosen) => disc.titles.every((one) => one.chosen === chosen.has(one.index));
