/** What people do with a work: say what it is, tag it, look it up again; with the way back where there is one. */
import { api } from "./api.js";
import { works } from "./api_works.js";
import { navigate } from "./router.js";
import { libraryRevision, putJob, toast, toastError } from "./store.js";
import { t as words } from "./strings_undo.js";
import { t } from "./strings_works.js";
import { parked, undoable } from "./undoing.js";

/** @import { Candidate, Work } from "./types_works.js" */

/** Browsers let at most 64 KiB outlive a page. */
const MOST_KEPT_ALIVE = 60_000;

/** The page of a show or an album goes along when its key changes. @param {string} from @param {string} to keys of works */
export function goAlong(from, to) {
  const shelf = from.startsWith("album:") ? "/music/" : "/shows/";
  const pathOf = (/** @type {string} */ key) => shelf + encodeURIComponent(key.slice(key.indexOf(":") + 1));
  if (from !== to && location.pathname === pathOf(from)) navigate(pathOf(to), { replace: true });
  libraryRevision.value += 1;
}

/** Says that a work is this. @param {string} key @param {string} title @param {Candidate} candidate
 *  @returns {Promise<string | null>} the key that it has now, if the server says so */
export async function identified(key, title, candidate) {
  const before = await standing(key);
  const { work } = await works.apply(key, candidate);
  const now = work?.key ?? key;
  libraryRevision.value += 1;
  undoable(t("identify.done", { title: candidate.title || title }), () => takeBack(before, now), { said: t("identify.undone") });
  return work?.key ?? null;
}

/** @param {string} key @returns {Promise<Work>} */
function standing(key) {
  const subject = key.slice(key.indexOf(":") + 1);
  if (key.startsWith("show:")) return works.ofShow(subject);
  return key.startsWith("album:") ? works.ofAlbum(subject) : works.ofMedia(subject);
}

/** A work becomes again what it was taken for, or waits for a word again. @param {Work} before @param {string} now the key that it has */
async function takeBack(before, now) {
  const match = matchOf(before);
  const { work } = await (match ? works.apply(now, match) : works.undo(now));
  if (before.state === "dismissed") await works.dismiss(work?.key ?? now);
  goAlong(now, work?.key ?? now);
}

/** What a work is taken for, null while nobody knows. @param {Work} work @returns {Pick<Candidate, "source" | "id"> | null} */
function matchOf({ ids, state }) {
  if (state !== "applied" && state !== "confirmed") return null;
  if (ids.musicbrainz) return { source: "musicbrainz", id: ids.musicbrainz };
  return ids.tmdb ? { source: "tmdb", id: String(ids.tmdb) } : null;
}

/** @param {string} key */
export async function identifyAgain(key) {
  try {
    const before = await standing(key);
    const job = await works.identify({ keys: [key] });
    putJob(job);
    undoable(t("identify.asked"), async () => {
      // It may have ended by now.
      await api.cancelJob(job.id).then((answer) => putJob(answer.job), () => undefined);
      await asBefore(before);
    });
  } catch (error) {
    toastError(error);
  }
}

/** Makes a work what it was before it was looked up again. @param {Work} before */
async function asBefore(before) {
  const now = await standing(before.key).catch(() => null);
  // Under another key: it got another name.
  if (!now) return takeBack(before, (await works.undo(before.key)).work?.key ?? before.key);
  const isSame = JSON.stringify([now.state, now.ids]) === JSON.stringify([before.state, before.ids]);
  if (!isSame && (matchOf(before) || matchOf(now))) await takeBack(before, now.key);
  return undefined;
}

/** Has things looked up when the way back is no longer offered: many of them change at once.
 *  @param {string} text @param {{ keys?: string[], media_ids?: string[], everything?: boolean }} what @param {() => void} [back] */
export const identifyLater = (text, what, back = () => undefined) =>
  parked(text, { act: async () => putJob(await works.identify(what, { keepalive: JSON.stringify(what).length < MOST_KEPT_ALIVE })), back });

/** @param {string} album */
export async function measureLoudness(album) {
  try {
    putJob(await works.measureLoudness(album));
    toast(t("album.measuring"));
  } catch (error) {
    toastError(error);
  }
}

/** Has all that is not settled for good looked up again. @param {() => void} back when that was taken back or refused */
export const identifyEverything = (back) => identifyLater(words("parked.everything"), { everything: true }, back);
