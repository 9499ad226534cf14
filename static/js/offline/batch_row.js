/** What was taken along together and is on its way: how far all of it is, and what can be done about it. */
import { html } from "htm/preact";
import { IconButton } from "../components/icon_button.js";
import { ProgressBar } from "../components/progress_bar.js";
import { percent } from "../format.js";
import { t } from "../strings_offline.js";
import { DeviceRow } from "./device_row.js";
import { goOn, pause, work } from "./fetching.js";
import { takeOff } from "./shelf.js";

/** @import { Batch } from "./choosing.js" */
/** @import { Item } from "./records.js" */

/** @param {Item[]} some @param {(item: Item) => Promise<unknown>} act */
const all = async (some, act) => {
  for (const item of some) await act(item);
};

/** @param {{ batch: Batch, online: boolean }} props */
export function BatchRow({ batch, online }) {
  const { title, items, count, done } = batch;
  const failed = items.filter((item) => item.state === "failed").length;
  const line = [t("offline.batchDone", { done, count }), percent(batch.percent), failed > 0 && t("offline.batchFailed", { count: failed })];
  return html`<li class="batch">
    <div class="batch__head">
      <div class="device-row__words">
        <span class="device-row__title">${title}</span>
        <span class="device-row__line" role="status">${line.filter(Boolean).join(" · ")}</span>
        <${ProgressBar} value=${batch.percent} />
      </div>
      <div class="device-row__tools">
        ${batch.isPaused
          ? html`<${IconButton} icon="refresh-cw" label=${t("offline.goOn", { title })} onClick=${() => all(items, goOn)} />`
          : html`<${IconButton} icon="pause" label=${t("offline.pause", { title })} onClick=${() => all(items.filter((item) => item.state !== "failed"), pause)} />`}
        <${IconButton} icon="x" label=${t("offline.cancelRest", { title })} onClick=${() => takeOff(items, { title, back: work })} />
      </div>
    </div>
    <details class="batch__all">
      <summary class="batch__summary">${t("offline.batchAll", { count: items.length })}</summary>
      <ul class="device__rows">${items.map((item) => html`<${DeviceRow} key=${item.key} item=${item} online=${online} playing=${false} onPlay=${() => undefined} />`)}</ul>
    </details>
  </li>`;
}
