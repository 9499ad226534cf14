/** Says that what is held over the window may be let go. */
import { html } from "htm/preact";
import { hovering } from "../arrivals.js";
import { t } from "../strings.js";
import { Icon } from "./icon.js";

export function DropVeil() {
  if (!hovering.value) return null;
  return html`<div
    class="veil"
    role="status"
  ><span class="veil__words"><${Icon} name="circle-plus" />${t("drop.here")}</span></div>`;
}
