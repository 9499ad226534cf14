/** What is on this device: how much room it takes, what is on its way, what can be played. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { EmptyState } from "../components/empty_state.js";
import { t } from "../strings_offline.js";
import { DevicePlayer } from "./device_player.js";
import { BatchRow } from "./batch_row.js";
import { batches } from "./choosing.js";
import { DeviceRow } from "./device_row.js";
import { progressOf } from "./records.js";
import { RoomMeter } from "./room_meter.js";
import { canKeep, items } from "./shelf.js";

/** @import { Item } from "./records.js" */

/** @param {{ online: boolean }} props */
export function DeviceList({ online }) {
  const [playing, setPlaying] = useState(/** @type {string | null} */ (null));
  if (!canKeep()) return html`<${EmptyState} icon="lock" title=${t("offline.empty")} text=${t("offline.insecure")} />`;
  const all = items.value ?? [];
  if (!all.length) return html`<${EmptyState} icon="smartphone" title=${t("offline.empty")} text=${t("offline.emptyText")} />`;
  const here = all.filter((item) => item.state === "ready");
  const groups = /** @type {[string, Item[]][]} */ ([
    [t("offline.video"), here.filter((item) => item.kind === "video")],
    [t("offline.audio"), here.filter((item) => item.kind === "audio")],
    [t("offline.text"), here.filter((item) => item.kind === "text")],
  ]);
  const now = here.find((item) => item.key === playing);
  const next = now && here.filter((item) => item.kind === now.kind)[here.filter((item) => item.kind === now.kind).indexOf(now) + 1];
  return html`<div class="device">
    ${now && html`<${DevicePlayer}
      key=${now.key}
      item=${now}
      onClose=${() => setPlaying(null)}
      onEnded=${() => setPlaying(now.kind === "audio" && !now.speech && next ? next.key : null)}
    />`}
    <${RoomMeter} />
    <${OnTheWay} all=${all} online=${online} />
    ${groups.map(([title, some]) => some.length > 0 && html`<section class="device__group" key=${title} aria-label=${title}>
      <h2 class="section__head">${title}</h2>
      <ul class="device__rows">
        ${some.map((item) => html`<${DeviceRow}
          key=${item.key}
          item=${item}
          online=${online}
          playing=${item.key === playing}
          onPlay=${() => setPlaying(item.key)}
        />`)}
      </ul>
    </section>`)}
  </div>`;
}

/** @param {{ all: Item[], online: boolean }} props */
function OnTheWay({ all, online }) {
  const { batches: together, alone } = batches(all, progressOf);
  if (!together.length && !alone.length) return null;
  return html`<section class="device__group" aria-label=${t("offline.onTheWay")}>
    <h2 class="section__head">${t("offline.onTheWay")}</h2>
    <ul class="device__rows">
      ${together.map((batch) => html`<${BatchRow} key=${batch.id} batch=${batch} online=${online} />`)}
      ${alone.map((item) => html`<${DeviceRow} key=${item.key} item=${item} online=${online} playing=${false} onPlay=${() => undefined} />`)}
    </ul>
  </section>`;
}
