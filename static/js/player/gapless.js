/** Music without a gap: what comes next is made ready in a second element, and begins as the first one ends. */
import { computed, effect } from "@preact/signals";
import { api, streamUrl } from "../api.js";
import { choices } from "../choices.js";
import { mediaElement, spareElement } from "./element.js";
import { firstLead, learned, READY_BEFORE, waitFor } from "./handover.js";
import { takeOver } from "./loading.js";
import { takeEnd } from "./moving.js";
import { soundsPlainly } from "./presenting.js";
import { nextId, repeat } from "./queue.js";
import { tune } from "./sound.js";
import { current, length, playing, position, stopsAtEnd } from "./state.js";

/** @import { Media } from "../types.js" */

/** @type {{ id: string, item: Media | null } | null} */
let ready = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let watching;
/** @type {number | null} */
let lead = null;

const wanted = computed(() => {
  if (!choices.value.gapless || current.value?.media_type !== "track" || repeat.value === "one" || stopsAtEnd.value) return null;
  const isNear = playing.value && length.value > 0 && length.value - position.value < READY_BEFORE;
  return isNear && nextId.value !== current.value.id ? nextId.value : null;
});

effect(() => {
  const id = wanted.value;
  if (ready?.id === id) return;
  letGo();
  if (id !== null) void prepare(id);
});

function letGo() {
  clearTimeout(watching);
  if (!ready) return;
  ready = null;
  const media = spareElement();
  media.removeAttribute("src");
  media.load();
}

/** @param {string} id */
async function prepare(id) {
  /** @type {{ id: string, item: Media | null }} */
  const mine = { id, item: null };
  ready = mine;
  try {
    const item = await api.media(id);
    if (ready !== mine || item.media_type !== "track" || !(await soundsPlainly(item))) return;
    if (ready !== mine) return;
    const [media, now] = [spareElement(), mediaElement()];
    Object.assign(media, { src: streamUrl(id), volume: now.volume, muted: now.muted });
    media.load();
    mine.item = item;
    void tune(media, item);
    watch();
  } catch {
    // Then it is fetched when its turn comes, as everything else.
  }
}

function watch() {
  clearTimeout(watching);
  const media = mediaElement();
  if (!ready?.item || media.paused) return;
  const left = (media.duration - media.currentTime) / media.playbackRate;
  const wait = waitFor(left, lead ?? firstLead);
  if (wait > 0) watching = setTimeout(watch, wait * 1000);
  else handOver();
}

/** @returns {boolean} whether it goes on without a gap */
function handOver() {
  const item = ready?.item;
  const next = spareElement();
  if (!item || next.readyState < 3) return false;
  clearTimeout(watching);
  ready = null;
  const [old, asked] = [mediaElement(), performance.now()];
  Object.assign(next, { volume: old.volume, muted: old.muted });
  next.addEventListener("playing", () => (lead = learned(lead, (performance.now() - asked) / 1000)), { once: true, capture: true });
  next.play().catch(() => (playing.value = false));
  takeOver(item);
  return true;
}

takeEnd(handOver);
effect(() => {
  if (playing.value) watch();
});
