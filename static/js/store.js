/** What more than one view needs to know: who is here, what the discs and jobs do, and what was just undone. */
import { batch, computed, signal } from "@preact/signals";
import { api, isNobody } from "./api.js";
import { t } from "./strings.js";

/** @import { Disc, Drive, Job, Server, Stats, User } from "./types.js" */

/** @typedef {{ id: number, text: string, tone: "plain" | "bad", action: string | null, run: (() => unknown) | null,
 *    gone: (() => unknown) | null, about: string | null }} Toast */
/** @typedef {"system" | "dark" | "light"} Theme */

export const me = signal(/** @type {User | null} */ (null));
export const server = signal(/** @type {Server | null} */ (null));
export const stats = signal(/** @type {Stats | null} */ (null));
export const drives = signal(/** @type {Drive[] | null} */ (null));
export const jobs = signal(/** @type {Job[] | null} */ (null));
export const toasts = signal(/** @type {Toast[]} */ ([]));
/** Grows whenever the library changed, so that what is shown of it is loaded again. */
export const libraryRevision = signal(0);
/** Grows whenever a collection changed. */
export const collectionRevision = signal(0);
/** Grows whenever a podcast or an episode changed. */
export const podcastRevision = signal(0);
/** How many doubtful things wait for a word, and a number that grows whenever that changed. */
export const reviewCount = signal(0);
export const reviewRevision = signal(0);
export const drawerOpen = signal(false);
/** The dialogs that are open, the topmost last: beside it nothing can be reached, so messages stand in it. */
export const dialogs = signal(/** @type {string[]} */ ([]));
/** What a screen reader says next. */
export const announcement = signal("");
export const theme = signal(/** @type {Theme} */ ("system"));

/** Whether several people watch this screen: they say who is watching, and manage nothing. */
export const isShared = signal(false);
/** After how many minutes without a touch a shared screen asks who is watching. */
export const asksAfter = signal(/** @type {number | null} */ (null));
export const isAdmin = computed(() => me.value?.role === "admin" && !isShared.value);
/** Children see films, not discs and jobs. */
export const mayRip = computed(() => me.value !== null && me.value.role !== "kid" && !isShared.value);

/** @param {Job} job */
export const isActive = (job) => ["queued", "encoding", "downloading", "working"].includes(job.status);

/** What is under way, then what waits, the next one first. */
export const activeJobs = computed(() => {
  const waits = (/** @type {Job} */ job) => Number(job.status === "queued") + Number(Boolean(job.retry_at));
  return (jobs.value ?? []).filter(isActive).sort((a, b) => waits(a) - waits(b) || a.created_at - b.created_at);
});
/** 0..100 over everything that is under way, null when nothing is. */
export const totalProgress = computed(() => {
  const active = activeJobs.value;
  if (!active.length) return null;
  return active.reduce((sum, job) => sum + job.progress, 0) / active.length;
});

/** @param {string} text */
export function announce(text) {
  if (text) announcement.value = text;
}

/** How long a message stays, ms: long enough to reach the button. */
const TOAST_MS = 8000;
let lastToast = 0;
/** @type {Map<number, ReturnType<typeof setTimeout>>} */
const timers = new Map();

/**
 * Shows a message at the foot of the page, with at most one thing to do about it.
 * @param {string} text
 * @param {{ tone?: "plain" | "bad", action?: string, run?: () => unknown, gone?: () => unknown, about?: string }} [options]
 *   `gone` is called when the message has left without its action being taken, also when the page is left; of those `about` the
 *   same only the last stands
 */
export function toast(text, { tone = "plain", action, run, gone, about } = {}) {
  lastToast += 1;
  const id = lastToast;
  const older = toasts.value.filter((one, index, all) => index < all.length - 2 || (about && one.about === about));
  for (const old of older) dismissToast(old.id);
  toasts.value = [...toasts.value, { id, text, tone, action: action ?? null, run: run ?? null, gone: gone ?? null, about: about ?? null }];
  resumeToast(id);
}

/** @param {unknown} error */
export function toastError(error) {
  toast(error instanceof Error ? error.message : t("error.unexpected"), { tone: "bad" });
}

/** @param {number} id @param {{ acted?: boolean }} [how] acted says that its action was taken
 *  @returns {unknown} a promise of what is done now that it has gone, if anything is */
export function dismissToast(id, { acted = false } = {}) {
  const leaving = toasts.value.find((one) => one.id === id);
  holdToast(id);
  toasts.value = toasts.value.filter((one) => one.id !== id);
  return acted ? undefined : leaving?.gone?.();
}

/** Before the page is left, or one signs out: what no message can take back any more is done now. */
export const settleToasts = () => Promise.all(toasts.value.map((one) => dismissToast(one.id)));

/** Keeps a message while the pointer or the focus is on it. @param {number} id */
export function holdToast(id) {
  clearTimeout(timers.get(id));
  timers.delete(id);
}

/** @param {number} id */
export function resumeToast(id) {
  holdToast(id);
  timers.set(id, setTimeout(() => dismissToast(id), TOAST_MS));
}

/** Without anybody on a shared screen where it has to be said anew who is watching. */
export async function loadMe() {
  const answer = await api.me().catch((error) => {
    if (!isNobody(error)) throw error;
    isShared.value = true;
  });
  if (!answer) return;
  batch(() => {
    me.value = answer.user;
    isShared.value = answer.is_shared;
    asksAfter.value = answer.asks_after_minutes;
    server.value = answer.server;
  });
}

export async function loadDiscs() {
  if (!mayRip.value) return;
  drives.value = (await api.discs()).drives;
}

export async function loadJobs() {
  if (!mayRip.value) return;
  jobs.value = (await api.jobs("all", 40)).jobs;
}

export async function loadStats() {
  stats.value = await api.stats();
}

export async function loadReview() {
  if (!mayRip.value) return;
  reviewCount.value = (await api.reviewCount()).count;
}

/** Puts a job into every place that shows it. @param {Job} job */
export function putJob(job) {
  const known = jobs.value ?? [];
  const rest = known.filter((one) => one.id !== job.id);
  batch(() => {
    jobs.value = [job, ...rest].sort((a, b) => b.created_at - a.created_at);
    drives.value = (drives.value ?? []).map((drive) => {
      const here = drive.id === job.drive_id && (drive.job?.id === job.id || isActive(job));
      return here ? { ...drive, job } : drive;
    });
  });
}

/** @param {string} id @param {Partial<Job>} change */
export function patchJob(id, change) {
  batch(() => {
    jobs.value = (jobs.value ?? []).map((job) => (job.id === id ? { ...job, ...change } : job));
    drives.value = (drives.value ?? []).map((drive) =>
      drive.job?.id === id ? { ...drive, job: { ...drive.job, ...change } } : drive,
    );
  });
}

/** News of how far a job is, which may come late: a job that was stopped meanwhile stays stopped.
 *  @param {string} id @param {Partial<Job>} change */
export function advanceJob(id, change) {
  const job = jobs.value?.find((one) => one.id === id);
  if (!job || isActive(job)) patchJob(id, change);
}

/** @param {Disc} disc */
export function putDisc(disc) {
  drives.value = (drives.value ?? []).map((drive) => (drive.disc?.id === disc.id ? { ...drive, disc } : drive));
}

/** @param {Theme} choice */
export function chooseTheme(choice) {
  theme.value = choice;
  if (choice === "system") {
    localStorage.removeItem("theme");
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem("theme", choice);
    document.documentElement.dataset.theme = choice;
  }
}

export function readTheme() {
  const kept = localStorage.getItem("theme");
  theme.value = kept === "dark" || kept === "light" ? kept : "system";
}
