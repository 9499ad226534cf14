import assert from "node:assert/strict";
import { test } from "node:test";
import "./every_word.js";
import { fewOf, outlookWords, sliceName } from "../../static/js/storage_words.js";
import { treemap } from "../../static/js/treemap.js";

const area = (/** @type {{ width: number, height: number }} */ box) => box.width * box.height;

test("areas are in proportion, fill the whole and lie in it", () => {
  for (const values of [[1], [5, 3, 2], [60, 20, 10, 5, 3, 1, 1], Array.from({ length: 12 }, (_, index) => 1000 / (index + 1))]) {
    const boxes = treemap(values, 100, 56);
    const whole = values.reduce((sum, one) => sum + one, 0);
    boxes.forEach((box, index) => {
      assert.ok(Math.abs(area(box) / 5600 - (values[index] ?? 0) / whole) < 1e-6);
      assert.ok(box.x >= -1e-9 && box.y >= -1e-9 && box.x + box.width <= 100.001 && box.y + box.height <= 56.001);
    });
  }
});

test("areas do not lie on each other", () => {
  const boxes = treemap([40, 25, 15, 10, 6, 4], 100, 56);
  for (const [index, one] of boxes.entries()) {
    for (const other of boxes.slice(index + 1)) {
      const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
      const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
      assert.ok(across < 1e-6 || down < 1e-6);
    }
  }
});

test("nothing has no area", () => assert.deepEqual(treemap([0], 10, 10), [{ x: 0, y: 0, width: 0, height: 0 }]));

test("many slices become a few, of the same weight", () => {
  const slices = Array.from({ length: 40 }, (_, index) => ({ key: `c${index}`, size_bytes: index + 1, count: 1, name: null }));
  const few = fewOf(slices);
  assert.equal(few.length, 12);
  assert.equal(few.reduce((sum, one) => sum + one.size_bytes, 0), 820);
  assert.equal(few.at(-1)?.count, 29);
  assert.equal(sliceName("codec", /** @type {any} */ (few.at(-1))), "Others");
});

test("an outlook says no more than is known", () => {
  const forecast = { outlook: /** @type {const} */ ("filling"), days_seen: 30, bytes_per_day: 2e9, full_in_days: 36, earliest_days: 28, latest_days: 56 };
  assert.deepEqual(outlookWords(forecast), {
    text: "Full in about 5 weeks.", note: "About 14 GB a week are added. It may be 4 weeks, or 8 weeks.", isSoon: true,
  });
  assert.equal(outlookWords({ ...forecast, latest_days: null }).note, "About 14 GB a week are added. It may be 4 weeks, or never.");
  assert.equal(outlookWords({ ...forecast, full_in_days: 400 }).text, "Full in about 13 months.");
  assert.match(outlookWords({ ...forecast, outlook: "unknown" }).text, /after a week/);
});
