import assert from "node:assert/strict";
import { test } from "node:test";
import { idleClock, TELL_MS } from "../../static/js/screen_idle.js";

const MINUTE = 60_000;

test("a screen is left alone after its minutes without a touch, and not before", () => {
  const clock = idleClock(30, 0);
  assert.equal(clock.isOver(30 * MINUTE), false);
  assert.equal(clock.isOver(30 * MINUTE + 1), true);
});

test("a touch begins the time anew, and is told once a minute", () => {
  const clock = idleClock(30, 0);
  assert.equal(clock.touch(1000), false);
  assert.equal(clock.touch(TELL_MS), true);
  assert.equal(clock.touch(TELL_MS + 1000), false);
  assert.equal(clock.touch(2 * TELL_MS), true);
  assert.equal(clock.isOver(31 * MINUTE), false);
  assert.equal(clock.isOver(32 * MINUTE + 1), true);
});

test("the touch that wakes a screen after its time does not bring back who was there", () => {
  const clock = idleClock(30, 0);
  assert.equal(clock.touch(40 * MINUTE), false);
  assert.equal(clock.isOver(40 * MINUTE), true);
});
