import assert from "node:assert/strict";
import { test } from "node:test";
import { lowerLevel, paceKeeper, waitOf } from "../../static/js/player/pace.js";

/** @param {number[]} waits of pieces of two seconds, one after the other @param {{ rate?: number, from?: number, level?: number }} [how] */
function told(waits, { rate = 1, from = 0, level = 2 } = {}) {
  const pace = paceKeeper();
  return waits.map((waited, index) => pace({ level, number: from + index, seconds: 2, waited }, rate));
}

test("what the server says of a piece is read, and nothing else is", () => {
  assert.equal(waitOf("made;dur=1234"), 1234);
  assert.equal(waitOf("cache;desc=x, made;dur=12.5"), 12.5);
  for (const header of [null, "", "made", "unmade;dur=5", "made;dur=x", "made;dur=9e9", "made;dur=12345678"]) assert.equal(waitOf(header), 0, String(header));
});

test("a server that makes pieces as fast as they play is let alone", () => {
  assert.deepEqual(told(Array(20).fill(1.9)), Array(20).fill(null));
  assert.deepEqual(told([9, 0, 9, 0, 9, 0]), Array(6).fill(null));
});

test("a server that falls behind is noticed after some pieces, and sooner where the film plays faster", () => {
  const speeds = told(Array(6).fill(4));
  assert.deepEqual(speeds, [null, null, null, 0.5, 0.5, 0.5]);
  assert.equal(told(Array(6).fill(1.5), { rate: 2 }).at(-1), 2 / 1.5);
});

test("an encoder that begins is not a slow one", () => {
  const pace = paceKeeper();
  for (const number of [0, 40, 12, 300, 5]) assert.equal(pace({ level: 2, number, seconds: 2, waited: 9 }, 1), null);
  assert.equal(pace({ level: 1, number: 6, seconds: 2, waited: 9 }, 1), null);
});

test("the lower quality is the best one that will be made fast enough", () => {
  const levels = [360, 480, 720, 1080].map((height) => ({ width: (height * 16) / 9, height }));
  assert.equal(lowerLevel(levels, 3, 0.8, 1), 2);
  assert.equal(lowerLevel(levels, 3, 0.4, 1), 1);
  assert.equal(lowerLevel(levels, 3, 0.05, 1), 0);
  assert.equal(lowerLevel(levels, 3, 0.8, 2), 1);
  assert.equal(lowerLevel(levels, 0, 0.1, 1), null);
});
