/** A text of any length: its beginning, and the rest for those who ask. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { t } from "../strings.js";

/** More than this many characters or lines are folded. */
const LONG = 420;
const LINES = 6;

/** @param {{ text: string }} props line breaks are kept */
export function LongText({ text }) {
  const [isOpen, setOpen] = useState(false);
  const isLong = text.length > LONG || text.split("\n").length > LINES;
  return html`<div class="long-text">
    <p class=${`detail__overview long-text__words ${isLong && !isOpen ? "long-text__words--folded" : ""}`}>${text}</p>
    ${isLong && html`<button
      type="button"
      class="long-text__more"
      aria-expanded=${isOpen}
      onClick=${() => setOpen(!isOpen)}
    >${isOpen ? t("text.less") : t("text.more")}</button>`}
  </div>`;
}
