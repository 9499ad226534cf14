import assert from "node:assert/strict";
import { test } from "node:test";
import { layOut, pageAt, pagesNear, topOf } from "../../static/js/pdf_layout.js";

const layout = layOut([1.5, 1.5, 0.5, 1.5], 1000, 10);

test("pages lie below each other with a gap between them", () => {
  assert.deepEqual(layout.tops, [10, 1520, 3030, 3540]);
  assert.deepEqual(layout.heights, [1500, 1500, 500, 1500]);
  assert.equal(layout.total, 5050);
});

test("a height is found on its page, in the gap on the page above", () => {
  assert.deepEqual(pageAt(layout, 0), { page: 0, within: 0 });
  assert.deepEqual(pageAt(layout, 760), { page: 0, within: 0.5 });
  assert.deepEqual(pageAt(layout, 1515), { page: 0, within: 1 });
  assert.equal(pageAt(layout, 1519.5).page, 1);
  assert.equal(pageAt(layout, 9999).page, 3);
});

test("the same line is found again at another size", () => {
  const here = pageAt(layout, 3280);
  assert.deepEqual(here, { page: 2, within: 0.5 });
  assert.equal(topOf(layOut([1.5, 1.5, 0.5, 1.5], 2000, 10), here), 6530);
});

test("only pages near the window are painted, however many there are", () => {
  const long = layOut(Array(2000).fill(1.4), 900, 12);
  const near = pagesNear(long, 500_000, 900, 1);
  assert.ok(near.length <= 5, String(near.length));
  assert.deepEqual(pagesNear(layout, 0, 900, 1), [0, 1]);
  assert.deepEqual(pagesNear(layout, 4000, 900, 1), [2, 3]);
});
