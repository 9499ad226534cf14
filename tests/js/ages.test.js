import assert from "node:assert/strict";
import { test } from "node:test";
import { hiddenFrom } from "../../static/js/ages.js";

const people = [
  { name: "Dot", max_age: 6, sees_unrated: false },
  { name: "Ben", max_age: 12, sees_unrated: true },
];
const of = (age, isRated) => hiddenFrom(people, age, { isRated });

test("an age hides from those who are younger, and from nobody of that age", () => {
  assert.deepEqual(of(16, true), ["Dot", "Ben"]);
  assert.deepEqual(of(12, true), ["Dot"]);
  assert.deepEqual(of(6, false), []);
  assert.deepEqual(of(0, false), []);
});

test("what has no rating is hidden where things are rated, from those who do not see it", () => {
  assert.deepEqual(of(null, true), ["Dot"]);
  assert.deepEqual(of(null, false), []);
});
