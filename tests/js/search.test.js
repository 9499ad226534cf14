import assert from "node:assert/strict";
import { test } from "node:test";
import { nextPlace } from "../../static/js/arrow_places.js";
import { sectionsOf, sizeOf } from "../../static/js/search_sections.js";

/** @param {string} id @param {string} media_type */
const card = (id, media_type) => /** @type {any} */ ({ id, media_type, title: id });
/** @param {object} more @returns {any} */
const found = (more) => ({ query: "q", items: [], texts: [], persons: [], albums: [], shows: [], lines: [], corrected: null, is_corrected: false, ...more });

test("what was found stands in sections, names before what is said and written", () => {
  const sections = sectionsOf(found({
    items: [card("e", "episode"), card("m", "movie"), card("a", "article")],
    lines: [card("l", "movie")],
    texts: [card("t", "book")],
    persons: [{ id: "p" }],
    shows: [{ kind: "channel", key: "c" }, { kind: "show", key: "s" }],
    albums: [{ kind: "album", key: "k" }],
  }));
  assert.deepEqual(sections.map((one) => one.key), ["movie", "show", "persons", "album", "channel", "episode", "lines", "article", "texts"]);
  assert.deepEqual(sections.map(sizeOf), [1, 1, 1, 1, 1, 1, 1, 1, 1]);
});

test("what is named so is not repeated for its text, but a line in it is another place", () => {
  const sections = sectionsOf(found({ items: [card("m", "movie")], texts: [card("m", "movie")], lines: [card("m", "movie")] }));
  assert.deepEqual(sections.map((one) => one.key), ["movie", "lines"]);
});

test("what was just removed is in no section, and an empty section is none", () => {
  const gone = new Set(["m", "l", "t"]);
  assert.deepEqual(sectionsOf(found({ items: [card("m", "movie")], lines: [card("l", "movie")], texts: [card("t", "book")] }), gone), []);
});

/** Two rows of three and one of two that are wider. */
const boxes = [
  ...[0, 1, 2].map((column) => ({ left: column * 110, top: 0, width: 100, height: 150 })),
  ...[0, 1, 2].map((column) => ({ left: column * 110, top: 170, width: 100, height: 150 })),
  ...[0, 1].map((column) => ({ left: column * 170, top: 400, width: 160, height: 60 })),
];

test("arrows go along the row, and to what stands nearest in the next", () => {
  assert.equal(nextPlace(boxes, 0, "ArrowRight"), 1);
  assert.equal(nextPlace(boxes, 2, "ArrowRight"), 3);
  assert.equal(nextPlace(boxes, 0, "ArrowLeft"), null);
  assert.equal(nextPlace(boxes, 1, "ArrowDown"), 4);
  assert.equal(nextPlace(boxes, 5, "ArrowDown"), 7);
  assert.equal(nextPlace(boxes, 3, "ArrowDown"), 6);
  assert.equal(nextPlace(boxes, 6, "ArrowDown"), null);
  assert.equal(nextPlace(boxes, 7, "ArrowUp"), 5);
  assert.equal(nextPlace(boxes, 4, "ArrowUp"), 1);
});

test("above the first row is the box, and from right to left the sides change places", () => {
  assert.equal(nextPlace(boxes, 1, "ArrowUp"), -1);
  assert.equal(nextPlace(boxes, 1, "ArrowRight", true), 0);
  assert.equal(nextPlace(boxes, 1, "ArrowLeft", true), 2);
  assert.equal(nextPlace([], 0, "ArrowDown"), null);
});
