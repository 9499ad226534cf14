/** The disc itself: it turns while it is read. */
import { html } from "htm/preact";

/** @param {{ turning?: boolean, large?: boolean }} props */
export function DiscMark({ turning = false, large = false }) {
  const classes = ["disc-mark", turning && "disc-mark--turning", large && "disc-mark--large"].filter(Boolean).join(" ");
  return html`<span class=${classes} aria-hidden="true"></span>`;
}
