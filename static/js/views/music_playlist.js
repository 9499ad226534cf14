/** The matches of a music playlist: what is certain is out of the way, what is not is decided with one tap or key. */
import { html } from "htm/preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { reading } from "../api_reading.js";
import { EmptyState } from "../components/empty_state.js";
import { ErrorState } from "../components/error_state.js";
import { Icon } from "../components/icon.js";
import { MatchCard, MatchRow } from "../components/match_card.js";
import { PageHead } from "../components/page_head.js";
import { ProgressBar } from "../components/progress_bar.js";
import { PageSkeleton } from "../components/skeleton.js";
import { GROUPS, grouped, settled, undecided } from "../match_groups.js";
import { usePageTitle } from "../page_title.js";
import { useResource } from "../resource.js";
import { announce, collectionRevision, libraryRevision, toast, toastError } from "../store.js";
import { t } from "../strings.js";
import { t as words } from "../strings_undo.js";
import { undoable } from "../undoing.js";

/** @import { Collection, PlaylistTrack } from "../types_reading.js" */

/** @param {{ collection: Collection }} props */
export function MusicPlaylistView({ collection }) {
  usePageTitle(t("match.title", { title: collection.title }));
  const revision = libraryRevision.value + collectionRevision.value;
  const list = useResource(`tracks:${collection.id}`, (options) => reading.tracks(collection.id, options), revision);
  const [here, setHere] = useState(/** @type {number | null} */ (null));
  const tracks = list.value?.tracks ?? [];
  const waiting = undecided(tracks);

  /** @param {PlaylistTrack} track @param {string | null} media @param {{ quiet?: boolean }} [how] */
  const choose = async (track, media, { quiet = false } = {}) => {
    const index = waiting.findIndex((one) => one.position === track.position);
    const after = waiting[index + 1] ?? waiting[index - 1];
    put({ ...track, media_id: media, state: media ? "confirmed" : "rejected" });
    if (index >= 0) setHere(after && after.position !== track.position ? after.position : null);
    if (!quiet) announce(t(media ? "match.isConfirmed" : "match.isRejected", { title: track.title }));
    try {
      await reading.matchTrack(collection.id, track.position, media);
      if (!quiet) undoable(words("undo.matched", { title: track.title }), () => bringBack([track]));
      return true;
    } catch (error) {
      put(track);
      toastError(error);
      return false;
    }
  };
  /** @param {PlaylistTrack[]} before */
  const bringBack = async (before) => {
    for (const track of before) {
      await reading.undecideTrack(collection.id, track);
      put(track);
    }
  };
  /** @param {PlaylistTrack} changed */
  const put = (changed) => {
    const known = latest.current?.tracks ?? tracks;
    latest.current = { tracks: known.map((one) => (one.position === changed.position ? changed : one)) };
    list.set(latest.current);
  };
  const latest = useLatest(list.value);
  const confirmAll = async () => {
    /** @type {PlaylistTrack[]} */
    const done = [];
    for (const track of grouped(latest.current?.tracks ?? []).likely) {
      const best = track.media_id ?? track.candidates[0]?.media_id;
      if (best && (await choose(track, best, { quiet: true }))) done.push(track);
    }
    announce(t("match.allDone"));
    if (done.length) undoable(words("undo.matchedAll", { count: done.length }), () => bringBack(done));
  };
  const again = async () => {
    try {
      await reading.matchAgain(collection.id);
      list.reload();
      toast(t("match.matching"));
    } catch (error) {
      toastError(error);
    }
  };
  useKeys(waiting, here, setHere, choose);

  if (list.error && !list.value) return html`<${ErrorState} error=${list.error} onRetry=${list.reload} />`;
  if (!list.value) return html`<${PageSkeleton} />`;
  const groups = grouped(tracks);
  const done = settled(tracks);
  return html`
    <${PageHead} title=${t("match.title", { title: collection.title })} note=${t("match.progress", { done, count: tracks.length })}>
      <a class="button" href=${`/collections/${collection.id}`}><${Icon} name="list-music" />${t("match.toList")}</a>
      <button type="button" class="button" onClick=${again}><${Icon} name="refresh-cw" />${t("match.again")}</button>
    <//>
    <div class="section section--flush matches">
      <${ProgressBar} value=${tracks.length ? (done / tracks.length) * 100 : 100} />
      ${waiting.length > 0 && html`<p class="matches__keys">${t("match.keys")}</p>`}
      ${!waiting.length && !groups.none.length && tracks.length > 0 && html`<${EmptyState}
        icon="circle-check"
        title=${t("match.allDone")}
      />`}
      ${GROUPS.filter((group) => groups[group].length).map((group) => html`<${Group}
        key=${group}
        group=${group}
        tracks=${groups[group]}
        here=${here}
        onHere=${setHere}
        onChoose=${choose}
        onConfirmAll=${confirmAll}
      />`)}
    </div>`;
}

/**
 * @param {{ group: typeof GROUPS[number], tracks: PlaylistTrack[], here: number | null,
 *   onHere: (position: number) => void, onChoose: (track: PlaylistTrack, media: string | null) => void,
 *   onConfirmAll: () => void }} props
 */
function Group({ group, tracks, here, onHere, onChoose, onConfirmAll }) {
  const head = html`<h2 class="matches__title">${t(`match.${group}`)}</h2><span class="matches__count">${tracks.length}</span>`;
  const rows = html`<ul class="matches__rows">${tracks.map((track) => html`<${MatchRow}
    key=${track.position}
    track=${track}
    onChoose=${(/** @type {string | null} */ media) => onChoose(track, media)}
  />`)}</ul>`;
  if (group === "certain" || group === "rejected") return html`<details class="matches__group">
    <summary class="matches__head">${head}<${Icon} name="chevron-down" /></summary>
    ${rows}
  </details>`;
  return html`<section class="matches__group">
    <div class="matches__head">
      ${head}
      ${group === "likely" && html`<button
        type="button"
        class="button"
        onClick=${onConfirmAll}
      ><${Icon} name="list-checks" />${t("match.confirmAll", { count: tracks.length })}</button>`}
    </div>
    <p class="matches__note">${t(`match.${group}Note`)}</p>
    ${group === "none"
      ? rows
      : html`<ul class="matches__cards">
        ${tracks.map((track) => html`<${MatchCard}
          key=${track.position}
          track=${track}
          isHere=${track.position === here}
          onFocus=${() => onHere(track.position)}
          onChoose=${(/** @type {string | null} */ media) => onChoose(track, media)}
        />`)}
      </ul>`}
  </section>`;
}

/** What was shown last, for answers that come after the next question. @template T @param {T} value @returns {{ current: T }} */
function useLatest(value) {
  const [box] = useState({ current: value });
  useEffect(() => {
    box.current = value;
  }, [value]);
  return box;
}

/**
 * @param {PlaylistTrack[]} waiting @param {number | null} here @param {(position: number) => void} setHere
 * @param {(track: PlaylistTrack, media: string | null) => void} choose
 */
function useKeys(waiting, here, setHere, choose) {
  useEffect(() => {
    if (here !== null) {
      const card = document.querySelector(`[data-position="${here}"]`);
      if (card instanceof HTMLElement && !card.contains(document.activeElement)) card.focus({ preventScroll: true });
      card?.scrollIntoView({ block: "nearest" });
    }
  }, [here]);
  // before the next key can come, not after the next paint
  useLayoutEffect(() => {
    /** @param {KeyboardEvent} event */
    const key = (event) => {
      const isTyping = event.target instanceof Element && event.target.closest("input, textarea, select, dialog");
      if (isTyping || event.metaKey || event.ctrlKey || event.altKey || !waiting.length) return;
      const at = waiting.findIndex((one) => one.position === here);
      const track = waiting[at];
      const letter = event.key.toLowerCase();
      if (letter === "j" || letter === "k") {
        const next = waiting[Math.min(waiting.length - 1, Math.max(0, at + (letter === "j" ? 1 : -1)))];
        if (next) setHere(next.position);
      } else if (track && letter === "n") choose(track, null);
      else if (track && /^[1-9]$/.test(letter)) {
        const candidate = track.candidates[Number(letter) - 1];
        if (!candidate) return;
        choose(track, candidate.media_id);
      } else return;
      event.preventDefault();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  });
}
