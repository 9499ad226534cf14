import assert from "node:assert/strict";
import { test } from "node:test";
import { kindOfShelf, meantBy, recallInto, rememberInto } from "../../static/js/upload_into.js";

const films = { id: "a", name: "Films", kind: /** @type {const} */ ("movies"), is_primary: true };
const more = { id: "b", name: "More films", kind: /** @type {const} */ ("movies"), is_primary: false };
const books = { id: "c", name: "Books", kind: /** @type {const} */ ("books"), is_primary: true };

function storage() {
  const kept = new Map();
  return /** @type {any} */ ({ getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => kept.set(name, text) });
}

test("a shelf stands for a kind, also below it, and other pages for none", () => {
  assert.equal(kindOfShelf("/films"), "movies");
  assert.equal(kindOfShelf("/home-media/x"), "home");
  assert.equal(kindOfShelf("/add"), null);
  assert.equal(kindOfShelf("/"), null);
});

test("a drop on a shelf means the libraries of its kind", () => {
  assert.deepEqual(meantBy("/films", [films, more, books]).libraries, [films, more]);
  assert.deepEqual(meantBy("/search", [films, more, books]).libraries, []);
});

test("what was chosen is remembered by kind, as long as it takes files", () => {
  const kept = storage();
  rememberInto(kept, "movies", "b");
  rememberInto(kept, "any", "c");
  assert.equal(recallInto(kept, "movies", [films, more]), "b");
  assert.equal(recallInto(kept, "any", [books]), "c");
  assert.equal(recallInto(kept, "movies", [films]), null);
  kept.setItem("upload-into", "not JSON");
  assert.equal(recallInto(kept, "movies", [films, more]), null);
});
