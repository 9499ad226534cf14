import assert from "node:assert/strict";
import { test } from "node:test";
import { readLook } from "../../static/js/player/caption_look.js";
import { longCode, rememberedSound, rememberedSubtitles, soundFor, subtitlesFor } from "../../static/js/player/tracks.js";

/** @param {string} id @param {string} language @param {object} [more] */
const sub = (id, language, more = {}) => ({ id, language, forced: false, hearing_impaired: false, is_text: true, ...more });
const ALL = [
  sub("a", "deu", { hearing_impaired: true }), sub("b", "deu"), sub("c", "eng", { forced: true }), sub("d", "eng"), sub("e", "fra", { is_text: false }),
];
/** @param {"auto" | "always" | "never"} mode @param {string} language @param {string} heard */
const pick = (mode, language, heard) => subtitlesFor(ALL, { mode, language, heard })?.id ?? null;

test("subtitles come by themselves when the sound is foreign", () => {
  assert.equal(pick("auto", "deu", "eng"), "b");
  assert.equal(pick("auto", "eng", "fra"), "d");
});

test("with sound in one's own language only foreign parts are told", () => {
  assert.equal(pick("auto", "eng", "eng"), "c");
  assert.equal(pick("auto", "deu", "deu"), null);
});

test("nobody knows whether an unnamed language is foreign", () => {
  assert.equal(pick("auto", "deu", "und"), null);
});

test("always means always, never means never", () => {
  assert.equal(pick("always", "deu", "deu"), "b");
  assert.equal(pick("never", "deu", "eng"), null);
});

test("pictures are burned in only for those who want subtitles always", () => {
  assert.equal(pick("auto", "fra", "eng"), null);
  assert.equal(pick("always", "fra", "eng"), "e");
});

test("the sound of one's language is taken where the film has it and does not begin with it", () => {
  const tracks = [{ language: "eng", default: true }, { language: "deu", default: false }];
  assert.equal(soundFor(tracks, "deu"), tracks[1]);
  assert.equal(soundFor(tracks, "eng"), null);
  assert.equal(soundFor(tracks, "fra"), null);
  assert.equal(soundFor(tracks, ""), null);
});

test("a choice says what is wanted in the films after it", () => {
  assert.deepEqual(rememberedSubtitles({ language: "deu", forced: false }, "auto"), { subtitles: "always", subtitle_language: "deu" });
  assert.deepEqual(rememberedSubtitles({ language: "deu", forced: true }, "always"), { subtitles: "auto" });
  assert.deepEqual(rememberedSubtitles(null, "always"), { subtitles: "auto" });
  assert.deepEqual(rememberedSubtitles(null, "auto"), { subtitles: "never" });
  assert.deepEqual(rememberedSound({ language: "fra" }), { audio_language: "fra" });
  assert.deepEqual(rememberedSound({ language: "und" }), {});
});

test("what a browser says of its reader becomes the code of a track", () => {
  assert.deepEqual(["de-CH", "en", "pt-BR", "xx"].map(longCode), ["deu", "eng", "por", "xx"]);
});

test("a look that is none becomes the usual one", () => {
  assert.deepEqual(readLook('{"size":"huge","ground":"box"}'), { size: "huge", ground: "box" });
  for (const text of [null, "", "{", "null", '{"size":"vast"}']) assert.deepEqual(readLook(text), { size: "normal", ground: "shadow" });
});
