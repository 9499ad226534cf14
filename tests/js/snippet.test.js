import assert from "node:assert/strict";
import { test } from "node:test";
import { snippetParts } from "../../static/js/snippet.js";

test("hits are told from the words around them", () => {
  assert.deepEqual(snippetParts("the \u0002tide\u0003 and the \u0002moon\u0003"), [
    { text: "the ", isHit: false }, { text: "tide", isHit: true }, { text: " and the ", isHit: false }, { text: "moon", isHit: true },
  ]);
});

test("a text without hits, or with a mark that is left over, is still a text", () => {
  assert.deepEqual(snippetParts("plain"), [{ text: "plain", isHit: false }]);
  assert.deepEqual(snippetParts("a\u0003b \u0002c"), [{ text: "ab ", isHit: false }, { text: "c", isHit: false }]);
  assert.deepEqual(snippetParts(""), []);
});
