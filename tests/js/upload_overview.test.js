import assert from "node:assert/strict";
import { test } from "node:test";
import { overview } from "../../static/js/upload_overview.js";

let last = 0;
const file = (/** @type {any} */ more) => ({ id: (last += 1), name: "a", folder: "", size: 100, sent: 0, speed: null, state: "waiting", message: null, href: null, again: false, ...more });

test("the sum counts what is left at the speed of now", () => {
  const all = overview([file({ state: "sending", sent: 50, speed: 10 }), file({}), file({ state: "done", sent: 100 }), file({ state: "bad", size: 900, sent: 5 })], 10);
  assert.deepEqual([all.count, all.there, all.bad, all.sent, all.size, all.speed, all.secondsLeft], [4, 1, 1, 150, 300, 10, 15]);
  assert.equal(all.active, true);
});

test("what is paused is not waited for", () => {
  const all = overview([file({ state: "sending", sent: 50, speed: 10 }), file({ state: "paused", sent: 20 })], 10);
  assert.equal(all.secondsLeft, 5);
  assert.equal(all.paused, true);
  assert.equal(overview([file({ state: "paused" })], 10).active, false);
});

test("of thousands the first few are shown, what moves and what failed before what waits", () => {
  const many = [...Array.from({ length: 50_000 }, () => file({ state: "done", sent: 100 })), file({}), file({ state: "bad" }), file({ state: "sending" })];
  const { shown, hidden } = overview(many, 4);
  assert.deepEqual(shown.map((one) => one.state), ["sending", "bad", "waiting", "done"]);
  assert.equal(hidden, 49_999);
});
