import assert from "node:assert/strict";
import { test } from "node:test";
import { SequenceWatch } from "../../static/js/sequence.js";

test("events in order miss nothing", () => {
  const watch = new SequenceWatch();
  watch.greet({ jobs: 4 });
  assert.equal(watch.follows("jobs", 5), true);
  assert.equal(watch.follows("jobs", 6), true);
});

test("a gap is noticed once", () => {
  const watch = new SequenceWatch();
  watch.greet({ jobs: 4 });
  assert.equal(watch.follows("jobs", 7), false);
  assert.equal(watch.follows("jobs", 8), true);
});

test("the first greeting is no news, a later one that differs is", () => {
  const watch = new SequenceWatch();
  assert.equal(watch.greet({ jobs: 4 }), false);
  watch.follows("jobs", 5);
  assert.equal(watch.greet({ jobs: 5 }), false);
  assert.equal(watch.greet({ jobs: 6 }), true);
});

test("rooms are counted apart", () => {
  const watch = new SequenceWatch();
  watch.greet({ jobs: 4, library: 9 });
  assert.equal(watch.follows("library", 10), true);
  assert.equal(watch.follows("jobs", 5), true);
});
