/** What people do with discs, jobs and media: shown at once, taken back when the server refuses. */
import { api } from "./api.js";
import { forgetMedia } from "./forgotten.js";
import { libraryRevision, loadDiscs, loadJobs, patchJob, putDisc, putJob, toast, toastError } from "./store.js";
import { t } from "./strings.js";

/** @import { Disc, DiscEdit, Drive, Job, Media } from "./types.js" */

/** @param {Job} job */
export async function cancelJob(job) {
  patchJob(job.id, { status: "cancelled", eta_seconds: null });
  try {
    putJob((await api.cancelJob(job.id)).job);
    toast(t("job.stopped", { title: job.title }), { action: t("job.restart"), run: () => retryJob(job) });
  } catch (error) {
    toastError(error);
    await loadJobs();
  }
}

/** @param {Job} job */
export async function retryJob(job) {
  try {
    putJob((await api.retryJob(job.id)).job);
  } catch (error) {
    toastError(error);
  }
}

/**
 * @param {Disc} disc
 * @param {number[] | null} titles null rips what the plan says
 * @param {{ loud?: boolean }} [how] loud leaves the error to the caller
 */
export async function ripDisc(disc, titles, { loud = false } = {}) {
  try {
    putJob((await api.ripDisc(disc.id, titles)).job);
    await loadDiscs();
  } catch (error) {
    if (loud) throw error;
    toastError(error);
  }
}

/** @param {Disc} disc @param {DiscEdit} edit */
export async function nameDisc(disc, edit) {
  putDisc(await api.editDisc(disc.id, edit));
}

/** @param {Drive} drive */
export async function ejectDrive(drive) {
  try {
    await api.eject(drive.id);
    await loadDiscs();
  } catch (error) {
    toastError(error);
  }
}

/** Moves a medium to the bin, with the way back in the undo bar. @param {Media} media */
export async function binMedia(media) {
  forgetMedia(media.id, true);
  try {
    await api.binMedia(media.id);
    toast(t("item.binned", { title: media.title }), { action: t("action.undo"), run: () => restore(media) });
  } catch (error) {
    forgetMedia(media.id, false);
    toastError(error);
  }
  libraryRevision.value += 1;
}

/** @param {Media} media */
async function restore(media) {
  forgetMedia(media.id, false);
  try {
    await api.restoreMedia(media.id);
    libraryRevision.value += 1;
    toast(t("item.restored", { title: media.title }));
  } catch (error) {
    toastError(error);
  }
}
