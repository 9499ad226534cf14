import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, duration, languageName, languageNames, percent, size, spokenClock, timeLeft, when } from "../../static/js/format.js";

test("a duration is said in hours, minutes or seconds, whichever fits", () => {
  assert.equal(duration(38), "38 s");
  assert.equal(duration(240), "4 min");
  assert.equal(duration(6720), "1 h 52 min");
  assert.equal(duration(7200), "2 h");
  assert.equal(duration(3599), "1 h");
});

test("time left is never nothing while something is under way", () => {
  assert.equal(timeLeft(720), "12 min left");
  assert.equal(timeLeft(0), "1 s left");
});

test("a clock shows hours only when there are some", () => {
  assert.equal(clock(247), "4:07");
  assert.equal(clock(6723), "1:52:03");
  assert.equal(clock(Number.NaN), "0:00");
});

test("a spoken clock names its units", () => {
  assert.equal(spokenClock(3723), "1 hour, 2 minutes, 3 seconds");
  assert.equal(spokenClock(0), "0 seconds");
});

test("a size keeps one digit where it tells something", () => {
  assert.equal(size(999), "999 B");
  assert.equal(size(4_321_000_000), "4.3 GB");
  assert.equal(size(731_000_000_000), "731 GB");
});

test("a percentage never claims the end too early", () => {
  assert.equal(percent(99.9), "99 %");
  assert.equal(percent(-1), "0 %");
});

test("the past is near in words and far as a date", () => {
  const now = Date.UTC(2026, 10, 21, 12);
  assert.equal(when(now - 1000, now), "just now");
  assert.equal(when(now - 7_200_000, now), "2 hours ago");
  assert.equal(when(now - 86_400_000, now), "yesterday");
  assert.equal(when(now - 30 * 86_400_000, now), "22 Oct 2026");
});

test("a language code becomes a name, and an unknown one stays", () => {
  assert.equal(languageName("fra"), "French");
  assert.equal(languageName("not a code"), "not a code");
  assert.equal(languageNames(["eng", "eng", "deu"]), "English, German");
  assert.equal(languageNames(["und", "zxx"]), "");
});
