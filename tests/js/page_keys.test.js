import assert from "node:assert/strict";
import { test } from "node:test";
import { meaningOf, PLACES } from "../../static/js/page_keys.js";
import { match } from "../../static/js/router.js";

/** @param {string} key @param {object} [more] */
const press = (key, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });
const elsewhere = { matches: () => false };

test("g waits for a letter, which leads to a page that there is", () => {
  assert.deepEqual(meaningOf(press("g"), elsewhere, false), { wait: true });
  for (const [key, path] of Object.entries(PLACES)) {
    assert.deepEqual(meaningOf(press(key), elsewhere, true), { go: path });
    assert.notEqual(match(path).name, "not_found", path);
  }
  assert.equal(meaningOf(press("q"), elsewhere, true), null);
});

test("keys for the page are left alone while somebody types or asks the browser for something", () => {
  assert.equal(meaningOf(press("g"), { matches: () => true }, false), null);
  for (const held of ["ctrlKey", "metaKey", "altKey"]) assert.equal(meaningOf(press("w", { [held]: true }), elsewhere, false), null);
  assert.equal(meaningOf(press("h"), elsewhere, false), null);
});

test("e and w press what is there, and ? tells all keys", () => {
  assert.deepEqual(meaningOf(press("E"), elsewhere, false), { press: "e" });
  assert.deepEqual(meaningOf(press("w"), null, false), { press: "w" });
  assert.deepEqual(meaningOf(press("?"), elsewhere, false), { do: "help" });
});
