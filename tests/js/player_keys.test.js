import assert from "node:assert/strict";
import { test } from "node:test";
import { commandFor } from "../../static/js/player_keys.js";

/** @param {string} key @param {object} [more] */
const press = (key, more = {}) => ({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more });
/** @param {string} selectors that the focused element answers to */
const focused = (selectors) => ({ matches: (/** @type {string} */ asked) => asked.split(",").some((one) => selectors.includes(one.trim())) });

test("space and k play and pause", () => {
  assert.deepEqual(commandFor(press(" "), null), { do: "toggle" });
  assert.deepEqual(commandFor(press("K"), null), { do: "toggle" });
});

test("space on a button belongs to the button", () => {
  assert.equal(commandFor(press(" "), focused("button")), null);
});

test("arrows seek and digits jump", () => {
  assert.deepEqual(commandFor(press("ArrowLeft"), null), { do: "skip", by: -10 });
  assert.deepEqual(commandFor(press("7"), null), { do: "part", part: 0.7 });
});

test("the arrows of the volume slider stay with it", () => {
  assert.equal(commandFor(press("ArrowUp"), focused(".volume__input")), null);
});

test("n goes to the next episode, s leaves out the intro", () => {
  assert.deepEqual(commandFor(press("N", { shiftKey: true }), null), { do: "next" });
  assert.deepEqual(commandFor(press("n"), null), { do: "next" });
  assert.deepEqual(commandFor(press("s"), null), { do: "skip_part" });
});

test("keys of the browser are left alone", () => {
  assert.equal(commandFor(press("f", { ctrlKey: true }), null), null);
  assert.equal(commandFor(press("constructor"), null), null);
});
