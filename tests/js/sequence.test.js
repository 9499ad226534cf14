import assert from "node:assert/strict";
import { test } from "node:test";
import { SequenceWatch } from "../../static/js/sequence.js";

test("events in order miss nothing", () => {
  const watch = new SequenceWatch();
  watch.greet({ jobs: 4 });
  assert.equal(watch.place("jobs", 5), "next");
  assert.equal(watch.place("jobs", 6), "next");
});

test("a gap is noticed once", () => {
  const watch = new SequenceWatch();
  watch.greet({ jobs: 4 });
  assert.equal(watch.place("jobs", 7), "gap");
  assert.equal(watch.place("jobs", 8), "next");
});

test("what the greeting counted already is old, however late it comes", () => {
  const watch = new SequenceWatch();
  watch.greet({ jobs: 4 });
  assert.equal(watch.place("jobs", 2), "old");
  assert.equal(watch.place("jobs", 4), "old");
  assert.equal(watch.place("jobs", 5), "next");
});

test("the first greeting is no news, a later one that differs is", () => {
  const watch = new SequenceWatch();
  assert.equal(watch.greet({ jobs: 4 }), false);
  watch.place("jobs", 5);
  assert.equal(watch.greet({ jobs: 5 }), false);
  assert.equal(watch.greet({ jobs: 6 }), true);
});

test("a counter that began anew, as after a restore, is news", () => {
  const watch = new SequenceWatch();
  watch.greet({ jobs: 40 });
  assert.equal(watch.greet({ jobs: 2 }), true);
  assert.equal(watch.place("jobs", 3), "next");
});

test("rooms are counted apart", () => {
  const watch = new SequenceWatch();
  watch.greet({ jobs: 4, library: 9 });
  assert.equal(watch.place("library", 10), "next");
  assert.equal(watch.place("jobs", 5), "next");
});
