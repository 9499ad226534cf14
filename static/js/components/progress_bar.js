/** A thin bar; it decorates a text that says the same, so it stays silent. */
import { html } from "htm/preact";

/** @param {{ value: number }} props 0..100 */
export function ProgressBar({ value }) {
  return html`<span
    class="progress"
    aria-hidden="true"
  ><span class="progress__fill" style=${{ "--value": value / 100 }}></span></span>`;
}
