/** Remembers where a file was being sent to, so that the same file, chosen again, goes on where it stopped. */

const NAME = "uploads";
/** The server forgets what nobody went on with; longer than this nothing is remembered, ms. */
const KEPT_MS = 7 * 86_400_000;
const MOST = 400;

/** @typedef {{ name: string, size: number, lastModified: number }} Fingerprint of a `File` */
/** @typedef {{ address: string, at: number }} Remembered */

/** What makes a file the same one. @param {Fingerprint} file @param {string} folder */
export const keyOf = (file, folder) => [folder, file.name, file.size, file.lastModified].join("\n");

/** @param {Storage} storage @param {number} [now] ms @returns {Record<string, Remembered>} */
function read(storage, now = Date.now()) {
  try {
    /** @type {[string, Remembered][]} */
    const known = Object.entries(JSON.parse(storage.getItem(NAME) ?? "{}"));
    return Object.fromEntries(known.filter(([, one]) => typeof one?.address === "string" && now - one.at < KEPT_MS).slice(-MOST));
  } catch {
    return {};
  }
}

/** @param {Storage} storage @param {Record<string, Remembered>} known */
function write(storage, known) {
  try {
    storage.setItem(NAME, JSON.stringify(known));
  } catch {
    // A browser without room or leave to remember sends a file from its beginning.
  }
}

/** @param {Storage} storage @param {string} key @param {number} [now] ms @returns {string | null} the address of the upload */
export const recallUpload = (storage, key, now) => read(storage, now)[key]?.address ?? null;

/** @param {Storage} storage @param {string} key @param {string} address @param {number} [now] ms */
export function rememberUpload(storage, key, address, now = Date.now()) {
  const known = read(storage, now);
  delete known[key];
  write(storage, { ...known, [key]: { address, at: now } });
}

/** @param {Storage} storage @param {string} key */
export function forgetUpload(storage, key) {
  const known = read(storage);
  if (!(key in known)) return;
  delete known[key];
  write(storage, known);
}
