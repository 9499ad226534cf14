import assert from "node:assert/strict";
import { test } from "node:test";
import { addressIn, completed, hostOf, isAddress, safeHref } from "../../static/js/links.js";

test("an address is found in what another app shares around it", () => {
  assert.equal(addressIn("How tides are predicted https://example.org/watch?v=1."), "https://example.org/watch?v=1");
  assert.equal(addressIn("(see HTTP://example.org/a)"), "HTTP://example.org/a");
  assert.equal(addressIn("no address here"), null);
  assert.equal(addressIn(null), null);
});

test("only the scheme is added to what looks like a host", () => {
  assert.equal(completed(" example.org/feed "), "https://example.org/feed");
  assert.equal(completed("münchen.example:8080/?a=1"), "https://münchen.example:8080/?a=1");
  for (const text of ["https://example.org", "two words", "nothing", "javascript:alert(1)", "file:///etc/passwd", "1.5"])
    assert.equal(completed(text), text);
});

test("a paste counts as an address only when it is nothing else", () => {
  assert.equal(isAddress(" https://example.org/a \n"), true);
  assert.equal(isAddress("see https://example.org/a"), false);
  assert.equal(isAddress("ftp://example.org"), false);
});

test("a host is named without its www, and what is no address stays", () => {
  assert.equal(hostOf("https://www.example.org:8080/a"), "example.org");
  assert.equal(hostOf("nonsense"), "nonsense");
});

test("nothing that runs may stand behind a link", () => {
  assert.equal(safeHref(" https://example.org/a "), "https://example.org/a");
  assert.equal(safeHref("mailto:a@example.org"), "mailto:a@example.org");
  for (const href of ["javascript:alert(1)", "java\nscript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "//example.org", "/settings", "", null, "https://exa mple.org"])
    assert.equal(safeHref(href), null, String(href));
});
