/** A ring of progress around whatever stands in it. */
import { html } from "htm/preact";

/** @param {{ value: number | null }} props 0..100, null draws nothing */
export function ProgressRing({ value }) {
  if (value === null) return null;
  return html`<span class="ring" aria-hidden="true" style=${{ "--value": Math.max(value, 2) / 100 }}></span>`;
}
