import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogueNames, languages, wordsOf } from "./catalogues.js";

/** What is the same word in both languages, and right so. */
const SAME = new Set([
  "Podcasts", "Podcast", "Mono", "Stereo", "Album", "Disc", "Disc {number}", "Disc {label}", "Disc in {drive}", "Discs", "Film", "Downloads", "Pause", "Position", "Name", "Video", "Video, {date}", "{width} × {height} ({megapixels} MP)", "Genres", "Format", "Link", "Live", "yt-dlp {version}", "Cookies", "Auto", "Sepia", "ISBN", "Original", "Interview", "{db} dB", "Filter", "Genre", "SD", "HD (720p)", "Full HD (1080p)", "HDR", "Person",
  "Browser", "Code", "PIN", "Normal", "{rate} Mbit/s",
]);

/** @param {any} phrase @returns {string[]} */
const forms = (phrase) => (typeof phrase === "string" ? [phrase] : Object.values(phrase));
const placeholders = (/** @type {string} */ text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join();

test("every catalogue is there in every language", () => {
  assert.ok(languages().includes("de"));
  for (const language of languages()) assert.deepEqual(catalogueNames(language), catalogueNames());
});

for (const language of languages()) {
  for (const name of catalogueNames().filter((one) => catalogueNames(language).includes(one))) {
    const english = wordsOf(name);
    const other = wordsOf(name, language);

    test(`${language}/${name} has the words of ${name}, no more and no less`, () => {
      assert.ok(Object.keys(english).length);
      assert.deepEqual(Object.keys(other).sort(), Object.keys(english).sort());
    });

    test(`${language}/${name} fills in what ${name} fills in`, () => {
      for (const [key, phrase] of Object.entries(english)) {
        const wanted = placeholders(forms(phrase).join());
        assert.equal(placeholders(forms(other[key] ?? "").join()), wanted, key);
      }
    });

    test(`${language}/${name} has a form for each number of its language`, () => {
      const categories = [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort();
      for (const [key, phrase] of Object.entries(english)) {
        if (typeof phrase !== "object") assert.equal(typeof other[key], "string", key);
        else assert.deepEqual(Object.keys(other[key] ?? {}).sort(), categories, key);
      }
    });

    test(`${language}/${name} is translated`, () => {
      const left = Object.entries(english).filter(([key, phrase]) => saysSomething(phrase) && forms(phrase).join() === forms(other[key] ?? "").join());
      assert.deepEqual(left.map(([key, phrase]) => `${key}: ${forms(phrase).join()}`).filter((line) => !SAME.has(line.slice(line.indexOf(": ") + 2))), []);
    });

    test(`${language}/${name} leaves no word empty and no English quotation marks`, () => {
      for (const [key, phrase] of Object.entries(other)) {
        for (const form of forms(phrase)) {
          assert.ok(form.trim(), key);
          if (language === "de") assert.doesNotMatch(form.replace(/„[^“]*“/g, ""), /[“”"]|\.\.\.|'/, key);
        }
      }
    });
  }
}

/** Whether there are words in it besides what is filled in. @param {any} phrase */
function saysSomething(phrase) {
  return /\p{L}{2}/u.test(forms(phrase).join().replace(/\{\w+\}/g, ""));
}
