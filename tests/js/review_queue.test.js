import assert from "node:assert/strict";
import { test } from "node:test";
import { current, dropped, EMPTY, progress, renewed, settle, skip, takeBack, taken, withCandidates } from "../../static/js/review_queue.js";

const item = (/** @type {string} */ key) => /** @type {any} */ ({ key, title: key, candidates: [] });
const queueOf = (/** @type {string[]} */ ...keys) => taken(EMPTY, { count: keys.length, items: keys.map(item), next: null });
const keys = (/** @type {{ items: { key: string }[] }} */ queue) => queue.items.map((one) => one.key);

test("the first that waits is shown first", () => {
  assert.equal(current(queueOf("a", "b"))?.key, "a");
  assert.equal(current(EMPTY), null);
});

test("what comes next is shown as soon as one is settled, from the end the first that was left", () => {
  let queue = settle(queueOf("a", "b", "c"), "a", null);
  assert.equal(current(queue)?.key, "b");
  queue = settle({ ...queue, here: "c" }, "c", null);
  assert.equal(current(queue)?.key, "b");
  assert.equal(current(settle(queue, "b", null)), null);
});

test("the one behind it is next, not the first of all", () => {
  assert.equal(current(settle({ ...queueOf("a", "b", "c"), here: "b" }, "b", null))?.key, "c");
});

test("settling one that is not shown leaves the one that is", () => {
  assert.equal(current(settle(queueOf("a", "b", "c"), "b", null))?.key, "a");
});

test("a decision is taken back to where it can be made again, the last one first", () => {
  let queue = settle(settle(queueOf("a", "b", "c"), "a", null), "b", null);
  queue = takeBack(queue);
  assert.equal(current(queue)?.key, "b");
  queue = takeBack(queue);
  assert.equal(current(queue)?.key, "a");
  assert.deepEqual(keys(queue), ["a", "b", "c"]);
  assert.equal(queue.count, 3);
  assert.deepEqual(takeBack(queue), queue);
});

test("a decision that the server refuses is taken back, though others came after it", () => {
  const queue = takeBack(settle(settle(queueOf("a", "b", "c"), "a", null), "b", null), "a");
  assert.equal(current(queue)?.key, "a");
  assert.deepEqual(queue.settled.map((one) => one.item.key), ["b"]);
});

test("what is put aside comes again behind all others", () => {
  const queue = skip(queueOf("a", "b", "c"), "a");
  assert.equal(current(queue)?.key, "b");
  assert.deepEqual(keys(queue), ["b", "c", "a"]);
  assert.equal(current(skip(queueOf("a"), "a"))?.key, "a");
});

test("a second page brings in only what is new, and nothing that was settled here", () => {
  let queue = settle(queueOf("a", "b"), "a", null);
  queue = taken(queue, { count: 4, items: ["a", "b", "c"].map(item), next: "2" });
  assert.deepEqual(keys(queue), ["b", "c"]);
  assert.equal(queue.next, "2");
  assert.equal(queue.count, 4);
});

test("one that comes again after it was taken back stands there once", () => {
  const queue = taken(takeBack(settle(queueOf("a", "b"), "a", null)), { count: 2, items: ["a", "b"].map(item), next: null });
  assert.deepEqual(keys(queue), ["a", "b"]);
});

test("the bar fills as things are settled", () => {
  const queue = settle(queueOf("a", "b", "c", "d"), "a", null);
  assert.equal(progress(queue), 25);
  assert.equal(progress(EMPTY), 100);
});

test("other candidates belong to the one that was asked about", () => {
  const queue = withCandidates(queueOf("a", "b"), "b", /** @type {any} */ ([{ id: 1 }]));
  assert.deepEqual(queue.items.map((one) => one.candidates.length), [0, 1]);
});

test("five hundred are settled one by one without losing any", () => {
  let queue = taken(EMPTY, { count: 500, items: Array.from({ length: 500 }, (_, index) => item(String(index))), next: null });
  for (let left = 500; left > 0; left -= 1) {
    const now = current(queue);
    assert.ok(now);
    queue = left % 7 === 0 && queue.items.length > 1 ? settle(skip(queue, now.key), current(skip(queue, now.key))?.key ?? "", null) : settle(queue, now.key, null);
    assert.equal(queue.count, left - 1);
  }
  assert.equal(new Set(queue.settled.map((one) => one.item.key)).size, 500);
});

test("what was settled elsewhere is gone as soon as the whole list is there again", () => {
  const queue = queueOf("a", "b", "c");
  const after = renewed(queue, { count: 2, items: ["b", "d"].map(item), next: null });
  assert.deepEqual(keys(after), ["b", "d"]);
  assert.equal(current(after)?.key, "b");
  assert.deepEqual(keys(renewed(queue, { count: 9, items: ["d"].map(item), next: "1" })), ["a", "b", "c", "d"]);
});

test("the one that is shown stays when the list is loaded again", () => {
  assert.equal(current(renewed({ ...queueOf("a", "b", "c"), here: "c" }, { count: 3, items: ["a", "b", "c"].map(item), next: null }))?.key, "c");
});

test("one that is gone from the server is neither waiting nor settled", () => {
  const queue = dropped(settle(queueOf("a", "b"), "a", null), "a");
  assert.deepEqual(keys(queue), ["b"]);
  assert.deepEqual(queue.settled, []);
});
