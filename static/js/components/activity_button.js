/** The small button of every page: a ring of everything under way, and the way to the drawer. */
import { html } from "htm/preact";
import { percent } from "../format.js";
import { drawerOpen, totalProgress } from "../store.js";
import { t } from "../strings.js";
import { transferProgress } from "../transfers.js";
import { Icon } from "./icon.js";
import { ProgressRing } from "./progress_ring.js";

export function ActivityButton() {
  const total = transferProgress.value ?? totalProgress.value;
  const label = total === null ? t("activity.title") : t("activity.running", { percent: percent(total) });
  return html`<button
    type="button"
    class="icon"
    aria-label=${label}
    title=${t("activity.title")}
    aria-haspopup="dialog"
    onClick=${() => (drawerOpen.value = true)}
  >
    <${ProgressRing} value=${total} /><${Icon} name="zap" />
  </button>`;
}
