/** One thing on this device, with what can be done about it. */
import { html } from "htm/preact";
import { Icon } from "../components/icon.js";
import { IconButton } from "../components/icon_button.js";
import { ProgressBar } from "../components/progress_bar.js";
import { duration, percent, size, timeLeft } from "../format.js";
import { said } from "../said.js";
import { t } from "../strings_offline.js";
import { joinDots } from "../words.js";
import { cancel, goOn, pause } from "./fetching.js";
import { progressOf, readHref } from "./records.js";
import { takeOff } from "./shelf.js";

/** @import { Item } from "./records.js" */

const ICONS = /** @type {const} */ ({ audio: "music", video: "film", text: "book-open" });

/** @param {{ item: Item, online: boolean, playing: boolean, onPlay: () => void }} props */
export function DeviceRow({ item, online, playing, onPlay }) {
  const { title, state } = item;
  const isReady = state === "ready";
  const goesOn = state === "loading" || state === "preparing";
  const cover = html`
    ${isReady && item.has_picture && html`<img class="device-row__picture" src=${`/offline-media/${item.media}/picture`} alt="" loading="lazy" />`}
    <span class="device-row__mark"><${Icon} name=${isReady && item.kind !== "text" ? "play" : ICONS[item.kind]} filled=${isReady && item.kind !== "text"} /></span>`;
  const link = item.kind === "text" ? (isReady || online) && readHref(item) : online && `/item/${item.media}`;
  return html`<li class=${`device-row ${playing ? "device-row--on" : ""}`} aria-current=${playing ? "true" : undefined}>
    ${isReady && item.kind === "text"
      ? html`<a class="device-row__cover" style=${{ "--hue": item.hue }} href=${readHref(item)} aria-label=${t("offline.read", { title })}>${cover}</a>`
      : html`<button type="button" class="device-row__cover" style=${{ "--hue": item.hue }} disabled=${!isReady} aria-label=${t("offline.play", { title })} onClick=${onPlay}>${cover}</button>`}
    <div class="device-row__words">
      ${link ? html`<a class="device-row__title" href=${link}>${title}</a>` : html`<span class="device-row__title">${title}</span>`}
      ${item.subtitle && html`<span class="device-row__line">${item.subtitle}</span>`}
      <span class="device-row__line" role=${goesOn ? "status" : undefined}>${lineOf(item)}</span>
      ${(!isReady || item.position > 0) && html`<${ProgressBar} value=${isReady ? (item.position / (item.duration || 1)) * 100 : progressOf(item)} />`}
    </div>
    <div class="device-row__tools">
      ${goesOn && html`<${IconButton} icon="pause" label=${t("offline.pause", { title })} onClick=${() => pause(item)} />`}
      ${(state === "paused" || state === "failed") && html`<${IconButton} icon="refresh-cw" label=${t("offline.goOn", { title })} onClick=${() => goOn(item)} />`}
      ${isReady
        ? html`<${IconButton} icon="trash-2" label=${t("offline.remove", { title })} onClick=${() => takeOff([item], item)} />`
        : html`<${IconButton} icon="x" label=${t("offline.cancel", { title })} onClick=${() => cancel(item)} />`}
    </div>
  </li>`;
}

/** @param {Item} item */
function lineOf(item) {
  const told = percent(progressOf(item));
  if (item.state === "preparing") return t("offline.preparing", { percent: told });
  if (item.state === "loading" && !item.size) return t("offline.taking", { percent: told });
  if (item.state === "loading") return t("offline.loading", { percent: told, size: size(item.size) });
  if (item.state === "paused") return t("offline.paused", { percent: told });
  if (item.state === "failed") return said(item.error) ?? t("offline.failed");
  if (item.kind === "text") return joinDots([item.position > 0 && t("card.read", { percent: percent(item.position / 10) }), size(item.size)]);
  const long = item.position > 0 ? timeLeft(item.duration - item.position) : duration(item.duration);
  return [long, size(item.size), item.quality !== "original" && item.quality].filter(Boolean).join(" · ");
}
