import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { keepRate, keptRate, nudged } from "../../static/js/speech_rate.js";

/** @type {Map<string, string>} */
const stored = new Map();
globalThis.localStorage = /** @type {any} */ ({
  getItem: (/** @type {string} */ key) => stored.get(key) ?? null,
  setItem: (/** @type {string} */ key, /** @type {string} */ value) => stored.set(key, value),
});
beforeEach(() => stored.clear());

const night = { id: "1", show_key: "night", show_title: "Night Signals" };
const table = { id: "2", show_key: null, show_title: "The Long Table" };

test("each podcast has a speed of its own", () => {
  keepRate(night, 1.5);
  keepRate(table, 2);
  assert.equal(keptRate({ ...night, id: "another episode" }), 1.5);
  assert.equal(keptRate(table), 2);
  assert.equal(keptRate({ id: "3", show_key: null, show_title: null }), 1);
});

test("the usual speed needs no remembering", () => {
  keepRate(night, 1.5);
  keepRate(night, 1);
  assert.equal(stored.get("speech-rates"), "{}");
});

test("what was tampered with is not played", () => {
  for (const kept of ["nonsense", "[]", "null", '{"night": 90}', '{"night": "fast"}', '{"night": -1}']) {
    stored.set("speech-rates", kept);
    assert.equal(keptRate(night), 1, kept);
  }
});

test("a podcast that is called like a part of every object has no speed yet", () => {
  assert.equal(keptRate({ id: "4", show_key: "constructor", show_title: null }), 1);
});

test("only so many are remembered", () => {
  for (let index = 0; index < 400; index += 1) keepRate({ id: String(index), show_key: `show-${index}`, show_title: null }, 1.2);
  const kept = JSON.parse(stored.get("speech-rates") ?? "{}");
  assert.ok(Object.keys(kept).length <= 200);
  assert.equal(keptRate({ id: "x", show_key: "show-399", show_title: null }), 1.2);
});

test("a step stays within what the player has", () => {
  assert.equal(nudged(1, 0.1), 1.1);
  assert.equal(nudged(3, 0.1), 3);
  assert.equal(nudged(0.5, -0.1), 0.5);
});
