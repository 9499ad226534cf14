import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsFor, Pace, visibleRows } from "../../static/js/grid_rows.js";

test("a phone shows three posters in a row, a narrow one two", () => {
  assert.equal(columnsFor(358, "poster", 16).columns, 3);
  assert.equal(columnsFor(288, "poster", 16).columns, 2);
});

test("a wide window shows more, not larger ones without end", () => {
  const { columns } = columnsFor(2400, "poster", 16);
  assert.ok(columns >= 12, `${columns} columns`);
});

test("only rows near the window are on the page, however long the list", () => {
  const { first, last } = visibleRows(1_000_000, 900, 300, 33_334, 3);
  assert.ok(last - first < 12);
  assert.ok(first > 3000);
});

test("rows never run past either end", () => {
  assert.deepEqual(visibleRows(-200, 900, 300, 2, 3), { first: 0, last: 1 });
  assert.deepEqual(visibleRows(99_999, 900, 300, 2, 3), { first: 1, last: 1 });
  assert.deepEqual(visibleRows(0, 900, 300, 0, 3), { first: 0, last: 0 });
});

test("a list is flung when it passes too fast for more than a moment, until it is slow again", () => {
  const pace = new Pace();
  let at = 0;
  let place = 0;
  const frame = (/** @type {number} */ pixels) => pace.isFlung((place += pixels), (at += 16));
  assert.deepEqual([100, 100, 100].map(frame), [false, false, false], "quick, but seen");
  assert.deepEqual([500, 500, 500].map(frame), [false, true, true]);
  assert.deepEqual([130, 110, 80, 130].map(frame), [true, true, false, false], "it does not waver between the two");
  assert.deepEqual([-500, -500, 0].map(frame), [false, true, false], "upwards, and to a stop");
});

test("a jump to a letter is not a fling", () => {
  const pace = new Pace();
  pace.isFlung(0, 0);
  assert.equal(pace.isFlung(2_000_000, 16), false);
  assert.equal(pace.isFlung(2_000_000, 32), false);
});
