import assert from "node:assert/strict";
import { test } from "node:test";
import { everything, extended, inOrder, isKnown, moveFocus, NOTHING, parts, toggled } from "../../static/js/selection.js";

const keys = ["a", "b", "c", "d", "e", "f"];
/** @param {number} index */
const keyAt = (index) => keys[index] ?? null;

test("a click chooses, and another one lets go", () => {
  const one = toggled(NOTHING, "c", 2);
  assert.deepEqual(inOrder(one), ["c"]);
  assert.deepEqual(inOrder(toggled(one, "c", 2)), []);
  assert.equal(toggled(one, "c", 2).anchor, null);
  assert.equal(NOTHING.chosen.size, 0);
});

test("a range goes from the last click to this one, in either direction, and adds to what is chosen", () => {
  const first = toggled(toggled(NOTHING, "f", 5), "b", 1);
  assert.deepEqual(inOrder(extended(first, 3, keyAt)), ["b", "c", "d", "f"]);
  assert.deepEqual(inOrder(extended(toggled(NOTHING, "d", 3), 1, keyAt)), ["b", "c", "d"]);
  assert.deepEqual(inOrder(extended(NOTHING, 2, keyAt)), ["c"]);
});

test("a range over what is not loaded is known to be incomplete", () => {
  const first = toggled(NOTHING, "e", 4);
  assert.equal(isKnown(first, 2, keyAt), true);
  assert.equal(isKnown(first, 8, keyAt), false);
  assert.deepEqual(inOrder(extended(first, 8, keyAt)), ["e", "f"]);
});

test("everything comes in the order of the list, and in parts that the server takes", () => {
  assert.deepEqual(inOrder(everything(keys)), keys);
  assert.equal(everything([]).anchor, null);
  assert.deepEqual(parts(keys, 4), [["a", "b", "c", "d"], ["e", "f"]]);
  assert.deepEqual(parts([], 4), []);
});

test("arrow keys move the focus in rows and columns and never out of the list", () => {
  for (const [key, from, to] of /** @type {[string, number, number | null][]} */ ([
    ["ArrowRight", 0, 1], ["ArrowLeft", 0, null], ["ArrowDown", 1, 5], ["ArrowUp", 5, 1], ["ArrowUp", 2, null],
    ["ArrowDown", 9, null], ["Home", 7, 0], ["End", 2, 9], ["PageDown", 0, 9], ["PageUp", 9, 0], ["x", 3, null],
  ])) assert.equal(moveFocus(key, from, 4, 10), to, `${key} from ${from}`);
  assert.equal(moveFocus("ArrowRight", 3, 4, 10, true), 2);
});
