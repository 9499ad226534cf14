/** How the person here likes things, on every device of theirs: what the program brings until the server has answered. */
import { signal } from "@preact/signals";
import { call } from "./api.js";

/**
 * @typedef {object} Choices
 * @property {"" | "en" | "de"} language of the web app, empty for that of the browser
 * @property {string} audio_language ISO 639-2/T, empty for the original
 * @property {string} subtitle_language ISO 639-2/T, empty for that of the web app
 * @property {"auto" | "always" | "never"} subtitles auto: forced ones, and when the sound is in a foreign language
 * @property {boolean} autoplay_next
 * @property {boolean} skip_intros without being asked
 * @property {"auto" | "original" | "2160p" | "1080p" | "720p" | "480p" | "360p"} quality
 * @property {boolean} voice_boost
 * @property {boolean} skip_silence
 * @property {boolean} gapless
 * @property {"album" | "track" | "off"} replay_gain
 */

/** @type {Readonly<Choices>} */
export const FIRST_CHOICES = Object.freeze({
  language: "", audio_language: "", subtitle_language: "", subtitles: "auto", autoplay_next: true, skip_intros: false,
  quality: "auto", voice_boost: false, skip_silence: false, gapless: true, replay_gain: "album",
});

export const choices = signal(/** @type {Readonly<Choices>} */ (FIRST_CHOICES));

/** Asks the server what was chosen. */
export async function loadChoices() {
  choices.value = await call("GET", "/api/me/choices");
}

/** Each change is sent after the one before, so that the last word counts. @type {Promise<unknown>} */
let sending = Promise.resolve();

/**
 * Chooses at once, here and at the server; what the server does not take is taken back.
 * @param {Partial<Choices>} patch
 * @returns {Promise<void>} rejects with what the server said
 */
export function changeChoices(patch) {
  const before = choices.value;
  choices.value = { ...before, ...patch };
  const sent = sending.then(() => call("PATCH", "/api/me/choices", patch));
  sending = sent.catch(() => {});
  return sent.then(
    () => {},
    (error) => {
      const names = /** @type {(keyof Choices)[]} */ (Object.keys(patch));
      const undone = Object.fromEntries(names.map((name) => [name, before[name]]));
      choices.value = /** @type {Choices} */ ({ ...choices.value, ...undone });
      throw error;
    },
  );
}
