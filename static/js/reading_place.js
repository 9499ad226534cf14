/** Keeps the place of a reader: soon after it changed, and at once when the page goes. */
import { useEffect, useMemo, useRef } from "preact/hooks";
import { toProgress } from "./reading_position.js";
import { source } from "./reading_source.js";
import { useResource } from "./resource.js";
import { libraryRevision } from "./store.js";

/** @import { Resource } from "./resource.js" */

/** A pause in reading that is worth a note, ms. */
const PAUSE_MS = 1200;
/** How long somebody may read on without a note, ms. */
const LONGEST_MS = 8000;

/**
 * What is to be read, as it is now: what is remembered of it names a place that the reader has left meanwhile.
 * @template T
 * @param {string} key
 * @param {(options: { signal: AbortSignal }) => Promise<T>} load
 * @param {unknown} [revision]
 * @returns {Resource<T>}
 */
export function useFresh(key, load, revision) {
  const resource = useResource(key, load, revision);
  const remembered = useRef({ key, value: resource.value });
  if (remembered.current.key !== key) remembered.current = { key, value: resource.value };
  const isFresh = resource.value !== remembered.current.value;
  return isFresh ? resource : { ...resource, value: undefined };
}

/**
 * @param {string} media
 * @returns {(fraction: number) => void} notes where the reader is, 0..1
 */
export function usePlaceKeeper(media) {
  const keeper = useMemo(() => makeKeeper(media), [media]);
  useEffect(() => {
    const flush = () => void keeper.flush({ keepalive: true });
    const hide = () => document.visibilityState === "hidden" && flush();
    addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", hide);
    return () => {
      removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", hide);
      // The page that comes next may have asked already how far it was read.
      void keeper.flush({})?.then(() => (libraryRevision.value += 1));
    };
  }, [keeper]);
  return keeper.note;
}

/** @param {string} media */
function makeKeeper(media) {
  let waiting = /** @type {number | null} */ (null);
  let saved = Date.now();
  let timer = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);

  /** @param {{ keepalive?: boolean }} options */
  const flush = (options) => {
    clearTimeout(timer);
    if (waiting === null) return undefined;
    const place = toProgress(waiting);
    waiting = null;
    saved = Date.now();
    // A lost place is not worth a message in the middle of a page; the next note is seconds away.
    return source.savePlace(media, place, options).catch(() => undefined);
  };
  return {
    flush,
    /** @param {number} fraction */
    note(fraction) {
      waiting = fraction;
      clearTimeout(timer);
      if (Date.now() - saved > LONGEST_MS) void flush({});
      else timer = setTimeout(() => flush({}), PAUSE_MS);
    },
  };
}
