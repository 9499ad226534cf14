/** What there is at a place of the seek bar: a small picture, the chapter, the time. */
import { html } from "htm/preact";
import { clock } from "../format.js";
import { thumbAt } from "../player/timeline.js";

/** @import { Chapter } from "../types.js" */
/** @import { Trickplay } from "../player/timeline.js" */

/** @param {{ at: number, chapters: Chapter[], previews: Trickplay | null }} props `at` in seconds */
export function SeekHint({ at, chapters, previews }) {
  const thumb = thumbAt(previews, at);
  const chapter = chapters.findLast((one) => one.start <= at);
  return html`<span class=${thumb ? "seek__hint seek__hint--picture" : "seek__hint"}>
    ${thumb && html`<span
      class="seek__thumb"
      style=${{
        width: `${thumb.width}px`, height: `${thumb.height}px`, backgroundImage: `url("${thumb.sheet}")`,
        backgroundPosition: `-${thumb.x}px -${thumb.y}px`,
      }}
    ></span>`}
    ${chapter?.title && html`<span class="seek__name">${chapter.title}</span>`}<b>${clock(at)}</b>
  </span>`;
}
