/** An old path above a new one, with what differs marked. */
import { html } from "htm/preact";
import { pathDifference } from "../path_difference.js";
import { t } from "../strings_library.js";
import { shownPath } from "../work_words.js";

/** @import { Part } from "../path_difference.js" */

/** @param {{ from: string | null, to: string }} props */
export function PathChange({ from, to }) {
  const parts = from === null ? null : pathDifference(shownPath(from), shownPath(to));
  return html`<span class="change">
    ${parts && html`<span class="change__line"><span class="unseen">${t("names.from")}: </span>${parts.from.map((part, index) => mark(part, index, "del"))}</span>`}
    <span class="change__line change__line--to"><span class="unseen">${t("names.to")}: </span>${parts ? parts.to.map((part, index) => mark(part, index, "ins")) : shownPath(to)}</span>
  </span>`;
}

/** @param {Part} part @param {number} index @param {"del" | "ins"} tag */
const mark = ({ text, differs }, index, tag) => (differs ? html`<${tag} key=${index} class="change__part">${text}<//>` : html`<span key=${index}>${text}</span>`);
