import assert from "node:assert/strict";
import { test } from "node:test";
import { folderOf, isJunk, useOf } from "../../static/js/dropped_files.js";

test("a list is what its ending says, in any case", () => {
  assert.equal(useOf("My podcasts.OPML"), "podcasts");
  assert.equal(useOf("road.m3u8"), "playlist");
});

test("everything else is sent, and its content says what it is", () => {
  for (const name of ["photo.jpg", "The Salt Road.epub", "film.mkv", "epub", "", "x.constructor", "a.opml.mkv"]) assert.equal(useOf(name), "media", name);
});

test("what systems leave behind stays behind", () => {
  for (const name of [".DS_Store", "Thumbs.db", "desktop.ini", "._film.mkv"]) assert.ok(isJunk(name), name);
  assert.ok(isJunk("a.jpg", "Holiday/__MACOSX"));
  assert.ok(isJunk("a.jpg", "@eaDir/b"));
  for (const name of ["film.mkv", ".hack.mkv", "thumbs.db.mkv"]) assert.ok(!isJunk(name, "Holiday/Day 1"), name);
});

test("a file of a chosen folder keeps its folders", () => {
  assert.equal(folderOf({ webkitRelativePath: "Holiday/Day 1/a.jpg" }), "Holiday/Day 1");
  assert.equal(folderOf({ webkitRelativePath: "" }), "");
  assert.equal(folderOf({}), "");
});
