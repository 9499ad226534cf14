/** Takes something along, and tells how far it is. */
import { html } from "htm/preact";
import { useEffect } from "preact/hooks";
import { api } from "../api.js";
import { Icon } from "../components/icon.js";
import { Popover } from "../components/popover.js";
import { ProgressRing } from "../components/progress_ring.js";
import { percent, size } from "../format.js";
import { useResource } from "../resource.js";
import { said } from "../said.js";
import { toastError } from "../store.js";
import { t } from "../strings_offline.js";
import { cancel, goOn, playsAsItIs, take } from "./fetching.js";
import { expectedSize, hasPicture, progressOf } from "./records.js";
import { canKeep, itemOf, items, knowShelf, takeOff } from "./shelf.js";

/** @import { Media } from "../types.js" */
/** @import { Item, Quality } from "./records.js" */

/** Of an item of which only the id is known. @param {{ id: string }} props */
export function DeviceButtonOf({ id }) {
  const resource = useResource(`media:${id}`, (options) => api.media(id, options));
  return resource.value ? html`<${DeviceButton} media=${resource.value} />` : null;
}

/** @param {{ media: Media }} props one item */
export function DeviceButton({ media }) {
  useEffect(() => void knowShelf().catch(() => undefined), []);
  if (!canKeep() || items.value === null) return null;
  const item = itemOf(media.id);
  if (item) return html`<${Taken} item=${item} />`;
  if (!hasPicture(media)) return html`<button type="button" class="button button--plain" onClick=${() => take(media, "original").catch(toastError)}>
    <${Icon} name="smartphone" />${t("offline.take")}
  </button>`;
  return html`<${Popover} icon="smartphone" label=${t("offline.takeTitle", { title: media.title })} class="button button--plain" text=${t("offline.take")}>
    ${(/** @type {() => void} */ close) => html`<${Choices} media=${media} onChoose=${close} />`}
  <//>`;
}

/** @param {{ media: Media, onChoose: () => void }} props */
function Choices({ media, onChoose }) {
  const asItIs = playsAsItIs(media);
  const height = media.video?.height ?? 0;
  const offered = /** @type {Quality[]} */ ([asItIs && "original", (!asItIs || height > 720) && "720p", (height > 480 || !asItIs) && "480p"].filter(Boolean));
  /** @param {Quality} quality */
  const choose = (quality) => {
    onChoose();
    take(media, quality).catch(toastError);
  };
  return html`<div class="take">
    <p class="take__note">${t("offline.takeNote")}</p>
    ${offered.map((quality) => html`<button key=${quality} type="button" class="take__choice" onClick=${() => choose(quality)}>
      <span class="take__name">${t(`offline.${quality}`)}</span>
      <span class="take__size">${quality === "original" ? size(media.size_bytes) : t("offline.about", { size: size(expectedSize(media, quality)) })}</span>
      <span class="take__hint">${t(`offline.${quality}Note`)}${quality !== "original" && ` · ${t("offline.prepared")}`}</span>
    </button>`)}
  </div>`;
}

/** @param {{ item: Item }} props */
export function Taken({ item }) {
  if (item.state === "ready") return html`<button type="button" class="button button--plain button--on" title=${t("offline.removeShort")} onClick=${() => takeOff([item], item)}>
    <${Icon} name="circle-check" />${t("offline.here")}
  </button>`;
  if (item.state === "failed" || item.state === "paused") return html`<button type="button" class="button button--plain" title=${said(item.error) ?? undefined} onClick=${() => goOn(item)}>
    <${Icon} name=${item.state === "failed" ? "circle-alert" : "play"} />${item.state === "failed" ? t("offline.failed") : t("offline.paused", { percent: percent(progressOf(item)) })}
  </button>`;
  return html`<button type="button" class="button button--plain" title=${t("offline.cancel", { title: item.title })} onClick=${() => cancel(item)}>
    <span class="button__ring"><${ProgressRing} value=${progressOf(item)} /></span>${percent(progressOf(item))}
  </button>`;
}
