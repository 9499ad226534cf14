import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest } from "../../static/js/spatial.js";

const box = (left, top, width = 100, height = 100) => ({ left, top, width, height });
/** Three in a row, two below them, and a small button under all. */
const page = [box(0, 0), box(120, 0), box(240, 0), box(60, 120), box(180, 120), box(150, 300, 40, 30)];

test("an arrow leads to the nearest in its direction", () => {
  assert.equal(nearest(page, 0, "ArrowRight"), 1);
  assert.equal(nearest(page, 1, "ArrowLeft"), 0);
  assert.equal(nearest(page, 0, "ArrowDown"), 3);
  assert.equal(nearest(page, 2, "ArrowDown"), 4);
  assert.equal(nearest(page, 4, "ArrowUp"), 1);
  assert.equal(nearest(page, 3, "ArrowDown"), 5);
  assert.equal(nearest(page, 5, "ArrowUp"), 3);
});

test("at an edge it stays", () => {
  assert.equal(nearest(page, 0, "ArrowLeft"), null);
  assert.equal(nearest(page, 2, "ArrowRight"), null);
  assert.equal(nearest(page, 1, "ArrowUp"), null);
  assert.equal(nearest(page, 5, "ArrowDown"), null);
  assert.equal(nearest(page, 5, "ArrowRight"), null);
  assert.equal(nearest(page, 0, "Enter"), null);
  assert.equal(nearest([], 0, "ArrowUp"), null);
});

test("everything is reached from everywhere by arrows", () => {
  for (const start of page.keys()) {
    const seen = new Set([start]);
    for (const at of seen)
      for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
        const to = nearest(page, at, key);
        if (to !== null) seen.add(to);
      }
    assert.equal(seen.size, page.length, `from ${start}`);
  }
});
