/** Subtitles: which there are, which are on. The browser reads and times those that are text, we draw them; pictures are burned in. */
import { computed, effect, signal } from "@preact/signals";
import { changeChoices, choices } from "../choices.js";
import { toast, toastError } from "../store.js";
import { t } from "../strings_player.js";
import { mediaElement } from "./element.js";
import { choose, plan } from "./presenting.js";
import { current } from "./state.js";
import { longCode, rememberedSubtitles, subtitlesFor } from "./tracks.js";

/** @import { PlanSubtitle } from "./plan.js" */

export const subtitles = computed(() => plan.value?.subtitles ?? kept.value);
/** The id of those that are shown, by whatever way. */
export const subtitleOn = signal(/** @type {string | null} */ (null));
/** What is to be read at this moment. */
export const cues = signal(/** @type {VTTCue[]} */ ([]));

/** Those of the film whose next plan is on its way. */
const kept = signal(/** @type {PlanSubtitle[]} */ ([]));
/** The film, and the language heard, for which subtitles were settled. @type {string | null} */
let settledFor = null;
/** The person has said which, so nobody else does. */
let isByHand = false;
/** @type {HTMLTrackElement | null} */
let track = null;

/** The language of the reader, three letters. */
export const readingLanguage = () => choices.value.subtitle_language || longCode(choices.value.language || navigator.language);

effect(() => {
  const item = current.value;
  const found = plan.value;
  if (!item) return forget();
  if (!found) return undefined;
  kept.value = found.subtitles;
  const burned = found.subtitles.find((one) => one.burned);
  if (burned) subtitleOn.value = burned.id;
  const heard = found.audio_tracks.find((one) => one.selected)?.language ?? item.audio[0]?.language ?? "und";
  const settling = `${item.id} ${heard}`;
  if (settledFor === settling || burned || isByHand) return undefined;
  settledFor = settling;
  const { subtitles: mode } = choices.peek();
  const wanted = subtitlesFor(found.subtitles, { mode, language: readingLanguage(), heard });
  // Not within the effect that has just seen the plan: burning asks for another one.
  queueMicrotask(() => void show(wanted));
  return undefined;
});

function forget() {
  settledFor = null;
  isByHand = false;
  subtitleOn.value = null;
  kept.value = [];
  unload();
}

/** @param {PlanSubtitle | null} wanted */
async function show(wanted) {
  const wasBurned = plan.value?.subtitles.some((one) => one.burned) ?? false;
  if (wanted?.id === subtitleOn.peek()) return undefined;
  subtitleOn.value = wanted?.id ?? null;
  unload();
  if (wanted && !wanted.url) return choose({ subtitle: wanted.id, burn: true });
  if (wanted?.url) load(wanted, wanted.url);
  if (wasBurned) return choose({ burn: false });
  return undefined;
}

/** Chosen by the person, for this film and those after it. @param {PlanSubtitle | null} wanted */
export async function chooseSubtitles(wanted) {
  isByHand = true;
  changeChoices(rememberedSubtitles(wanted, choices.value.subtitles)).catch(toastError);
  await show(wanted);
}

/** Off, or on again as the person last liked them. @returns {string} what was done, to be announced */
export function toggleSubtitles() {
  const all = subtitles.value;
  if (!all.length) return t("player.noSubtitles");
  const on = subtitleOn.value === null ? (subtitlesFor(all, { mode: "always", language: readingLanguage(), heard: "und" }) ?? all[0] ?? null) : null;
  void chooseSubtitles(on);
  return on ? t("player.subtitlesOn", { language: on.language_name || on.title || "" }) : t("player.subtitlesOff");
}

/** @param {PlanSubtitle} wanted @param {string} url */
function load(wanted, url) {
  const made = document.createElement("track");
  Object.assign(made, { kind: "subtitles", src: url, srclang: wanted.language, label: wanted.language_name });
  made.addEventListener("error", () => made === track && toast(t("player.subtitlesFailed")));
  track = made;
  mediaElement().append(made);
  made.track.mode = isAway() ? "showing" : "hidden";
  made.track.addEventListener("cuechange", () => {
    if (made === track) cues.value = /** @type {VTTCue[]} */ ([...(made.track.activeCues ?? [])]);
  });
}

function unload() {
  if (track) track.track.mode = "disabled";
  track?.remove();
  track = null;
  cues.value = [];
}

/** The picture stands where we cannot draw over it. */
const isAway = () => document.pictureInPictureElement !== null || /** @type {any} */ (mediaElement()).webkitPresentationMode === "fullscreen";

/** The browser draws the subtitles itself where we cannot. */
export function followTheScreen() {
  if (track) track.track.mode = isAway() ? "showing" : "hidden";
}
