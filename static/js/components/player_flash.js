/** What a key or a double tap has just done, for a moment. */
import { html } from "htm/preact";
import { Icon } from "./icon.js";

/** @typedef {{ by: number } | { text: string }} Deed seconds skipped, or words */

/** @param {{ deed: Deed | null }} props */
export function PlayerFlash({ deed }) {
  if (!deed) return null;
  if ("text" in deed) return html`<p class="player__said" role="status">${deed.text}</p>`;
  const side = deed.by < 0 ? "back" : "on";
  return html`<span class=${`player__flash player__flash--${side}`} aria-hidden="true">
    <${Icon} name=${side === "back" ? "rotate-ccw" : "rotate-cw"} />${Math.abs(deed.by)} s
  </span>`;
}
