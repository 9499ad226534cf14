/** The subtitles over the picture, drawn as the reader likes them. */
import { html } from "htm/preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { captionLook } from "../player/caption_look.js";
import { cues } from "../player/captions.js";

/** @param {{ raised: boolean }} props above the controls while they are there */
export function Captions({ raised }) {
  const { size, ground } = captionLook.value;
  const shown = cues.value;
  if (!shown.length) return null;
  const [top, bottom] = [shown.filter(isOnTop), shown.filter((cue) => !isOnTop(cue))];
  const look = `captions captions--${size} captions--${ground}`;
  return html`
    ${top.length > 0 && html`<div class=${`${look} captions--top`}>${top.map((cue) => html`<${Line} key=${cue.startTime} cue=${cue} />`)}</div>`}
    ${bottom.length > 0 && html`<div class=${raised ? `${look} captions--raised` : look}>${bottom.map((cue) => html`<${Line} key=${cue.startTime} cue=${cue} />`)}</div>`}
  `;
}

/** A cue that the film places in its upper half keeps clear of what is written there below. @param {VTTCue} cue */
const isOnTop = ({ line, snapToLines }) => typeof line === "number" && (snapToLines ? line >= 0 && line < 6 : line < 50);

/** @param {{ cue: VTTCue }} props */
function Line({ cue }) {
  const box = useRef(/** @type {HTMLSpanElement | null} */ (null));
  // The browser has made nodes of its own from the text; nothing of a file is read as markup of this page.
  useLayoutEffect(() => box.current?.replaceChildren(cue.getCueAsHTML()), [cue]);
  return html`<p class="captions__line"><span class="captions__text" ref=${box}></span></p>`;
}
