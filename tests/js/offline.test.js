import assert from "node:assert/strict";
import { test } from "node:test";
import { fits, typeOf } from "../../static/js/offline/fits.js";
import { batches, chosen, fitting, offers, qualityOf, roomFor, sizeOf } from "../../static/js/offline/choosing.js";
import { withWaiting } from "../../static/js/offline/marks.js";
import { newestOf, outdated } from "../../static/js/offline/newest.js";
import { expectedSize, newItem, newText, newerPlace, nextRange, progressOf, readHref, shown, textOf, wholeSize } from "../../static/js/offline/records.js";

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

const epub = /** @type {any} */ ({
  id: "b", media_type: "book", title: "Rime", format: "epub", parts: 3, pages: 0, authors: ["Ada"], size_bytes: 900, hue: 1,
  artwork: { poster: false, still: false }, progress: { position: 400, duration: 1000, finished: false, updated_at: 7 },
});

test("a text is its chapters or pages, and a PDF is one file", () => {
  const item = newText("ann", epub, [], 5);
  assert.deepEqual([item.kind, item.todo, item.url, item.position], ["text", ["parts/0", "parts/1", "parts/2"], "/api/books/b/", 400]);
  assert.deepEqual(newText("ann", { ...epub, format: "cbz", parts: 0, pages: 2 }, [], 5).todo, ["pages/0", "pages/1"]);
  const pdf = newText("ann", { ...epub, format: "pdf" }, [], 5);
  assert.deepEqual([pdf.todo, pdf.url], [undefined, "/api/books/b/file"]);
  const article = newText("ann", { ...epub, media_type: "article", id: "a" }, [], 5);
  assert.deepEqual([article.todo, readHref(article), readHref(item)], [["page"], "/articles/a", "/read/b"]);
  assert.equal(progressOf({ ...item, todo: ["parts/2"], got: ["parts/0", "parts/1", "files/x"] }), 75);
});

test("a text on this device goes on where one was on it", () => {
  const item = newText("ann", epub, [], 5);
  assert.deepEqual(textOf({ ...item, position: 650, position_at: 9 })?.progress, { position: 650, duration: 1000, finished: false, updated_at: 9 });
  assert.equal(textOf({ ...item, position: 0 })?.progress, null);
  assert.equal(textOf(item)?.kept, true);
  assert.equal(textOf(newItem("ann", film, "original", 0)), null);
});

test("marks stand as they will once the server knows", () => {
  const mark = (/** @type {string} */ id, /** @type {number} */ start) => /** @type {any} */ ({ id, chapter: 0, start, end: start + 1, colour: "yellow" });
  const waits = (/** @type {any} */ one, /** @type {any} */ what) => /** @type {any} */ ({ id: one.id, what, mark: one });
  const known = [mark("a", 5), mark("b", 9), mark("c", 20)];
  const now = withWaiting(known, [waits(mark("new", 7), "new"), waits({ ...mark("b", 9), colour: "pink" }, "changed"), waits(mark("c", 20), "removed")]);
  assert.deepEqual(now.map((one) => `${one.id} ${one.colour}`), ["a yellow", "new yellow", "b pink"]);
});

test("of many films each comes as small as wished and as it is where that will do", () => {
  const plays = (/** @type {any} */ one) => one.container === "mp4";
  assert.equal(qualityOf(film, "original", plays), "original");
  assert.equal(qualityOf({ ...film, container: "mkv" }, "original", plays), "720p");
  assert.equal(qualityOf(film, "720p", plays), "720p");
  assert.equal(qualityOf({ ...film, video: { ...film.video, height: 480 } }, "720p", plays), "original");
  assert.equal(qualityOf({ ...film, media_type: "track", video: null }, "480p", plays), "original");
  assert.equal(qualityOf(/** @type {any} */ ({ ...epub, video: null, audio: [] }), "480p", () => false), "original");
});

test("only qualities that make a difference are offered", () => {
  const names = (/** @type {any[]} */ all) => offers(all, () => true).map((one) => one.quality);
  assert.deepEqual(names([film]), ["original", "720p", "480p"]);
  assert.deepEqual(names([{ ...film, video: { ...film.video, height: 576 } }]), ["original", "480p"]);
  assert.deepEqual(names([{ ...film, video: { ...film.video, height: 240 } }]), ["original"]);
});

test("as many are taken as there is room for, from the first on", () => {
  const all = chosen([100, 200, 300, 10].map((size_bytes) => ({ ...film, size_bytes })), "original", () => true);
  assert.equal(sizeOf(all), 610);
  assert.deepEqual(fitting(all, 599).map((one) => one.size), [100, 200]);
  assert.equal(fitting(all, Infinity).length, 4);
  assert.equal(fitting(all, 50).length, 0);
  const coming = { ...newItem("ann", film, "original", 0), size: 300, have: 100 };
  assert.equal(roomFor(1000, [coming, { ...coming, state: "ready" }]), 750);
  assert.equal(roomFor(100, [coming]), 0);
});

test("what was taken along together is one thing on its way, and keeps its order", () => {
  const some = [1, 2, 3].map((at) => ({ ...newItem("ann", { ...film, id: `f${at}` }, "original", at), batch: { id: "x", title: "Season" } }));
  const [first, second, third] = some;
  const alone = newItem("ann", { ...film, id: "g" }, "original", 2);
  const ready = { ...first, state: "ready" };
  const found = batches(/** @type {any} */ ([third, ready, alone, second]), progressOf);
  assert.deepEqual(found.batches.map((one) => [one.title, one.done, one.count, one.items.map((item) => item.media)]), [["Season", 1, 3, ["f2", "f3"]]]);
  assert.deepEqual(found.alone.map((item) => item.media), ["g"]);
  const here = /** @type {any[]} */ (some.map((item) => ({ ...item, state: "ready" })));
  assert.deepEqual(batches(here, progressOf), { batches: [], alone: [] });
  assert.deepEqual(shown([here[2], { ...alone, added_at: 9, state: "ready" }, here[0], here[1]], "ann").map((item) => item.media), ["g", "f1", "f2", "f3"]);
});

test("only what a rule brought goes, and only what is neither new nor begun", () => {
  const episodes = /** @type {any[]} */ ([{ state: "remote", media_id: null }, { state: "here", media_id: "n" }, { state: "here", media_id: "m" }, { state: "here", media_id: "o" }]);
  assert.deepEqual(newestOf(episodes, 2), ["n", "m"]);
  const item = (/** @type {string} */ media, /** @type {any} */ more) => /** @type {any} */ ({ media, rule: "p", position: 0, ...more });
  const all = [item("n", {}), item("old", {}), item("begun", { position: 30 }), item("mine", { rule: undefined }), item("other", { rule: "q" })];
  const rule = { key: "", user: "ann", podcast: "p", count: 2, taken: [] };
  assert.deepEqual(outdated(rule, ["n", "m"], all).map((one) => one.media), ["old"]);
});
