import assert from "node:assert/strict";
import { test } from "node:test";
import { match } from "../../static/js/router.js";

test("every page has an address", () => {
  assert.equal(match("/").name, "home");
  assert.equal(match("/films?sort=title").query.get("sort"), "title");
  assert.deepEqual(match("/shows/harbour-lights").params, { key: "harbour-lights" });
  assert.deepEqual(match("/play/abc?t=90").params, { id: "abc" });
  assert.equal(match("/settings/people").name, "people");
});

test("what comes from the web has addresses, too", () => {
  assert.equal(match("/add?url=https%3A%2F%2Fexample.org").query.get("url"), "https://example.org");
  assert.deepEqual(match("/podcasts/p1/e1").params, { podcast: "p1", id: "e1" });
  assert.equal(match("/videos/some-channel").name, "channel");
  assert.equal(match("/settings/podcasts").name, "podcast_rules");
});

test("a key with a slash or a space survives the address", () => {
  assert.deepEqual(match("/music/AC%2FDC%20live").params, { key: "AC/DC live" });
});

test("a broken escape is taken as it stands", () => {
  assert.deepEqual(match("/music/100%").params, { key: "100%" });
});

test("an unknown address is not found", () => {
  assert.equal(match("/films/extra/deep").name, "not_found");
  assert.equal(match("/nothing").name, "not_found");
});

test("a trailing slash is the same page", () => {
  assert.equal(match("/films/").name, "films");
});
