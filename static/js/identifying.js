/** What people do with a work: say what it is, tag it, look it up again; with the way back where there is one. */
import { works } from "./api_works.js";
import { libraryRevision, putJob, toast, toastError } from "./store.js";
import { t } from "./strings_works.js";

/** @import { Candidate } from "./types_works.js" */

/** Says that a work is this. @param {string} key @param {string} title @param {Candidate} candidate
 *  @returns {Promise<string | null>} the key that it has now, if the server says so */
export async function identified(key, title, candidate) {
  const { work } = await works.apply(key, candidate);
  const now = work?.key ?? key;
  libraryRevision.value += 1;
  toast(t("identify.done", { title: candidate.title || title }), { action: t("action.undo"), run: () => takeBack(now) });
  return work?.key ?? null;
}

/** @param {string} key */
async function takeBack(key) {
  try {
    await works.undo(key);
    libraryRevision.value += 1;
    toast(t("identify.undone"));
  } catch (error) {
    toastError(error);
  }
}

/** @param {string} key */
export async function identifyAgain(key) {
  try {
    putJob(await works.identify({ keys: [key] }));
    toast(t("identify.asked"));
  } catch (error) {
    toastError(error);
  }
}

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
    putJob(await works.identify({ everything: true }));
    toast(t("identify.asked"));
    return true;
  } catch (error) {
    toastError(error);
    return false;
  }
}
