import assert from "node:assert/strict";
import { test } from "node:test";
import { loadOf, withSelected } from "../../static/js/carried.js";

test("a link says what is dragged by it", () => {
  assert.deepEqual(loadOf("/item/abc"), { kind: "ids", keys: ["abc"] });
  assert.deepEqual(loadOf("/play/abc"), { kind: "ids", keys: ["abc"] });
  assert.deepEqual(loadOf("/articles/abc"), { kind: "ids", keys: ["abc"] });
  assert.deepEqual(loadOf("/home-media/abc"), { kind: "ids", keys: ["abc"] });
  assert.deepEqual(loadOf("/shows/a%20b"), { kind: "shows", keys: ["a b"] });
  assert.deepEqual(loadOf("/music/k1"), { kind: "albums", keys: ["k1"] });
  assert.deepEqual(loadOf("/videos/k1"), { kind: "channels", keys: ["k1"] });
});

test("what is no medium is not carried", () => {
  for (const path of ["/", "/films", "/collections/abc", "/settings/account", "/podcasts/a/b", "/music/a/b", "/constructor/a"]) {
    assert.equal(loadOf(path), null, path);
  }
});

test("one of what is selected takes all of it along, another one goes alone", () => {
  const selected = { kind: /** @type {const} */ ("ids"), keys: ["a", "b", "c"], onTaken: () => {} };
  assert.deepEqual(withSelected({ kind: "ids", keys: ["b"] }, selected).keys, ["a", "b", "c"]);
  assert.deepEqual(withSelected({ kind: "ids", keys: ["x"] }, selected).keys, ["x"]);
  assert.deepEqual(withSelected({ kind: "shows", keys: ["b"] }, selected).keys, ["b"]);
  assert.deepEqual(withSelected({ kind: "ids", keys: ["b"] }, null).keys, ["b"]);
});
