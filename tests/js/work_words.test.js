import assert from "node:assert/strict";
import { test } from "node:test";
import { blurOf } from "../../static/js/placeholder.js";
import { episodeCode } from "../../static/js/words.js";
import {
  artistKey, byDisc, byJob, bySeason, byWork, candidateFacts, cleanTag, dayText, extraName, fieldName, fileLabel, gainText, inOrder, isToCome, jobName, missingTitle, pathChange, ratingText, shownPath, standing,
  valueText, withTag, workHref, workKey, yearsBetween,
} from "../../static/js/work_words.js";

test("a film is a work by itself, an episode and a track belong to one", () => {
  const card = { id: "m1", show_key: "harbour", album_key: "tide" };
  assert.equal(workKey(/** @type {any} */ ({ ...card, media_type: "movie" })), "movie:m1");
  assert.equal(workKey(/** @type {any} */ ({ ...card, media_type: "episode" })), "show:harbour");
  assert.equal(workKey(/** @type {any} */ ({ ...card, media_type: "track" })), "album:tide");
  assert.equal(workKey(/** @type {any} */ ({ ...card, media_type: "home_video" })), null);
  assert.equal(workKey(/** @type {any} */ ({ ...card, media_type: "track", album_key: null })), null);
});

test("the page of a work is found by its key, whatever characters that has", () => {
  assert.equal(workHref("show:a/b:c"), "/shows/a%2Fb%3Ac");
  assert.equal(workHref("movie:1f"), "/item/1f");
  assert.equal(workHref("album:x y"), "/music/x%20y");
});

test("a candidate is told by its year, length, tracks and country", () => {
  const candidate = /** @type {any} */ ({ kind: "movie", year: 1995, runtime_minutes: 170, tracks: null, country: "US" });
  assert.equal(candidateFacts(candidate), "1995 · 2 h 50 min · United States");
  assert.equal(candidateFacts({ ...candidate, kind: "album", artist: "Ash", runtime_minutes: null, tracks: 1, country: "XE" }), "1995 · Ash · 1 track · XE");
});

test("missing episodes stand in the order of the seasons, specials last", () => {
  const missing = [[0, 1], [2, 3], [2, 1], [1, 9]].map(([season, episode]) => /** @type {any} */ ({ season, episode, title: null, aired_on: null }));
  const seasons = bySeason(missing);
  assert.deepEqual([...seasons.keys()], [1, 2, 0]);
  assert.deepEqual(seasons.get(2)?.map((one) => one.episode), [1, 3]);
  assert.equal(missingTitle(missing[0]), "1. Untitled");
});

test("what is not out yet is still to come", () => {
  assert.equal(isToCome("2027-01-01", "2026-11-21"), true);
  assert.equal(isToCome("2026-11-21", "2026-11-21"), false);
  assert.equal(isToCome(null), false);
});

test("a day is written out, what is no day stays as it is", () => {
  assert.equal(dayText("2019-03-12"), "12 Mar 2019");
  assert.equal(dayText("2019"), "2019");
  assert.equal(dayText(null), "");
});

test("somebody is a year older on the birthday, not before", () => {
  assert.equal(yearsBetween("1961-03-03", "2026-03-02"), 64);
  assert.equal(yearsBetween("1961-03-03", "2026-03-03"), 65);
});

test("fields and their values are put into words", () => {
  assert.equal(fieldName("original_title"), "Original title");
  assert.equal(fieldName("some_new_field"), "Some new field");
  assert.equal(valueText(["Drama", "Mystery"]), "Drama, Mystery");
  assert.equal(valueText("2003-11-14"), "14 Nov 2003");
  assert.equal(valueText(null), "");
  assert.equal(valueText(0), "0");
});

test("of two paths only the part that differs is told twice", () => {
  assert.deepEqual(pathChange("movies/a/x.mkv", "movies/b/x.mkv"), { same: "movies", from: "a/x.mkv", to: "b/x.mkv" });
  assert.deepEqual(pathChange("movies/a/x.mkv", "movies/a/y.mkv"), { same: "movies/a", from: "x.mkv", to: "y.mkv" });
  assert.deepEqual(pathChange("x.mkv", "y.mkv"), { same: "", from: "x.mkv", to: "y.mkv" });
});

test("persons of the crew stand by what they did", () => {
  const crew = [["Director", "Ingrid"], ["Writer", "Paul"], ["Director", "Mei"]].map(([job, name]) => /** @type {any} */ ({ job, name }));
  assert.deepEqual(byJob(crew).map(([job, persons]) => [job, persons.map((one) => one.name)]), [["Director", ["Ingrid", "Mei"]], ["Writer", ["Paul"]]]);
});

test("a file is called by what it is for", () => {
  const file = /** @type {any} */ ({ role: "subtitle", label: "fra", position: null, path: "x.srt" });
  assert.equal(fileLabel(file), "French");
  assert.equal(fileLabel({ ...file, label: null, path: "a/Heat (1995).en.forced.srt" }), "English");
  assert.equal(fileLabel({ ...file, label: null, path: "a/Heat.1995.srt" }), "Subtitles");
  assert.equal(fileLabel({ ...file, role: "artwork", label: "fanart" }), "Backdrop");
  assert.equal(fileLabel({ ...file, role: "nfo", label: "movie" }), "Notes for other programs (.nfo)");
  assert.equal(fileLabel({ ...file, role: "part", label: null, position: 2 }), "Part 2");
  assert.equal(fileLabel({ ...file, role: "version", label: "Final Cut" }), "Final Cut");
  assert.equal(fileLabel({ ...file, role: "main", label: null }), "Main file");
});

test("extras have a name, however their kind is written", () => {
  assert.deepEqual(["trailer", "Trailers", "behind_the_scenes", "behindthescenes", "deleted_scenes", "deleted", "whatever", null].map(extraName), [
    "Trailer", "Trailer", "Behind the scenes", "Behind the scenes", "Deleted scene", "Deleted scene", "Extra", "Extra",
  ]);
});

test("a rating of too few is none", () => {
  assert.equal(ratingText(7.84, 2310), "7.8");
  assert.equal(ratingText(10, 1), null);
  assert.equal(ratingText(null, 100), null);
  assert.equal(ratingText(8, null), "8.0");
});

test("a tag is kept once, whatever its case and spaces", () => {
  assert.deepEqual(withTag(["Rainy day"], "  rainy  DAY "), ["Rainy day"]);
  assert.deepEqual(withTag([], "   "), []);
  assert.deepEqual(withTag(["a"], " b  c "), ["a", "b c"]);
  assert.equal(cleanTag("x".repeat(100)).length, 60);
  assert.equal(cleanTag("sea, storm"), "sea storm");
});

test("the tracks of several discs stand by disc", () => {
  const tracks = [[2, "c"], [1, "a"], [null, "b"]].map(([disc_number, id]) => /** @type {any} */ ({ disc_number, id }));
  assert.deepEqual(byDisc(tracks).map(([disc, some]) => [disc, some.map((one) => one.id)]), [[1, ["a", "b"]], [2, ["c"]]]);
});

test("loudness has a sign", () => {
  assert.deepEqual([-6.42, 1.25, 0].map(gainText), ["−6.4 dB", "+1.3 dB", "0.0 dB"]);
});

test("a file with two episodes names both", () => {
  assert.equal(episodeCode({ season: 1, episode: 3, episode_end: 4 }), "S01E03–E04");
  assert.equal(episodeCode({ season: 1, episode: 3, episode_end: 3 }), "S01E03");
  assert.equal(episodeCode({ season: null, episode: 3, episode_end: null }), "E03");
});

test("only a picture gets into the style of a page", () => {
  assert.equal(blurOf("data:image/webp;base64,UklGRg=="), 'url("data:image/webp;base64,UklGRg==")');
  for (const evil of ['data:image/webp;base64,AA") ; background: url("https://evil.example', "data:image/svg+xml;base64,AA==", "https://evil.example/a.png", "", null])
    assert.equal(blurOf(evil), undefined);
});

test("the page of an artist is found by the name, whatever its case", () => {
  assert.equal(artistKey("Ash"), "617368");
  assert.equal(artistKey("ÉA"), "c38961");
});

test("a person's parts in one work stand together", () => {
  const card = /** @type {any} */ ({ id: "m1", year: 2003 });
  const group = /** @type {any} */ ({ key: "hl", year: 2011 });
  const works = byWork([
    { role: "director", character: null, card }, { role: "writer", character: null, card }, { role: "cast", character: "Ines", group }, { role: "cast", character: "", card },
  ]);
  assert.deepEqual(works.map((one) => [one.card?.id ?? one.group?.key, one.parts]), [["hl", ["as Ines"]], ["m1", ["Director", "Writer"]]]);
});

test("a job that nobody has a word for is written as it is", () => {
  assert.equal(jobName("director"), "Directed by");
  assert.equal(jobName("stunt_double"), "Stunt double");
});

test("what plays stands before what lies beside it", () => {
  const files = ["nfo", "part", "subtitle", "main", "version"].map((role, index) => /** @type {any} */ ({ role, position: null, path: String(index) }));
  assert.deepEqual(inOrder(files).map((one) => one.role), ["main", "version", "part", "subtitle", "nfo"]);
});

test("the id of a folder outside is no part of a path for people", () => {
  assert.equal(shownPath("@d0d2e3567856/Films/Heat.mkv"), "Films/Heat.mkv");
  assert.equal(shownPath("movies/@home.mkv"), "movies/@home.mkv");
});

test("what is not settled says why", () => {
  assert.equal(standing({ state: "postponed", reason: "There is no key for TMDb" }), "Later. There is no key for TMDb");
  assert.equal(standing({ state: "applied", reason: "Same title" }), "Found by itself");
  assert.equal(standing({ state: "unknown", reason: null }), "Nothing found");
});
