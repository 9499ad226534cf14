import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, lookOf, wishesOf, wishing, wishless } from "../../static/js/list_query.js";

const of = (/** @type {string} */ text) => wishesOf(new URLSearchParams(text));

test("an address says what a shelf is narrowed by", () => {
  assert.deepEqual(of("standing=began&genre=Drama&decade=1990&hdr=true&days=30&resolution=uhd&language=deu"), {
    standing: "began", genre: "Drama", decade: 1990, hdr: true, days: 30, resolution: "uhd", language: "deu",
  });
  assert.deepEqual(asked(of("standing=unfinished&review=true&year=1994")), { unfinished: "true", review: "true", year: "1994" });
});

test("what makes no sense is not asked for", () => {
  for (const text of ["standing=x", "decade=1995", "decade=-10", "decade=1e3", "year=0", "year=99999", "resolution=8k", "hdr=1", "language=a'b", "days=0", "days=99999999", "genre="]) {
    assert.deepEqual(of(text), {}, text);
  }
  assert.deepEqual(of("genre=A&tag=B"), { genre: "A" });
});

test("a wish is changed alone, and genre and tag take each other's place", () => {
  const query = new URLSearchParams("sort=title&genre=Drama&view=list");
  assert.equal(wishing(query, "decade", 1990).toString(), "sort=title&genre=Drama&view=list&decade=1990");
  assert.equal(wishing(query, "tag", "rain").toString(), "sort=title&view=list&tag=rain");
  assert.equal(wishing(query, "genre", null).toString(), "sort=title&view=list");
  assert.equal(wishless(new URLSearchParams("sort=title&genre=x&hdr=true")).toString(), "sort=title");
  assert.equal(lookOf(query), "list");
  assert.equal(lookOf(new URLSearchParams("view=x")), "grid");
});
