/** On this device: what plays without a network. */
import { html } from "htm/preact";
import { useEffect } from "preact/hooks";
import { PageHead } from "../components/page_head.js";
import { TextSkeleton } from "../components/skeleton.js";
import { DeviceList } from "../offline/device_list.js";
import { items, loadShelf } from "../offline/shelf.js";
import { usePageTitle } from "../page_title.js";
import { toastError } from "../store.js";
import { t } from "../strings_offline.js";

export function OfflineView() {
  usePageTitle(t("offline.title"));
  useEffect(() => void loadShelf().catch(toastError), []);
  return html`<div class="offline-page">
    <${PageHead} title=${t("offline.title")} />
    ${items.value === null ? html`<${TextSkeleton} lines=${4} />` : html`<${DeviceList} online />`}
  </div>`;
}
