import "./every_word.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { NO_WISHES, order, orderName } from "../../static/js/adding.js";

/** @type {{ path: string, body: any }[]} */
let asked = [];
globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ path, /** @type {RequestInit} */ init) => {
  asked.push({ path, body: JSON.parse(String(init.body)) });
  return new Response(JSON.stringify({ podcast: { id: "p1" } }), { status: 202 });
});
beforeEach(() => (asked = []));

const url = "https://example.org/a";
/** @param {string} kind @param {object} [more] */
const reading = (kind, more = {}) => /** @type {any} */ ({ kind, url, title: "A", count: null, is_live: false, ...more });

test("each reading of an address goes where it belongs", async () => {
  for (const kind of ["video", "file", "playlist", "music_playlist", "article", "book"]) await order(reading(kind), NO_WISHES);
  assert.deepEqual(asked, [
    { path: "/api/downloads", body: { url, audio_only: false } },
    { path: "/api/downloads", body: { url, reading: "file" } },
    { path: "/api/import/playlist", body: { url } },
    { path: "/api/import/playlist", body: { url } },
    { path: "/api/articles", body: { url } },
    { path: "/api/books", body: { url } },
  ]);
});

test("what is live is recorded only because somebody pressed “Record it”", async () => {
  const live = reading("video", { is_live: true });
  assert.equal(orderName(live, NO_WISHES), "Record it");
  await order(live, { ...NO_WISHES, audio: true });
  assert.deepEqual(asked[0]?.body, { url, audio_only: true, live: "record" });
});

test("a list is followed with its rules, or imported once without them", async () => {
  const list = reading("playlist", { count: 34 });
  assert.equal(orderName(list, NO_WISHES), "Import 34 videos");
  const following = { ...NO_WISHES, follow: true, rules: { keep_last: 5 } };
  assert.equal(orderName(list, following), "Follow");
  await order(list, following);
  assert.deepEqual(asked[0]?.body, { url, follow: { keep_last: 5 } });
});

test("a podcast is followed with a password only when there is one", async () => {
  const podcast = reading("podcast");
  assert.deepEqual((await order(podcast, NO_WISHES)).podcast_id, "p1");
  await order(podcast, { ...NO_WISHES, auto: "none", username: "anna", password: "secret" });
  assert.deepEqual(asked.map((one) => one.body), [
    { url, auto_download: "latest" },
    { url, auto_download: "none", username: "anna", password: "secret" },
  ]);
});
