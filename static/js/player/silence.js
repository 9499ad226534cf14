/** Hurries through the silence of what is spoken, and counts what that saves. */
import { computed, effect, signal } from "@preact/signals";
import { choices } from "../choices.js";
import { mediaElement, whenMade } from "./element.js";
import { FRESH, hear, hurriedRate } from "./pauses.js";
import { isOpen, levelNow } from "./sound.js";
import { current, isSpeech, playing, rate } from "./state.js";

/** How often it is listened, ms. */
const TURN = 40;

/** Seconds that were saved of what plays. */
export const saved = signal(0);
/** It passes a silence at this moment. */
export const isHurrying = signal(false);

let hearing = FRESH;
/** The rate that was set here, which is nobody's choice. @type {number | null} */
let ours = null;
/** @type {ReturnType<typeof setInterval> | undefined} */
let listening;
let heardAt = 0;

const listens = computed(() => choices.value.skip_silence && isSpeech.value && playing.value && isOpen.value);

effect(() => {
  clearInterval(listening);
  if (!listens.value) return slow();
  heardAt = performance.now();
  listening = setInterval(listen, TURN);
  return undefined;
});
effect(() => {
  void current.value?.id;
  hearing = FRESH;
  saved.value = 0;
});

function listen() {
  const level = levelNow();
  const now = performance.now();
  const seconds = Math.min(0.5, (now - heardAt) / 1000);
  heardAt = now;
  if (level === null || mediaElement().seeking || mediaElement().readyState < 3) return;
  hearing = hear(hearing, level, seconds, rate.value);
  // Once a second is often enough for a number that people read.
  if (Math.floor(hearing.saved * 2) !== Math.floor(saved.peek() * 2)) saved.value = hearing.saved;
  if (hearing.hurries === isHurrying.peek()) return;
  isHurrying.value = hearing.hurries;
  setRate(hearing.hurries ? hurriedRate(rate.value) : rate.value);
}

function slow() {
  if (isHurrying.peek()) setRate(rate.peek());
  isHurrying.value = false;
}

/** @param {number} value */
function setRate(value) {
  ours = value;
  mediaElement().playbackRate = value;
}

whenMade((media) => {
  media.addEventListener("ratechange", (event) => {
    // What is shown, kept and chosen stays the speed of the words.
    if (media.playbackRate === ours) event.stopImmediatePropagation();
    ours = null;
  }, { capture: true });
});
