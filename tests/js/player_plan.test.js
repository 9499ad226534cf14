import assert from "node:assert/strict";
import { test } from "node:test";
import { isAtHome, kindOf, megabits, playsPlainly, wayOf, wishAfter } from "../../static/js/player/plan.js";

/** @type {import("../../static/js/player/device.js").Device} */
const DEVICE = {
  containers: ["mp4", "matroska"], video: [{ codec: "h264", max_height: 1080, ten_bit: false }], audio: ["aac", "pcm"], hls: "mse", hdr: false,
  channels: 2,
};
/** @param {object} [more] @returns {any} */
const film = (more = {}) => ({
  container: "mp4", video: { codec: "h264", width: 1920, height: 1080, frame_rate: 24, hdr: null, bit_depth: 8 },
  audio: [{ index: 1, codec: "aac" }], ...more,
});

test("a film that the browser knows in all its parts plays without asking", () => {
  assert.equal(playsPlainly(film(), DEVICE, {}), true);
  assert.equal(playsPlainly(film({ container: "mkv" }), DEVICE, { quality: "original" }), true);
  assert.equal(playsPlainly(film({ audio: [] }), DEVICE, {}), true);
});

test("anything unknown is asked about: container, codec, sound, size, depth, brightness", () => {
  const odd = [
    { container: "avi" }, { audio: [{ codec: "ac3" }] }, { audio: [{ codec: "aac" }, { codec: "dts" }] },
    { video: { codec: "hevc", width: 1280, height: 720 } }, { video: { codec: "h264", width: 3840, height: 2160 } },
    { video: { codec: "h264", width: 1280, height: 720, bit_depth: 10 } }, { video: { codec: "h264", width: 1280, height: 720, hdr: "HDR10" } },
    { video: null, audio: [] },
  ];
  for (const change of odd) assert.equal(playsPlainly(film(change), DEVICE, {}), false, JSON.stringify(change));
});

test("a wish is asked about, however plain the film", () => {
  assert.equal(playsPlainly(film(), DEVICE, { quality: "720p" }), false);
  assert.equal(playsPlainly(film(), DEVICE, { audio: 2 }), false);
  assert.equal(playsPlainly(film(), DEVICE, { burn: true, subtitle: "s3" }), false);
});

test("a film that stands upright is as tall as its shorter side", () => {
  assert.equal(playsPlainly(film({ video: { codec: "h264", width: 1080, height: 1920 } }), DEVICE, {}), true);
});

test("sound of its own plays plainly by its codec", () => {
  assert.equal(playsPlainly(film({ container: "wav", video: null, audio: [{ codec: "pcm_s16le" }] }), { ...DEVICE, containers: ["wav"] }, {}), true);
});

test("home is where the network is one's own", () => {
  for (const name of ["localhost", "192.168.1.20", "10.0.0.2", "172.20.1.1", "nas", "media.local", "[fd12::1]", "127.0.0.1"]) assert.ok(isAtHome(name), name);
  for (const name of ["films.example.org", "172.32.0.1", "8.8.8.8", "local.example.com"]) assert.ok(!isAtHome(name), name);
});

test("a plan's address goes the way that the browser has", () => {
  const plan = /** @type {any} */ ({ method: "remux" });
  assert.equal(wayOf({ ...plan, method: "direct" }, DEVICE), "file");
  assert.equal(wayOf(plan, DEVICE), "mse");
  assert.equal(wayOf(plan, { ...DEVICE, hls: "native" }), "native");
});

test("a choice keeps those before it, and subtitles that are no longer burned are forgotten", () => {
  assert.deepEqual(wishAfter({ quality: "720p" }, { audio: 2 }), { quality: "720p", audio: 2 });
  assert.deepEqual(wishAfter({ audio: 2 }, { subtitle: "s4", burn: true }), { audio: 2, subtitle: "s4", burn: true });
  assert.deepEqual(wishAfter({ audio: 2, subtitle: "s4", burn: true }, { burn: false }), { audio: 2 });
});

test("sound that is made anew beside an untouched picture is told apart", () => {
  const side = /** @type {any} */ ({ from: {}, to: {} });
  const same = /** @type {any} */ ({ from: {}, to: null });
  assert.equal(kindOf(/** @type {any} */ ({ method: "transcode", video: same, audio: side })), "sound");
  assert.equal(kindOf(/** @type {any} */ ({ method: "transcode", video: side, audio: side })), "transcode");
  assert.equal(kindOf(/** @type {any} */ ({ method: "remux", video: same, audio: same })), "remux");
});

test("bits are told in millions, finely only where they are few", () => {
  assert.deepEqual([megabits(4_240_000), megabits(25_400_000), megabits(700_000)], [4.2, 25, 0.7]);
});
