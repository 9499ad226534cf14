import assert from "node:assert/strict";
import { test } from "node:test";
import { safeNext } from "../../static/js/next_page.js";

test("a path of this site is kept", () => {
  assert.equal(safeNext("/films?sort=title"), "/films?sort=title");
});

test("anything that could leave this site goes home", () => {
  for (const next of [null, "", "films", "//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "javascript:alert(1)", "/a\\b"])
    assert.equal(safeNext(next), "/", String(next));
});

test("the sign-in does not lead back to itself", () => {
  assert.equal(safeNext("/login?next=/"), "/");
});
