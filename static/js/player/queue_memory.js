/** Keeps what plays, and what comes after it, for this tab: a page that is loaded again stands where it stood, and waits. */
import { effect } from "@preact/signals";
import { before, isShuffled, putQueue } from "../queueing.js";
import { me } from "../store.js";
import { isMade, mediaElement, whenMade } from "./element.js";
import { open } from "./loading.js";
import { takeEnd } from "./moving.js";
import { play, seek } from "./commands.js";
import { queue, repeat } from "./queue.js";
import { current, file, isAudio } from "./state.js";

/** @import { Card } from "../types.js" */

const KEY = "queue";
/** What is kept of a very long queue, from what plays on. */
const MOST = 500;

/** @typedef {{ user: string | undefined, id: string, at: number, cards: Card[], ids: string[] | null, repeat: typeof repeat.value }} Kept */

function keep() {
  const item = current.peek();
  if (!item || !isAudio.peek() || file.peek()) return;
  const cards = queue.peek();
  const from = Math.max(0, cards.length > MOST ? cards.findIndex((one) => one.id === item.id) : 0);
  /** @type {Kept} */
  const kept = {
    user: me.peek()?.id, id: item.id, at: isMade() ? mediaElement().currentTime : 0, cards: cards.slice(from, from + MOST),
    ids: isShuffled.peek() ? (before.peek()?.ids ?? null) : null, repeat: repeat.peek(),
  };
  write(JSON.stringify(kept));
}

/** @param {string | null} text */
function write(text) {
  try {
    if (text === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, text);
  } catch {
    // A browser that keeps nothing begins anew each time.
  }
}

/** @returns {Kept | null} */
function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return kept && typeof kept.id === "string" && Array.isArray(kept.cards) && kept.user === me.peek()?.id ? kept : null;
  } catch {
    return null;
  }
}

async function restore() {
  const kept = read();
  // An address that says what plays is the last word.
  if (!kept || current.peek() || location.pathname.startsWith("/play/")) return;
  repeat.value = kept.repeat;
  putQueue(kept.cards, kept.ids);
  await open(kept.id, { at: kept.at, waits: true });
}

takeEnd(() => {
  if (repeat.value !== "one") return false;
  seek(0);
  play();
  return true;
});

let began = false;
void restore().finally(() => {
  effect(() => {
    void [queue.value, repeat.value, isShuffled.value];
    if (current.value) {
      began = true;
      keep();
    } else if (began) {
      // Between two items nothing plays for a moment; after the last word of it nothing is kept.
      queueMicrotask(() => !current.peek() && !queue.peek().length && write(null));
    }
  });
});
whenMade((media) => {
  media.addEventListener("pause", keep);
  media.addEventListener("seeked", keep);
});
addEventListener("pagehide", keep);
