/** Files on their way from this device into the library. */
import { signal } from "@preact/signals";
import { content } from "./api_content.js";
import { reading } from "./api_reading.js";
import { LIST_BYTES, useOf } from "./dropped_files.js";
import { putJob } from "./store.js";
import { t } from "./strings.js";

/** @import { Added } from "./types.js" */

/**
 * @typedef {{ id: number, name: string, fraction: number | null, state: "sending" | "done" | "bad", message: string | null,
 *   href: string | null }} Upload fraction is null while nobody can say
 */

export const uploads = signal(/** @type {Upload[]} */ ([]));
let last = 0;

/** @param {File[]} files */
export function takeFiles(files) {
  for (const file of files) void takeFile(file);
}

/** @param {number} id */
export const dismissUpload = (id) => (uploads.value = uploads.value.filter((one) => one.id !== id));

/** @param {File} file */
async function takeFile(file) {
  last += 1;
  const id = last;
  /** @type {Upload} */
  const fresh = { id, name: file.name, fraction: null, state: "sending", message: null, href: null };
  uploads.value = [fresh, ...uploads.value];
  /** @param {Partial<Upload>} change */
  const change = (change) => (uploads.value = uploads.value.map((one) => (one.id === id ? { ...one, ...change } : one)));
  try {
    change({ fraction: 1, state: "done", ...(await send(file, (fraction) => change({ fraction }))) });
  } catch (error) {
    change({ state: "bad", message: error instanceof Error ? error.message : t("error.unexpected") });
  }
}

/** @param {File} file @param {(fraction: number) => void} onProgress @returns {Promise<Partial<Upload>>} */
async function send(file, onProgress) {
  const use = useOf(file.name);
  if (use === null) throw new Error(t("upload.strange"));
  if (use === "book") return told(await reading.addBookFile(file, null, onProgress), t("upload.book"));
  if (file.size > LIST_BYTES) throw new Error(t("upload.tooLarge"));
  const text = await file.text();
  if (use === "podcasts") {
    const { added, existing, refused } = await content.importOpml(text);
    const told = refused.map((one) => t("upload.refused", { ...one }));
    return { message: [t("upload.podcasts", { count: added, known: existing }), ...told].join(" "), href: "/podcasts" };
  }
  return told(await content.importPlaylist({ name: file.name, content: text }), t("upload.playlist"));
}

/** @param {Added} added @param {string} message @returns {Partial<Upload>} */
function told(added, message) {
  if (added.job) putJob(added.job);
  const href = added.media_id ? `/item/${added.media_id}` : added.collection_id ? `/collections/${added.collection_id}` : null;
  return { message: added.existing ? t("add.existing") : message, href };
}
