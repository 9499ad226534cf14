/** The chapters of a film; a tap plays from there. */
import { html } from "htm/preact";
import { clock } from "../format.js";
import { t } from "../strings.js";

/** @import { Chapter } from "../types.js" */

/** @param {{ chapters: Chapter[], hrefOf: (chapter: Chapter) => string }} props */
export function ChapterList({ chapters, hrefOf }) {
  return html`<ol class="chapters">
    ${chapters.map(
      (chapter, index) => html`<li key=${index}>
        <a class="chapter" href=${hrefOf(chapter)}>
          <span class="chapter__title">${chapter.title || t("item.chapter", { number: index + 1 })}</span>
          <span class="chapter__time">${clock(chapter.start)}</span>
        </a>
      </li>`,
    )}
  </ol>`;
}
