/** What people do with a work: say what it is, tag it, look it up again; with the way back where there is one. */
import { api } from "./api.js";
import { works } from "./api_works.js";
import { navigate } from "./router.js";
import { libraryRevision, putJob, toast, toastError } from "./store.js";
import { t as words } from "./strings_undo.js";
import { t } from "./strings_works.js";
import { undoable } from "./undoing.js";

/** @import { Job } from "./types.js" */
/** @import { Candidate, Work } from "./types_works.js" */

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
  undoable(t("identify.done", { title: candidate.title || title }), () => takeBack(before, now), t("identify.undone"));
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
  const { ids, state } = before;
  const match = ids.musicbrainz ? /** @type {const} */ ({ source: "musicbrainz", id: ids.musicbrainz }) : ids.tmdb ? /** @type {const} */ ({ source: "tmdb", id: ids.tmdb }) : null;
  const wasSettled = state === "applied" || state === "confirmed";
  const { work } = await (wasSettled && match ? works.apply(now, match) : works.undo(now));
  if (state === "dismissed") await works.dismiss(work?.key ?? now);
  goAlong(now, work?.key ?? now);
}

/** @param {string} key */
export async function identifyAgain(key) {
  try {
    const job = await works.identify({ keys: [key] });
    putJob(job);
    undoable(t("identify.asked"), () => stopIdentifying(job), words("undo.stopped"));
  } catch (error) {
    toastError(error);
  }
}

/** Stops looking things up; what was found by then can be put right one by one. @param {Job} job */
export const stopIdentifying = async (job) => putJob((await api.cancelJob(job.id)).job);

/** @param {string} album */
export async function measureLoudness(album) {
  try {
    putJob(await works.measureLoudness(album));
    toast(t("album.measuring"));
  } catch (error) {
    toastError(error);
  }
}

/** Has all that is not settled for good looked up again. @returns {Promise<boolean>} whether it is under way */
export async function identifyEverything() {
  try {
    const job = await works.identify({ everything: true });
    putJob(job);
    undoable(t("identify.asked"), () => stopIdentifying(job), words("undo.stopped"));
    return true;
  } catch (error) {
    toastError(error);
    return false;
  }
}
