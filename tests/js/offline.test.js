import assert from "node:assert/strict";
import { test } from "node:test";
import { fits, typeOf } from "../../static/js/offline/fits.js";
import { expectedSize, newItem, newerPlace, nextRange, progressOf, shown, wholeSize } from "../../static/js/offline/records.js";

const film = /** @type {any} */ ({
  id: "f", title: "Solaris", media_type: "movie", year: 1972, duration: 6000, size_bytes: 4_000_000_000, hue: 20,
  video: { codec: "h264", width: 1920, height: 1080 }, audio: [{ codec: "aac", default: true }], container: "mp4",
  artwork: { poster: true, still: true }, progress: { position: 60, duration: 6000, finished: false, updated_at: 500 }, show_title: null,
});
const yes = () => "probably";

test("a film's own file is taken along as it is where the browser plays it", () => {
  assert.equal(typeOf(film), 'video/mp4; codecs="avc1.640029, mp4a.40.2"');
  assert.ok(fits(film, yes));
  assert.ok(!fits(film, () => "maybe"));
  assert.ok(!fits({ ...film, container: "matroska" }, yes));
  assert.ok(!fits({ ...film, video: { ...film.video, bit_depth: 10 } }, yes));
  assert.ok(!fits({ ...film, video: { codec: "mpeg2video" } }, yes));
  assert.ok(!fits({ ...film, audio: [{ codec: "dts" }] }, yes));
  assert.ok(fits({ ...film, audio: [] }, yes));
});

test("an item remembers whose it is, where one was and what comes next", () => {
  const item = newItem("ann", film, "original", 1000);
  assert.deepEqual([item.key, item.kind, item.subtitle, item.position, item.state], ["ann:f", "video", "1972", 60, "loading"]);
  assert.equal(nextRange({ ...item, have: 4194304 }), "bytes=4194304-8388607");
  const small = newItem("ann", film, "480p", 1000);
  assert.deepEqual([small.url, small.state, small.size], ["/api/prepared/f/480p", "preparing", 0]);
  assert.equal(newItem("ann", { ...film, show_title: "Waves", season: 1, episode: 2 }, "original", 0).subtitle, "Waves · S01E02");
});

test("a film of which nothing was read yet is no song", () => {
  assert.equal(newItem("ann", { ...film, video: null, audio: [] }, "720p", 0).kind, "video");
  assert.equal(newItem("ann", { ...film, video: null }, "original", 0).kind, "audio");
  assert.equal(newItem("ann", { ...film, video: null, audio: [], media_type: "podcast" }, "original", 0).kind, "audio");
});

test("the size of the whole is what the server says", () => {
  assert.equal(wholeSize("bytes 0-9/100"), 100);
  for (const header of [null, "", "bytes */100", "bytes 0-9/*", "100"]) assert.equal(wholeSize(header), null);
});

test("progress never passes the whole and tells of the making first", () => {
  const item = newItem("ann", film, "original", 0);
  assert.equal(progressOf({ ...item, have: 1_000_000_000 }), 25);
  assert.equal(progressOf({ ...item, state: "preparing", percent: 40 }), 40);
  assert.equal(progressOf({ ...item, state: "ready" }), 100);
  assert.equal(progressOf({ ...item, size: 0 }), 0);
});

test("a version is expected to be no larger than the film itself", () => {
  assert.ok(expectedSize(film, "480p") < expectedSize(film, "720p"));
  assert.equal(expectedSize({ duration: 6000, size_bytes: 1000 }, "720p"), 1000);
});

test("nobody sees what another took along", () => {
  const mine = newItem("ann", film, "original", 1);
  const fresh = { ...mine, key: "ann:g", state: /** @type {const} */ ("ready"), added_at: 5 };
  assert.deepEqual(shown([fresh, newItem("ben", film, "original", 9), mine], "ann").map((item) => item.key), ["ann:f", "ann:g"]);
  assert.deepEqual(shown([mine], null), []);
});

test("of two places the newer counts", () => {
  const item = { ...newItem("ann", film, "original", 1), position: 90, position_at: 700 };
  assert.equal(newerPlace(item, { position: 30, finished: false, updated_at: 600 }).position, 90);
  assert.equal(newerPlace(item, { position: 120, finished: false, updated_at: 800 }).position, 120);
  assert.equal(newerPlace(item, { position: 120, finished: true, updated_at: 800 }).position, 0);
  assert.equal(newerPlace(item, null), item);
});
