/** Speaks what happened without anyone looking; never each percent. */
import { html } from "htm/preact";
import { announcement } from "../store.js";

export function Announcer() {
  return html`<div class="unseen" role="status" aria-live="polite">${announcement.value}</div>`;
}
