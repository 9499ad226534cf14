import assert from "node:assert/strict";
import { test } from "node:test";
import {
  fromProgress, minutesLeft, pageFraction, pageOf, placeIn, scrolled, scrollTarget, spread, toProgress, turned, wholeOf,
} from "../../static/js/reading_position.js";

test("a page is read by how far it is scrolled, and one that fits the window is read at once", () => {
  assert.equal(scrolled({ top: 0, height: 3000, window: 1000 }), 0);
  assert.equal(scrolled({ top: 1000, height: 3000, window: 1000 }), 0.5);
  assert.equal(scrolled({ top: 2050, height: 3000, window: 1000 }), 1);
  assert.equal(scrolled({ top: 0, height: 800, window: 1000 }), 1);
});

test("what was scrolled to is scrolled to again in a window of another size", () => {
  assert.equal(scrollTarget(0.5, { height: 3000, window: 1000 }), 1000);
  assert.equal(scrollTarget(0.5, { height: 5200, window: 1200 }), 2000);
  assert.equal(scrollTarget(0.5, { height: 500, window: 1000 }), 0);
});

test("the record of progress counts thousandths and comes back as the same place", () => {
  assert.deepEqual(toProgress(0.437512), { position: 437.512, duration: 1000 });
  assert.equal(fromProgress({ position: 437.512, duration: 1000, finished: false }), 0.437512);
  assert.deepEqual(toProgress(Number.NaN), { position: 0, duration: 1000 });
});

test("what was finished or never begun starts at the beginning", () => {
  assert.equal(fromProgress(null), 0);
  assert.equal(fromProgress({ position: 990, duration: 1000, finished: true }), 0);
  assert.equal(fromProgress({ position: 5, duration: 0, finished: false }), 0);
});

test("a place in a chapter survives being kept as one number", () => {
  for (const parts of [1, 3, 7, 30, 117])
    for (let part = 0; part < parts; part += 1)
      for (const within of [0, 0.25, 0.9]) {
        const { position, duration } = toProgress(wholeOf(part, within, parts));
        const back = placeIn(position / duration, parts);
        assert.equal(back.part, part, `${part} of ${parts}`);
        assert.ok(Math.abs(back.within - within) < 0.001, `${back.within} is not ${within}`);
      }
});

test("the end of the last chapter is the end of the book", () => {
  assert.equal(wholeOf(6, 1, 7), 1);
  assert.deepEqual(placeIn(1, 7), { part: 6, within: 1 });
  assert.deepEqual(placeIn(0.5, 0), { part: 0, within: 0 });
});

test("the first page is the beginning and the last page the end", () => {
  assert.equal(pageFraction(0, 24), 0);
  assert.equal(pageFraction(23, 24), 1);
  assert.equal(pageFraction(0, 1), 1);
  for (let page = 0; page < 24; page += 1) assert.equal(pageOf(pageFraction(page, 24), 24), page);
});

test("a cover stands alone, then pages come in pairs", () => {
  assert.deepEqual(spread(0, 6, true), [0]);
  assert.deepEqual(spread(1, 6, true), [1, 2]);
  assert.deepEqual(spread(2, 6, true), [1, 2]);
  assert.deepEqual(spread(5, 6, true), [5]);
  assert.deepEqual(spread(2, 6, false), [2]);
});

test("turning goes from pair to pair and stops at either end", () => {
  assert.equal(turned(0, 1, 6, true), 1);
  assert.equal(turned(1, 1, 6, true), 3);
  assert.equal(turned(3, -1, 6, true), 1);
  assert.equal(turned(1, -1, 6, true), 0);
  assert.equal(turned(5, 1, 6, true), null);
  assert.equal(turned(0, -1, 6, false), null);
  assert.equal(turned(4, 1, 6, false), 5);
});

test("something is always left of what is not read to its end", () => {
  assert.equal(minutesLeft(9, 0), 9);
  assert.equal(minutesLeft(9, 0.5), 5);
  assert.equal(minutesLeft(9, 1), 1);
});
