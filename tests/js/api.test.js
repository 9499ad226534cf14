import "./every_word.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { api, call } from "../../static/js/api.js";

/** Where the app went. @type {string[]} */
const went = [];
const answers = new Map([["/api/logout", new Response(null, { status: 204 })]]);

Object.assign(globalThis, {
  location: { pathname: "/settings/account", search: "", hash: "", assign: (/** @type {string} */ to) => went.push(to) },
  fetch: async (/** @type {string} */ path) =>
    answers.get(path) ?? new Response(JSON.stringify({ error: { code: "unauthorized", message: "Sign in." } }), { status: 401 }),
});

test("what is refused leads to the sign-in and back, but not while one signs out", async () => {
  await assert.rejects(call("GET", "/api/discs"));
  assert.deepEqual(went, ["/login?next=%2Fsettings%2Faccount"]);
  await api.logout();
  await assert.rejects(call("GET", "/api/discs"));
  assert.equal(went.length, 1);
});
