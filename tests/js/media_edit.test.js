import assert from "node:assert/strict";
import { test } from "node:test";
import { takenBack } from "../../static/js/media_edit.js";

const film = /** @type {any} */ ({ title: "Salt", year: null, edition: "Final Cut", min_age: 12, locked: ["title", "min_age"] });

test("a correction is taken back with the values and the locks of before", () => {
  assert.deepEqual(takenBack(film, { title: "Pepper", year: 1999 }), { title: "Salt", year: null, unlock: ["year"] });
});

test("a name that was locked stays so, and one that was let go of is locked again", () => {
  assert.deepEqual(takenBack(film, { title: "Pepper" }), { title: "Salt" });
  assert.deepEqual(takenBack(film, { unlock: ["title", "min_age"] }), { title: "Salt", min_age: 12 });
});

test("what was not touched is not sent", () => {
  assert.deepEqual(takenBack(film, { edition: null }), { edition: "Final Cut", unlock: ["edition"] });
});
