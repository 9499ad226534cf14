import assert from "node:assert/strict";
import { test } from "node:test";
import { givesWay, landing, moved } from "../../static/js/collection_order.js";

const ROWS = [0, 1, 2, 3].map((index) => ({ top: index * 60, height: 60 }));

test("one is moved and the others keep their order", () => {
  assert.deepEqual(moved(["a", "b", "c", "d"], 0, 2), ["b", "c", "a", "d"]);
  assert.deepEqual(moved(["a", "b", "c", "d"], 3, 0), ["d", "a", "b", "c"]);
  assert.deepEqual(moved(["a", "b"], 0, 99), ["b", "a"]);
  assert.deepEqual(moved(["a", "b"], 7, 0), ["a", "b"]);
});

test("what is dragged lands where its middle has passed the middle of another", () => {
  assert.equal(landing(ROWS, 1, 0), 1);
  assert.equal(landing(ROWS, 1, 59), 1);
  assert.equal(landing(ROWS, 1, 61), 2);
  assert.equal(landing(ROWS, 1, 5000), 3);
  assert.equal(landing(ROWS, 2, -61), 1);
  assert.equal(landing(ROWS, 2, -5000), 0);
});

test("rows between give way by the height of what is dragged, the others stay", () => {
  assert.deepEqual([0, 1, 2, 3].map((index) => givesWay(index, 0, 2, 60)), [0, -60, -60, 0]);
  assert.deepEqual([0, 1, 2, 3].map((index) => givesWay(index, 3, 1, 60)), [0, 60, 60, 0]);
});
