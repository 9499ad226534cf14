import assert from "node:assert/strict";
import { test } from "node:test";
import { pathDifference } from "../../static/js/path_difference.js";

const marked = (/** @type {{ text: string, differs: boolean }[]} */ parts) => parts.map(({ text, differs }) => (differs ? `[${text}]` : text)).join("");
const shown = (/** @type {string} */ from, /** @type {string} */ to) => {
  const difference = pathDifference(from, to);
  assert.equal(difference.from.map((part) => part.text).join(""), from);
  assert.equal(difference.to.map((part) => part.text).join(""), to);
  return [marked(difference.from), marked(difference.to)];
};

test("what differs is marked, word by word", () => {
  assert.deepEqual(shown("movies/The Salt Road.mkv", "movies/The Salt Road (2019).mkv"), ["movies/The Salt Road.mkv", "movies/The Salt Road[ (2019)].mkv"]);
  assert.deepEqual(shown("tv/a/b.mkv", "tv/c/b.mkv"), ["tv/[a]/b.mkv", "tv/[c]/b.mkv"]);
});

test("equal paths have nothing marked, strangers everything but what joins them", () => {
  assert.deepEqual(shown("a/b", "a/b"), ["a/b", "a/b"]);
  assert.deepEqual(shown("", "x"), ["", "[x]"]);
  assert.deepEqual(shown("one", "two"), ["[one]", "[two]"]);
});

test("a name of a thousand words costs no time", () => {
  const begun = performance.now();
  const [from] = shown(`x/${"a ".repeat(1000)}`, `y/${"b ".repeat(1000)}`);
  assert.ok(performance.now() - begun < 200);
  assert.ok(from?.startsWith("["));
});
