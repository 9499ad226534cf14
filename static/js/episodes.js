/** What people do with episodes: shown at once, taken back when the server refuses. */
import { signal } from "@preact/signals";
import { content } from "./api_content.js";
import { lists } from "./api_lists.js";
import { open } from "./player.js";
import { parts } from "./selection.js";
import { jobs, podcastRevision, putJob, toast, toastError } from "./store.js";
import { t } from "./strings.js";
import { t as inLists } from "./strings_lists.js";
import { t as words } from "./strings_undo.js";
import { undoable } from "./undoing.js";
import { isRunning } from "./words.js";

/** @import { Chapter, Episode, Podcast } from "./types.js" */

/** How many episodes are marked at a time. */
const MOST = 500;

/** What was just changed here and is not yet in what was loaded. */
const changes = signal(/** @type {ReadonlyMap<string, Partial<Episode>>} */ (new Map()));
/** Podcasts that were just left, while the way back is offered. */
export const left = signal(/** @type {ReadonlySet<string>} */ (new Set()));

/** @param {string} id @param {Partial<Episode>} change */
function change(id, change) {
  changes.value = new Map(changes.value).set(id, { ...changes.value.get(id), ...change });
}

/** An episode as it is now: as it was loaded, with what was done here and what its job has reached since.
 *  @template {Episode} T @param {T} loaded @returns {T & { percent: number | null }} */
export function now(loaded) {
  const episode = { ...loaded, ...changes.value.get(loaded.id), percent: null };
  // What was asked for here is old news once the server knows of it.
  if (loaded.state !== "remote" && loaded.state !== "removed") Object.assign(episode, { state: loaded.state, job_id: loaded.job_id });
  const job = episode.job_id ? jobs.value?.find((one) => one.id === episode.job_id) : undefined;
  if (!job || episode.state === "here") return episode;
  if (isRunning(job)) return { ...episode, state: "downloading", percent: job.progress };
  if (job.status === "queued") return { ...episode, state: "queued" };
  if (job.status === "done" && job.media_ids[0]) return { ...episode, state: "here", media_id: job.media_ids[0] };
  return { ...episode, state: "remote", error: job.error };
}

/** @param {Episode} episode */
export async function downloadEpisode(episode) {
  change(episode.id, { state: "queued" });
  try {
    const added = await content.downloadEpisode(episode.id);
    if (added.job) {
      putJob(added.job);
      change(episode.id, { state: "queued", job_id: added.job.id });
    } else if (added.media_id) change(episode.id, { state: "here", media_id: added.media_id });
  } catch (error) {
    change(episode.id, { state: episode.state });
    toastError(error);
  }
}

/** @param {Episode} episode @param {boolean} starred */
export async function starEpisode(episode, starred) {
  change(episode.id, { starred });
  try {
    await content.markStarred(episode.id, starred);
  } catch (error) {
    change(episode.id, { starred: !starred });
    toastError(error);
  }
}

/** @param {Episode} episode @param {boolean} heard */
export async function hearEpisode(episode, heard) {
  change(episode.id, { heard });
  try {
    // The mark forgets where one was in it.
    const undo = episode.media_id ? (await lists.mark({ ids: [episode.media_id] }, heard)).undo : null;
    await content.markHeard(episode.id, heard);
    podcastRevision.value += 1;
    undoable(words(heard ? "undo.heard" : "undo.unheard", { title: episode.title }), async () => {
      await content.markHeard(episode.id, !heard);
      if (undo) await lists.unmark(undo);
      change(episode.id, { heard: !heard });
      podcastRevision.value += 1;
    });
  } catch (error) {
    change(episode.id, { heard: !heard });
    toastError(error);
  }
}

/** Marks many, with the way back. @param {string[]} ids @param {"heard" | "starred"} what @param {boolean} is */
export async function markEpisodes(ids, what, is) {
  const { hearMany, starMany } = content;
  /** @param {string[]} some @param {boolean} now */
  const put = async (some, now) => {
    /** @type {string[]} */
    const changed = [];
    const undos = [];
    for (const part of parts(some, MOST)) {
      const answer = await (what === "heard" ? hearMany(part, now) : starMany(part, now));
      changed.push(...answer.changed);
      if ("undo" in answer) undos.push(/** @type {import("./api_lists.js").MarkUndo} */ (answer.undo));
    }
    for (const one of changed) change(one, { [what]: now });
    podcastRevision.value += 1;
    return { changed, undos };
  };
  try {
    const { changed, undos } = await put(ids, is);
    const said = what === "heard" ? (is ? "episodes.heard" : "episodes.unheardNow") : is ? "episodes.kept" : "episodes.unkept";
    undoable(inLists(said, { count: changed.length }), async () => {
      await put(changed, !is);
      for (const one of undos) await lists.unmark(one);
      podcastRevision.value += 1;
    });
  } catch (error) {
    toastError(error);
  }
}

/** @param {Episode & { chapters?: Chapter[] }} episode @param {number | null} [at] seconds; null goes on where it was left */
export const playEpisode = ({ media_id, chapters = [] }, at = null) => media_id && open(media_id, { at, chapters });

/** Leaves a podcast when the way back is no longer offered: until then nothing is lost, not even a feed's password.
 *  @param {Podcast} podcast */
export function unsubscribe(podcast) {
  setLeft(podcast.id, true);
  const leave = async () => {
    try {
      await content.removePodcast(podcast.id);
      podcastRevision.value += 1;
    } catch (error) {
      setLeft(podcast.id, false);
      toastError(error);
    }
  };
  const stay = () => {
    setLeft(podcast.id, false);
    toast(t("podcast.back", { title: podcast.title }));
  };
  toast(t("podcast.unsubscribed", { title: podcast.title }), { action: t("action.undo"), run: stay, gone: leave });
}

/** @param {string} id @param {boolean} gone */
function setLeft(id, gone) {
  const next = new Set(left.value);
  if (gone) next.add(id);
  else next.delete(id);
  left.value = next;
}
