import assert from "node:assert/strict";
import { test } from "node:test";
import { between, groupOf, layOut, ratioOf } from "../../static/js/photo_rows.js";
import { swipeOf } from "../../static/js/photo_swipe.js";

const measure = { width: 1200, row: 220, gap: 6, head: 44, least: 130, by: /** @type {"day" | "month"} */ ("day") };
const photo = (/** @type {string | null} */ taken_on, width = 4000, height = 3000) => ({ taken_on, width, height, media_type: "photo" });
const many = (/** @type {number} */ count, /** @type {string} */ day) => Array.from({ length: count }, () => photo(day));

test("rows fill the width and no picture leaves it or lies on another", () => {
  const items = [...many(37, "2026-08-14"), ...many(3, "2026-08-13"), photo("2026-08-12", 9000, 900), photo("2026-08-12", 900, 9000), ...many(500, "2026-08-11")];
  for (const width of [320, 390, 900, 2400]) {
    const { tiles, headings, height } = layOut(items, { ...measure, width });
    assert.equal(tiles.length, items.length);
    for (const tile of tiles) {
      assert.ok(tile.left >= 0 && tile.left + tile.width <= width + 0.5, `${width}: ${JSON.stringify(tile)}`);
      assert.ok(tile.top + tile.height <= height);
      assert.ok(tile.height > 40 && tile.height < 460, `${width}: ${tile.height}`);
    }
    const boxes = [...tiles, ...headings.map((one) => ({ ...one, height: 44 }))];
    for (const [at, a] of boxes.entries()) {
      const lies = boxes.slice(at + 1).find((b) => a.left < b.left + b.width - 1 && b.left < a.left + a.width - 1 && a.top < b.top + b.height - 1 && b.top < a.top + a.height - 1);
      assert.equal(lies, undefined, `${width}: ${JSON.stringify([a, lies])}`);
    }
  }
});

test("short days stand beside each other", () => {
  const { headings } = layOut([photo("2026-08-14"), photo("2026-08-13"), photo("2026-08-12")], measure);
  assert.deepEqual(headings.map((one) => one.top), [0, 0, 0]);
  assert.equal(new Set(headings.map((one) => one.left)).size, 3);
});

test("days or months make the groups, and what has no date is one of its own", () => {
  const items = [photo("2026-08-14"), photo("2026-08-01"), photo(null)];
  assert.deepEqual(layOut(items, measure).headings.map((one) => one.key), ["2026-08-14", "2026-08-01", ""]);
  assert.deepEqual(layOut(items, { ...measure, by: "month" }).headings.map((one) => one.key), ["2026-08", ""]);
  assert.equal(groupOf(photo(null), "day"), "");
});

test("a picture of unknown or absurd size gets a place", () => {
  assert.equal(ratioOf({ taken_on: null, width: null, height: null, media_type: "photo" }), 4 / 3);
  assert.equal(ratioOf({ taken_on: null, width: 0, height: 0, media_type: "home_video" }), 16 / 9);
  assert.ok(ratioOf(photo(null, 30_000, 2)) <= 3);
  assert.ok(ratioOf(photo(null, 2, 30_000)) >= 0.5);
});

test("only those near the window are found, quickly among 100,000", () => {
  const items = Array.from({ length: 100_000 }, (_, index) => photo(`20${String(10 + (index % 16)).padStart(2, "0")}-01-01`.slice(0, 10)));
  items.sort((a, b) => (String(a.taken_on) < String(b.taken_on) ? 1 : -1));
  const begun = performance.now();
  const wall = layOut(items, measure);
  const spent = performance.now() - begun;
  const seen = between(wall.tiles, 500_000, 502_000);
  assert.ok(seen.length > 10 && seen.length < 120, String(seen.length));
  assert.ok(seen.every((tile) => tile.top >= 500_000 && tile.top < 502_000));
  assert.ok(spent < 1500, `${spent} ms`);
  assert.equal(layOut(items.slice(0, 5), { ...measure, width: 0 }).tiles.length, 0);
});

test("a finger turns the pictures, a tap and a mouse do not", () => {
  const from = { clientX: 200, clientY: 200, pointerType: "touch" };
  assert.equal(swipeOf(from, { ...from, clientX: 100 }), "left");
  assert.equal(swipeOf(from, { ...from, clientX: 300 }), "right");
  assert.equal(swipeOf(from, { ...from, clientY: 320 }), "down");
  for (const to of [from, { ...from, clientX: 220 }, { ...from, clientX: 260, clientY: 260 }, { ...from, clientY: 20 }]) assert.equal(swipeOf(from, to), null);
  assert.equal(swipeOf({ ...from, pointerType: "mouse" }, { ...from, clientX: 0 }), null);
});
