import assert from "node:assert/strict";
import { test } from "node:test";
import { describeDevice, without } from "../../static/js/player/device.js";

/** @param {RegExp} knows @param {object} [more] */
const browser = (knows, more = {}) => ({
  plays: (/** @type {string} */ mime) => knows.test(mime), buffers: () => true, isApple: false, hdr: false, channels: 2,
  smooth: async () => true, ...more,
});
const CHROMIUM = /^video\/(mp4|webm|x-matroska)$|^audio\/(mpeg|ogg|wav|flac)|avc1|av01|vp0?9|mp4a\.40|opus|vorbis|flac|mpegurl/;

test("a browser without HEVC and Dolby says so by leaving them out", async () => {
  const device = await describeDevice(browser(CHROMIUM));
  assert.deepEqual(device.containers, ["mp4", "webm", "matroska", "mp3", "flac", "ogg", "wav"]);
  assert.deepEqual(device.video.map((one) => one.codec), ["h264", "av1", "vp9"]);
  assert.ok(!device.audio.includes("ac3") && device.audio.includes("aac"));
});

test("ten bits are known for each codec by itself", async () => {
  const device = await describeDevice(browser(/avc1\.64|hvc1/));
  assert.deepEqual(device.video, [
    { codec: "h264", max_height: 2160, ten_bit: false },
    { codec: "hevc", max_height: 2160, ten_bit: true },
  ]);
});

test("what would stutter at 2160 lines is taken at 1080", async () => {
  const device = await describeDevice(browser(/avc1/, { smooth: async () => false }));
  assert.equal(device.video[0]?.max_height, 1080);
});

test("Apple plays HLS by itself, others by Media Source even where they could", async () => {
  assert.equal((await describeDevice(browser(CHROMIUM, { isApple: true }))).hls, "native");
  assert.equal((await describeDevice(browser(CHROMIUM))).hls, "mse");
  assert.equal((await describeDevice(browser(/mpegurl/, { buffers: () => false }))).hls, "native");
  assert.equal((await describeDevice(browser(/nothing/, { buffers: () => false }))).hls, "none");
});

test("a codec at which the browser failed is no longer claimed", async () => {
  const device = without(await describeDevice(browser(CHROMIUM)), "av1");
  assert.deepEqual(device.video.map((one) => one.codec), ["h264", "vp9"]);
});
