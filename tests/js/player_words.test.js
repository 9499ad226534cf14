import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../../", import.meta.url);
/** @param {string} path */
const read = (path) => readFileSync(new URL(path, ROOT), "utf8");

/** The codes of the server's reasons, as its enum has them. */
const CODES = [...(/class ReasonCode[\s\S]*?\n\n\n/.exec(read("src/media_library/models/playback_plan.py"))?.[0] ?? "").matchAll(/= "(\w+)"/g)].map((found) => found[1]);

test("every reason of the server has words of the player, in each language", () => {
  assert.ok(CODES.length > 10);
  for (const path of ["static/js/strings_player.js", "static/js/de/strings_player.js"]) {
    const words = read(path);
    for (const code of CODES) assert.ok(words.includes(`"reason.${code}":`), `${path} says nothing of ${code}`);
  }
  const panel = read("static/js/components/why_panel.js");
  for (const code of CODES) assert.ok(panel.includes(`"${code}"`), `the panel does not know ${code}`);
});

test("both languages have the same words", () => {
  const [english, german] = ["static/js/strings_player.js", "static/js/de/strings_player.js"].map((path) => [...read(path).matchAll(/^ {2}"([^"]+)":/gm)].map((found) => found[1]).sort());
  assert.deepEqual(english, german);
});
