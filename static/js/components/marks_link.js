/** The way to all that one marked, from the shelves of what is read. */
import { html } from "htm/preact";
import { t } from "../strings_reading.js";
import { Icon } from "./icon.js";

export function MarksLink() {
  return html`<a class="icon" href="/highlights" aria-label=${t("marks.open")} title=${t("marks.open")}><${Icon} name="highlighter" /></a>`;
}
