/** One entry of a collection: a medium of the library, or one that a list names and that is not here. */
import { html } from "htm/preact";
import { clock, percent } from "../format.js";
import { current, playing } from "../player.js";
import { activeJobs, mayRip } from "../store.js";
import { t } from "../strings.js";
import { cardHref, episodeCode, isText, join, joinDots, leftText, watched } from "../words.js";
import { Cover } from "./cover.js";
import { Icon } from "./icon.js";
import { IconButton } from "./icon_button.js";
import { Popover, PopoverAction } from "./popover.js";
import { ProgressBar } from "./progress_bar.js";

/** @import { Card } from "../types.js" */
/** @import { Collection, Entry, EntryState } from "../types_reading.js" */

const MARKS = /** @type {Record<EntryState, string>} */ ({
  here: "check", wanted: "calendar", queued: "calendar", downloading: "download", failed: "circle-alert", skipped: "circle-x",
  removed: "trash-2", remote: "link",
});
/** States in which somebody may say "fetch it all the same". */
const FETCHABLE = new Set(["failed", "skipped", "removed", "remote"]);

/**
 * @param {{ collection: Collection, entry: Entry, index: number, isLast: boolean, canOrder: boolean,
 *   onGrab: (event: PointerEvent) => void, onNudge: (event: KeyboardEvent) => void, onMove: (way: 1 | -1) => void,
 *   onRemove: (() => void) | null, onFetch: () => void }} props
 */
export function EntryRow({ collection, entry, index, isLast, canOrder, onGrab, onNudge, onMove, onRemove, onFetch }) {
  const media = entry.media;
  const isHere = media !== null;
  const sounds = isHere && current.value?.id === media.id && playing.value;
  const done = media && watched(media);
  const hue = media?.hue ?? collection.hue;
  const words = html`
    <span class="listed__art">
      <${Cover}
        id=${media?.id ?? null}
        title=""
        hue=${hue}
        artwork=${media?.artwork ?? { poster: false, still: false }}
        shape=${media?.artwork.still && !media.artwork.poster ? "wide" : "square"}
      />
      ${done !== null && done < 100 && html`<${ProgressBar} value=${done} />`}
    </span>
    <span class="listed__words">
      <span class="listed__title">${media?.title ?? entry.title}</span>
      <span class="listed__sub">${media ? joinDots([describe(media), entry.is_gone && t("entry.gone")]) : html`<${Standing} entry=${entry} />`}</span>
    </span>
  `;
  const actions = [
    canOrder && index > 0 && { icon: "arrow-up", text: t("collection.moveUp"), act: () => onMove(-1) },
    canOrder && !isLast && { icon: "arrow-down", text: t("collection.moveDown"), act: () => onMove(1) },
    onRemove && { icon: "x", text: t("collection.removeEntry"), act: onRemove },
  ].filter((one) => one !== false && one !== null);
  return html`<div class=${`listed ${isHere ? "" : "listed--away"}`} aria-current=${sounds ? "true" : undefined}>
    ${canOrder && html`<button
      type="button"
      class="listed__handle"
      aria-label=${t("collection.move", { title: entry.title })}
      title=${t("collection.moveHint")}
      onPointerDown=${onGrab}
      onKeyDown=${onNudge}
    ><${Icon} name="grip-vertical" /></button>`}
    <span class="listed__number" aria-hidden="true">${index + 1}</span>
    ${media ? html`<a class="listed__link" href=${cardHref(media)}>${words}</a>` : html`<span class="listed__link">${words}</span>`}
    ${entry.duration ? html`<span class="listed__time">${media && isText(media) ? null : clock(entry.duration)}</span>` : null}
    ${!isHere && entry.url && mayRip.value && FETCHABLE.has(entry.state) && html`<${IconButton}
      icon="download"
      label=${t("entry.get", { title: entry.title })}
      onClick=${onFetch}
    />`}
    ${actions.length > 0 && html`<${Popover} icon="ellipsis" label=${t("collection.moreOf", { title: entry.title })}>
      ${(/** @type {() => void} */ close) => actions.map((one) => html`<${PopoverAction} key=${one.icon} icon=${one.icon} text=${one.text} onClick=${() => {
        close();
        one.act();
      }} />`)}
    <//>`}
  </div>`;
}

/** How something stands that is not here, and how far it is while it comes. @param {{ entry: Entry }} props */
function Standing({ entry }) {
  const job = entry.url ? activeJobs.value.find((one) => one.url === entry.url && one.status === "downloading") : undefined;
  const state = job ? "downloading" : entry.state;
  return html`<span class=${`listed__state listed__state--${state}`}>
    <${Icon} name=${MARKS[state]} />${joinDots([t(`entry.${state}`), job && job.progress > 0 && percent(job.progress)])}
  </span>`;
}

/** @param {Card} card */
function describe(card) {
  if (card.media_type === "track") return join([card.artist, card.album]);
  if (card.media_type === "episode") return joinDots([join([card.show_title, episodeCode(card)]), leftText(card)]);
  const who = card.media_type === "book" ? card.artist : card.show_title;
  return joinDots([t(`kind.${card.media_type}`), who ?? (card.year ? String(card.year) : null), leftText(card)]);
}
