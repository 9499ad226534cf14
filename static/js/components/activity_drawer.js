/** Everything the box does, from any page. */
import { html } from "htm/preact";
import { useEffect } from "preact/hooks";
import { connected } from "../live.js";
import { place } from "../router.js";
import { drawerOpen } from "../store.js";
import { lazy } from "../lazy.js";
import { t } from "../strings.js";
import { transfers } from "../transfers.js";
import { Dialog } from "./dialog.js";
import { JobList } from "./job_list.js";

const Uploads = lazy(() => import("./upload_list.js"), "UploadList", () => null, ["uploads"]);

export function ActivityDrawer() {
  const path = place.value.path;
  useEffect(() => {
    drawerOpen.value = false;
  }, [path]);
  if (!drawerOpen.value) return null;
  return html`<${Dialog} title=${t("activity.title")} kind="drawer" onClose=${() => (drawerOpen.value = false)}>
    <div class="dialog__body">
      ${!connected.value && html`<p class="notice">${t("live.behind")}</p>`}
      ${transfers.value.length > 0 && html`<${Uploads} most=${6} />`}
      <${JobList} limit=${8} />
      <a class="button button--plain button--wide" href="/activity">${t("activity.all")}</a>
    </div>
  <//>`;
}
