import assert from "node:assert/strict";
import test from "node:test";
import { factorOf } from "../../static/js/player/gain.js";
import { learned, waitFor } from "../../static/js/player/handover.js";
import { lineAt } from "../../static/js/player/lyrics.js";
import { FRESH, hear, hurriedRate } from "../../static/js/player/pauses.js";

const near = (/** @type {number} */ one, /** @type {number} */ other) => assert.ok(Math.abs(one - other) < 1e-6, `${one} is not ${other}`);

test("a loud track is made quieter, by its album or by itself", () => {
  const track = { gain_db: -6, peak: 1 };
  const album = { gain_db: -12, peak: 1 };
  near(factorOf(track, album, "track"), 10 ** (-6 / 20));
  near(factorOf(track, album, "album"), 10 ** (-12 / 20));
  assert.equal(factorOf(track, album, "off"), 1);
});

test("without what was measured nothing is changed, and an album that was not is taken track by track", () => {
  assert.equal(factorOf(null, null, "album"), 1);
  assert.equal(factorOf({ gain_db: null, peak: null }, null, "track"), 1);
  near(factorOf({ gain_db: -6, peak: 1 }, { gain_db: null, peak: null }, "album"), 10 ** (-6 / 20));
});

test("a quiet track becomes louder, but its peaks stay within the scale and its noise below it", () => {
  near(factorOf({ gain_db: 6, peak: 0.4 }, null, "track"), 10 ** (6 / 20));
  near(factorOf({ gain_db: 6, peak: 0.8 }, null, "track"), 1.25);
  near(factorOf({ gain_db: 40, peak: 0.001 }, null, "track"), 10 ** (12 / 20));
});

/** @param {number[]} levels one for each 40 ms @param {number} rate */
function listen(levels, rate = 1) {
  let now = FRESH;
  const turns = levels.map((level) => (now = hear(now, level, 0.04, rate)).hurries);
  return { turns, saved: now.saved };
}
const speech = (/** @type {number} */ turns) => Array.from({ length: turns }, (_, index) => (index % 4 === 3 ? 0.01 : 0.1));

test("a pause is hurried through after a breath, and the first word ends the hurry", () => {
  const { turns, saved } = listen([...speech(50), ...Array(50).fill(0), ...speech(10)]);
  assert.ok(!turns.slice(0, 55).includes(true));
  assert.ok(turns.slice(60, 100).every(Boolean));
  assert.ok(!turns.slice(100).includes(true));
  assert.ok(saved > 2 && saved < 5, String(saved));
});

test("breaths, and somebody who speaks softly from the beginning, are no silence", () => {
  assert.ok(!listen(speech(200)).turns.includes(true));
  assert.ok(!listen(speech(200).map((level) => level * 0.1)).turns.includes(true));
});

test("what is hurried is never slower than what was chosen, and a browser can play it with sound", () => {
  assert.deepEqual([1, 2, 2.5, 7].map(hurriedRate), [3, 6, 6, 7]);
});

test("the end is watched more closely the nearer it comes", () => {
  assert.ok(waitFor(10, 0.02) > 9 && waitFor(10, 0.02) < 9.98);
  assert.equal(waitFor(0.3, 0.02), 0.004);
  assert.equal(waitFor(0.02, 0.02), 0);
  assert.equal(waitFor(-1, 0.02), 0);
  assert.ok(learned(0.02, 0.9) <= 0.12 && learned(null, 0.03) === 0.03);
});

test("the line that is sung is the last that has begun", () => {
  const lines = [{ at: 1, text: "a" }, { at: 4, text: "b" }];
  assert.deepEqual([0, 1, 3.9, 60].map((seconds) => lineAt(lines, seconds)), [-1, 0, 1, 1]);
  assert.equal(lineAt([{ at: null, text: "a" }], 5), -1);
});
