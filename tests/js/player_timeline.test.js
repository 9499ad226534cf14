import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt } from "../../static/js/player/countdown.js";
import { tapMeans } from "../../static/js/player/taps.js";
import { lastCredits, markerAt, thumbAt } from "../../static/js/player/timeline.js";

const SHEETS = { interval: 10, width: 320, height: 180, columns: 5, rows: 2, count: 13, sheets: ["/0.webp", "/1.webp"] };
/** @param {"intro" | "credits" | "recap"} kind @param {number} start @param {number} end */
const part = (kind, start, end) => ({ kind, start, end, source: "chapter" });

test("a moment has its picture on a sheet", () => {
  assert.deepEqual(thumbAt(SHEETS, 0), { sheet: "/0.webp", width: 320, height: 180, x: 0, y: 0, across: 1600, down: 360 });
  const seventh = thumbAt(SHEETS, 69.9);
  assert.deepEqual([seventh?.sheet, seventh?.x, seventh?.y], ["/0.webp", 320, 180]);
  const eleventh = thumbAt(SHEETS, 105);
  assert.deepEqual([eleventh?.sheet, eleventh?.x, eleventh?.y], ["/1.webp", 0, 0]);
});

test("past the last picture the last one stays, and nothing is shown of nothing", () => {
  assert.deepEqual(thumbAt(SHEETS, 9999)?.x, 640);
  assert.equal(thumbAt(null, 5), null);
  assert.equal(thumbAt({ ...SHEETS, count: 0 }, 5), null);
  assert.equal(thumbAt({ ...SHEETS, sheets: ["/0.webp"] }, 115), null);
});

test("a part can be left out while that is worth a tap", () => {
  const markers = [part("intro", 30, 90)];
  assert.equal(markerAt(markers, 29, 1000), null);
  assert.equal(markerAt(markers, 30, 1000)?.kind, "intro");
  assert.equal(markerAt(markers, 88, 1000), null);
});

test("credits in the middle of a film are not its end", () => {
  assert.equal(lastCredits([part("credits", 900, 1000)], 1000), 900);
  assert.equal(lastCredits([part("credits", 100, 160)], 1000), null);
  assert.equal(lastCredits([part("credits", 700, 800)], 1000), null);
});

const AT = { length: 1000, markers: [part("credits", 900, 1000)], counts: true };

test("the next episode is offered from the credits on and begins ten seconds later", () => {
  assert.equal(offerAt({ ...AT, position: 899 }), null);
  assert.deepEqual(offerAt({ ...AT, position: 900, since: 900 }), { left: 10 });
  assert.deepEqual(offerAt({ ...AT, position: 907, since: 900 }), { left: 3 });
  assert.deepEqual(offerAt({ ...AT, position: 910.4, since: 900 }), { left: 0 });
});

test("whoever seeks into the credits has ten seconds as well", () => {
  assert.deepEqual(offerAt({ ...AT, position: 950, since: 950 }), { left: 10 });
  assert.deepEqual(offerAt({ ...AT, position: 996, since: 996 }), { left: 4 });
});

test("without known credits the end itself is counted down to", () => {
  const plain = { length: 1000, markers: [], counts: true };
  assert.equal(offerAt({ ...plain, position: 970 }), null);
  assert.deepEqual(offerAt({ ...plain, position: 980 }), { left: null });
  assert.deepEqual(offerAt({ ...plain, position: 994 }), { left: 6 });
});

test("who does not want to go on by itself is offered it without a count", () => {
  assert.deepEqual(offerAt({ ...AT, counts: false, position: 950 }), { left: null });
});

test("a clip has no end worth an offer", () => {
  assert.equal(offerAt({ length: 40, markers: [], counts: true, position: 39 }), null);
});

test("two taps on a side skip, one does not, and the middle never", () => {
  const first = tapMeans({ x: 0.9, at: 1000 }, { at: 0, side: 0 });
  assert.equal(first.by, 0);
  assert.equal(tapMeans({ x: 0.8, at: 1200 }, first).by, 10);
  assert.equal(tapMeans({ x: 0.8, at: 1400 }, first).by, 0);
  assert.equal(tapMeans({ x: 0.1, at: 1200 }, first).by, 0);
  assert.equal(tapMeans({ x: 0.1, at: 1200 }, { at: 1000, side: -1 }).by, -10);
  assert.equal(tapMeans({ x: 0.5, at: 1100 }, { at: 1000, side: 0 }).by, 0);
});
