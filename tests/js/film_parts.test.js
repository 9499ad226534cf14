import assert from "node:assert/strict";
import { test } from "node:test";
import { partAfter } from "../../static/js/film_parts.js";

const FILES = /** @type {any[]} */ ([
  { id: "c", role: "part", position: 3 }, { id: "m", role: "main", position: 1 }, { id: "b", role: "part", position: 2 }, { id: "v", role: "version", position: null },
]);

test("a film in three parts plays on from one to the next and ends behind the last", () => {
  assert.deepEqual([null, "b", "c"].map((file) => partAfter(FILES, file)), ["b", "c", null]);
});

test("behind another version comes no part, and a film in one file has none", () => {
  assert.equal(partAfter(FILES, "v"), null);
  assert.equal(partAfter(FILES.slice(1, 2), null), null);
});
