import assert from "node:assert/strict";
import { test } from "node:test";
import { mosaicParts } from "../../static/js/mosaic_parts.js";

/** @param {string} id @param {object} [more] */
const card = (id, more = {}) => ({ id, album_key: null, show_key: null, artwork: { poster: true, still: false }, ...more });
const ids = (/** @type {{ id: string }[]} */ cards) => cards.map((one) => one.id);

test("four that differ make a mosaic, fewer make one picture", () => {
  assert.deepEqual(ids(mosaicParts(["a", "b", "c", "d", "e"].map((id) => card(id)))), ["a", "b", "c", "d"]);
  assert.deepEqual(ids(mosaicParts(["a", "b", "c"].map((id) => card(id)))), ["a"]);
  assert.deepEqual(mosaicParts([]), []);
});

test("an album or a show is not shown twice", () => {
  const tracks = ["a", "b", "c", "d", "e"].map((id) => card(id, { album_key: id === "e" ? "two" : "one" }));
  assert.deepEqual(ids(mosaicParts(tracks)), ["a"]);
});

test("what has a picture comes before what has none", () => {
  const bare = { artwork: { poster: false, still: false } };
  assert.deepEqual(ids(mosaicParts([card("a", bare), card("b"), card("c"), card("d"), card("e")])), ["b", "c", "d", "e"]);
  assert.deepEqual(ids(mosaicParts([card("a", bare), card("b")])), ["b"]);
});
