/** Resumable uploads: the tus 1.0 protocol (https://tus.io/protocols/resumable-upload), without a page around it. */

/** @typedef {{ status: number, header: (name: string) => string | null, text: string }} Answer status 0 when there was none */
/**
 * @typedef {(method: string, url: string, request: { headers: Record<string, string>, body?: Blob,
 *   onSent?: (bytes: number) => void, signal?: AbortSignal }) => Promise<Answer>} Ask
 */
/** The part of a `File` that is needed. @typedef {{ size: number, slice: (from: number, to: number) => Blob }} Source */
/**
 * @typedef {{
 *   url: string, address: string | null, metadata: Record<string, string>, chunkBytes: number,
 *   checksum?: ((chunk: Blob) => Promise<string>) | null, signal?: AbortSignal,
 *   pause: (failures: number, seconds: number | null, signal?: AbortSignal) => Promise<void>,
 *   onAddress?: (address: string) => void, onProgress?: (bytes: number) => void,
 *   onTrouble?: (error: TusError) => void,
 * }} Wishes `address` is where an earlier attempt went; `checksum` gives the SHA-256 of a chunk as base64;
 *   `pause` waits before the next attempt, at least `seconds` when the server said so
 */

const VERSION = { "Tus-Resumable": "1.0.0" };
/** A way that takes no smaller pieces than this takes none at all, bytes. */
const LEAST_BYTES = 256 * 1024;
const FIRST_BYTES = 2 * 1024 * 1024;
/** What is not larger goes together with the order, bytes. */
const SMALL_BYTES = 4 * 1024 * 1024;
/** How often in a row a server may fail before it is believed. A network may be away for as long as it likes. */
const MOST_FAILURES = 8;

/** What the server said, or that it said nothing; `again` says that waiting may help. */
export class TusError extends Error {
  /** @param {number} status @param {string} message its own words, empty when there are none @param {number | null} seconds it asked for */
  constructor(status, message, seconds = null) {
    super(message);
    this.name = "TusError";
    this.status = status;
    this.seconds = seconds;
    this.again = [0, 404, 408, 409, 410, 413, 423, 425, 429, 460].includes(status) || (status >= 500 && status !== 507);
  }
}

/**
 * Sends what is not there yet, and goes on after every break.
 * @param {Ask} ask @param {Source} source @param {Wishes} wishes
 * @returns {Promise<string>} the address of the whole upload
 * @throws {TusError} when the server refuses, the reason of `signal` when that is aborted
 */
export async function sendFile(ask, source, wishes) {
  const { signal, onProgress, onAddress, onTrouble } = wishes;
  let { address, chunkBytes: most } = wishes;
  let chunk = Math.min(FIRST_BYTES, most);
  /** @type {number | null} */
  let offset = address === null ? 0 : null;
  let failures = 0;
  for (;;) {
    signal?.throwIfAborted();
    try {
      if (address === null) {
        ({ address, offset } = await create(ask, source, wishes));
        onAddress?.(address);
      } else if (offset === null) {
        offset = await offsetOf(ask, address, signal);
        if (offset === null || offset > source.size) {
          address = null;
          continue;
        }
      }
      onProgress?.(offset);
      if (offset >= source.size) return address;
      const begun = performance.now();
      offset = await append(ask, source, address, offset, chunk, wishes);
      chunk = nextChunk(chunk, performance.now() - begun, most);
      failures = 0;
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof TusError) || !error.again) throw error;
      offset = null;
      // Something on the way, not the server, may take only small pieces.
      if (error.status === 413 && address !== null && chunk > LEAST_BYTES) {
        most = Math.max(LEAST_BYTES, Math.floor(chunk / 2));
        chunk = most;
        continue;
      }
      chunk = Math.max(LEAST_BYTES, Math.floor(chunk / 2));
      failures += 1;
      if (error.status > 0 && (failures > MOST_FAILURES || error.status === 413)) throw error;
      onTrouble?.(error);
      await wishes.pause(failures, error.seconds, signal);
    }
  }
}

/**
 * A chunk takes a few seconds: what breaks off is sent again from its beginning, and each costs a question and an answer.
 * @param {number} chunk bytes of the last one
 * @param {number} spent on it, ms
 * @param {number} most bytes
 * @returns {number} bytes of the next one
 */
export function nextChunk(chunk, spent, most) {
  if (spent < 1500) return Math.min(most, chunk * 2);
  return spent > 6000 ? Math.max(LEAST_BYTES, Math.floor(chunk / 2)) : Math.min(most, chunk);
}

/** Seconds before the next attempt: one, two, four … a minute. @param {number} failures from 1 */
export const pauseSeconds = (failures) => Math.min(60, 2 ** (failures - 1));

/** @param {Record<string, string>} values @returns {string} for the header Upload-Metadata; empty values are left out */
export function metadataHeader(values) {
  return Object.entries(values).filter(([, value]) => value !== "").map(([name, value]) => `${name} ${base64(new TextEncoder().encode(value))}`).join(",");
}

/** @param {Uint8Array} bytes */
export const base64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

/** A small file comes along at once. @param {Ask} ask @param {Source} source @param {Wishes} wishes */
async function create(ask, source, wishes) {
  const { url, metadata, chunkBytes, signal } = wishes;
  const headers = { ...VERSION, "Upload-Length": String(source.size), "Upload-Metadata": metadataHeader(metadata) };
  const whole = source.size <= Math.min(chunkBytes, SMALL_BYTES) ? source.slice(0, source.size) : null;
  const answer = await ask("POST", url, { ...(whole ? await part(whole, 0, headers, wishes) : { headers }), ...(signal && { signal }) });
  const address = answer.header("Location");
  if (answer.status !== 201 || !address) throw failure(answer);
  // A proxy may know the server by another name: what counts is the path.
  return { address: new URL(address, "http://here.invalid").pathname, offset: Number(answer.header("Upload-Offset") ?? 0) };
}

/** @param {Blob} body @param {number} offset @param {Record<string, string>} headers @param {Wishes} wishes */
async function part(body, offset, headers, { checksum, onProgress }) {
  const sum = checksum && (await checksum(body));
  return {
    headers: { ...headers, "Content-Type": "application/offset+octet-stream", ...(sum && { "Upload-Checksum": `sha256 ${sum}` }) },
    body,
    onSent: (/** @type {number} */ bytes) => onProgress?.(offset + Math.min(bytes, body.size)),
  };
}

/** @param {Ask} ask @param {string} address @param {AbortSignal} [signal] @returns {Promise<number | null>} null when nobody knows it any more */
async function offsetOf(ask, address, signal) {
  const answer = await ask("HEAD", address, { headers: VERSION, ...(signal && { signal }) });
  if ([403, 404, 410].includes(answer.status)) return null;
  const offset = answer.header("Upload-Offset");
  if (answer.status < 200 || answer.status > 299 || offset === null) throw failure(answer);
  return Number(offset);
}

/** @param {Ask} ask @param {Source} source @param {string} address @param {number} offset @param {number} chunkBytes @param {Wishes} wishes */
async function append(ask, source, address, offset, chunkBytes, wishes) {
  const { signal } = wishes;
  const end = Math.min(source.size, offset + chunkBytes);
  const request = await part(source.slice(offset, end), offset, { ...VERSION, "Upload-Offset": String(offset) }, wishes);
  const answer = await ask("PATCH", address, { ...request, ...(signal && { signal }) });
  const now = Number(answer.header("Upload-Offset") ?? Number.NaN);
  if (answer.status !== 204 || !(now > offset && now <= end)) throw failure(answer);
  return now;
}

/** @param {Answer} answer */
function failure(answer) {
  const seconds = Number(answer.header("Retry-After"));
  return new TusError(answer.status < 300 ? 0 : answer.status, messageOf(answer.text), seconds > 0 ? Math.min(seconds, 300) : null);
}

/** @param {string} text */
function messageOf(text) {
  try {
    return String(JSON.parse(text).error.message);
  } catch {
    return "";
  }
}
