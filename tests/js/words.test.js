import assert from "node:assert/strict";
import { test } from "node:test";
import { cannotPlay } from "../../static/js/playable.js";
import { cardSubtitle, cardTitle, channelName, codecName, discTitle, episodeCode, jobEta, jobLine, jobTitle, resolution, secondsLeft, watched } from "../../static/js/words.js";

const film = {
  id: "1", media_type: "movie", title: "The Salt Road", year: 2019, show_title: null, season: null, episode: null, artist: null, album: null,
  track_number: null, duration: 6720, added_at: 0, artwork: { poster: false, still: false }, hue: 22, offline: false, needs_review: false, progress: null,
};
const begun = { ...film, progress: { position: 4440, duration: 6720, finished: false, updated_at: 0 } };
const episode = { ...film, media_type: "episode", title: "A Visitor", show_title: "Harbour Lights", season: 2, episode: 4 };
const job = {
  id: "j", kind: "rip", status: "encoding", stage: "rip", title: "x", progress: 40, eta_seconds: 690, speed: "148 fps", step: { current: 2, total: 4 },
  drive_id: null, disc_id: null, error: null, created_at: 0, started_at: 0, finished_at: null, attempts: 1, media_ids: [],
};
const disc = { id: "d", kind: "dvd", label: "HL_S2_D3", title: "Harbour Lights", season: 2, disc_number: 3, content: "show", ripped_at: null, review_reason: null, plan: "", titles: [] };

test("a film that was begun says how much is left", () => {
  assert.equal(cardSubtitle(film), "2019");
  assert.equal(cardSubtitle(begun), "38 min left");
  assert.equal(secondsLeft(begun), 2280);
  assert.equal(Math.round(watched(begun) ?? 0), 66);
});

test("a finished film has nothing left and counts as seen", () => {
  const seen = { ...film, progress: { position: 6700, duration: 6720, finished: true, updated_at: 0 } };
  assert.equal(secondsLeft(seen), null);
  assert.equal(watched(seen), 100);
});

test("an episode goes by its show", () => {
  assert.equal(cardTitle(episode), "Harbour Lights");
  assert.equal(cardSubtitle(episode), "S02E04, A Visitor");
  assert.equal(episodeCode({ season: null, episode: 7 }), "E07");
  assert.equal(episodeCode({ season: 1, episode: null }), "");
});

test("a disc says season and number only when it has them", () => {
  assert.equal(discTitle(disc), "Harbour Lights, season 2, disc 3");
  assert.equal(discTitle({ ...disc, season: null, disc_number: null }), "Harbour Lights");
  assert.equal(discTitle({ ...disc, title: "", label: "", season: null, disc_number: null }), "Unnamed disc");
});

test("a job says its step, its stage or why it failed", () => {
  assert.equal(jobLine(job), "2 of 4 · Copying from the disc");
  assert.equal(jobLine({ ...job, step: null, stage: "verify" }), "Checking the copy");
  assert.equal(jobLine({ ...job, status: "failed", error: "The disc is dirty." }), "The disc is dirty.");
  assert.equal(jobLine({ ...job, stage: "something new", step: { current: 1, total: 1 } }), "At work");
});

test("a job that failed for a while says why and when it is tried again", () => {
  const waiting = { ...job, kind: "download", status: "queued", retry_at: new Date(2026, 10, 21, 14, 5).getTime(), error: "The site asks for a pause." };
  assert.equal(jobLine(waiting), "The site asks for a pause. It is tried again at 14:05.");
  assert.equal(jobLine({ ...waiting, error: null }), "It is tried again at 14:05.");
  assert.equal(jobLine({ ...waiting, retry_at: null }), "Waits for its turn");
});

test("a job whose name nobody knows yet goes by its address", () => {
  assert.equal(jobTitle({ title: "https://www.example.org/watch?v=1" }), "example.org/watch?v=1");
  assert.equal(jobTitle({ title: "How tides are predicted" }), "How tides are predicted");
});

test("a download says its stage and its time left", () => {
  const download = { ...job, kind: "download", status: "downloading", stage: "convert", step: null };
  assert.equal(jobLine(download), "Putting picture and sound together");
  assert.equal(jobEta(download), "12 min");
});

test("time left is shown only while a job encodes", () => {
  assert.equal(jobEta(job), "12 min");
  assert.equal(jobEta({ ...job, status: "queued" }), null);
  assert.equal(jobEta({ ...job, eta_seconds: null }), null);
});

test("technical words are those that people know", () => {
  assert.equal(resolution({ width: 1920, height: 800 }), "1080p");
  assert.equal(resolution({ width: 720, height: 576 }), "576p");
  assert.equal(codecName("HEVC"), "H.265 (HEVC)");
  assert.equal(codecName("strange"), "strange");
  assert.equal(channelName(6), "5.1");
});

test("a file that does not play names what the browser lacks", () => {
  const sentence = cannotPlay({ video: { codec: "hevc", width: 1, height: 1, frame_rate: null }, audio: [], container: "mkv" });
  assert.match(sentence, /cannot play H\.265 \(HEVC\) in MKV\. Download/);
});
