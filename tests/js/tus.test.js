import assert from "node:assert/strict";
import { test } from "node:test";
import { metadataHeader, nextChunk, pauseSeconds, sendFile, TusError } from "../../static/js/tus.js";

/** A server that keeps the protocol to the letter, and a way to it on which things happen. */
class Server {
  /** @type {Map<string, { size: number, bytes: number[] }>} */
  kept = new Map();
  /** @type {{ method: string, headers: Record<string, string>, length: number }[]} */
  seen = [];
  /** Called before each request; an answer of its own is given instead, a number cuts the body there and loses the answer. */
  trouble = (/** @type {string} */ _method, /** @type {number} */ _count) => /** @type {any} */ (null);

  ask = async (/** @type {string} */ method, /** @type {string} */ url, /** @type {any} */ { headers, body, onSent }) => {
    this.seen.push({ method, headers, length: body?.size ?? 0 });
    assert.equal(headers["Tus-Resumable"], "1.0.0");
    const trouble = this.trouble(method, this.seen.length);
    if (trouble && typeof trouble === "object") return answer(trouble.status, trouble.headers, trouble.text);
    if (method === "POST") {
      const id = `u${this.kept.size + 1}`;
      const along = body ? [...new Uint8Array(await body.arrayBuffer())] : [];
      this.kept.set(id, { size: Number(headers["Upload-Length"]), bytes: typeof trouble === "number" ? along.slice(0, trouble) : along });
      return answer(201, {
        Location: `https://elsewhere.example/api/upload/${id}`, ...(body && { "Upload-Offset": String(this.kept.get(id)?.bytes.length) }),
      });
    }
    const upload = this.kept.get(url.split("/").at(-1) ?? "");
    if (!upload) return answer(404);
    if (method === "HEAD") return answer(200, { "Upload-Offset": String(upload.bytes.length), "Upload-Length": String(upload.size) });
    if (Number(headers["Upload-Offset"]) !== upload.bytes.length) return answer(409);
    const bytes = [...new Uint8Array(await body.arrayBuffer())];
    upload.bytes = upload.bytes.concat(typeof trouble === "number" ? bytes.slice(0, trouble) : bytes);
    onSent?.(bytes.length);
    return typeof trouble === "number" ? answer(0) : answer(204, { "Upload-Offset": String(upload.bytes.length) });
  };
}

const answer = (/** @type {number} */ status, /** @type {Record<string, string>} */ headers = {}, text = "") => ({
  status, header: (/** @type {string} */ name) => headers[name] ?? null, text,
});
const bytes = Uint8Array.from({ length: 2500 }, (_, index) => index % 251);
const file = new Blob([bytes]);

/** @param {Server} server @param {object} [more] */
function send(server, more = {}) {
  /** @type {number[]} */
  const pauses = [];
  const done = sendFile(server.ask, file, {
    url: "/api/upload", address: null, metadata: { name: "a.mkv", folder: "" }, chunkBytes: 1000,
    pause: async (failures, seconds) => void pauses.push(Math.max(seconds ?? 0, pauseSeconds(failures))), ...more,
  });
  return { done, pauses };
}

/** @param {Server} server */
const arrived = (server) => assert.deepEqual([...server.kept.values()].map((one) => one.bytes), [[...bytes]]);

test("a file goes in chunks and arrives whole", async () => {
  const server = new Server();
  assert.equal(await send(server).done, "/api/upload/u1");
  assert.deepEqual(server.seen.map((one) => [one.method, one.length]), [["POST", 0], ["PATCH", 1000], ["PATCH", 1000], ["PATCH", 500]]);
  arrived(server);
});

test("a small file comes along with the order, and goes on when only a part of it came", async () => {
  const server = new Server();
  await send(server, { chunkBytes: 5000 }).done;
  assert.deepEqual(server.seen.map((one) => [one.method, one.length]), [["POST", 2500]]);
  arrived(server);
  const cut = new Server();
  cut.trouble = (_, count) => (count === 1 ? 900 : null);
  await send(cut, { chunkBytes: 5000, checksum: async () => "c3Vt" }).done;
  assert.deepEqual(cut.seen.map((one) => [one.method, one.length, one.headers["Upload-Checksum"]]), [["POST", 2500, "sha256 c3Vt"], ["PATCH", 1600, "sha256 c3Vt"]]);
  arrived(cut);
});

test("a connection that is cut ten times loses nothing", async () => {
  const server = new Server();
  let cuts = 0;
  server.trouble = (method, count) => (method === "PATCH" && cuts < 10 && count % 2 === 0 ? (cuts += 1, 97) : null);
  const { done, pauses } = send(server);
  await done;
  assert.equal(cuts, 10);
  assert.equal(pauses.length, 10);
  arrived(server);
});

test("what is there already is not sent again", async () => {
  const server = new Server();
  server.kept.set("old", { size: 2500, bytes: [...bytes.slice(0, 1800)] });
  await send(server, { address: "/api/upload/old" }).done;
  assert.deepEqual(server.seen.map((one) => [one.method, one.length]), [["HEAD", 0], ["PATCH", 700]]);
  arrived(server);
});

test("an upload that the server has forgotten begins anew", async () => {
  const server = new Server();
  assert.equal(await send(server, { address: "/api/upload/gone" }).done, "/api/upload/u1");
  arrived(server);
});

test("pauses grow to a minute, and a server that names a time is given it", async () => {
  assert.deepEqual([1, 2, 3, 7, 20].map(pauseSeconds), [1, 2, 4, 60, 60]);
  const server = new Server();
  server.trouble = (_, count) => (count === 2 ? { status: 503, headers: { "Retry-After": "30" } } : null);
  const { done, pauses } = send(server);
  await done;
  assert.deepEqual(pauses, [30]);
});

test("a network may be away for long; a server that keeps failing is believed", async () => {
  const away = new Server();
  away.trouble = (_, count) => (count > 1 && count < 40 ? { status: 0 } : null);
  const { done, pauses } = send(away);
  await done;
  assert.ok(pauses.length > 30);
  const broken = new Server();
  broken.trouble = () => ({ status: 500, text: '{"error":{"message":"The disk is full of holes."}}' });
  await assert.rejects(send(broken).done, (/** @type {TusError} */ error) => error.status === 500 && error.message === "The disk is full of holes.");
});

test("a refusal is final and in the words of the server", async () => {
  for (const status of [400, 401, 403, 415, 507]) {
    const server = new Server();
    server.trouble = () => ({ status, text: '{"error":{"message":"There is no room."}}' });
    const { done, pauses } = send(server);
    await assert.rejects(done, { message: "There is no room." });
    assert.deepEqual(pauses, []);
  }
});

test("a way that takes only small pieces is given small pieces", async () => {
  const server = new Server();
  const large = new Blob([new Uint8Array(1_500_000)]);
  const ask = (/** @type {string} */ method, /** @type {string} */ url, /** @type {any} */ request) =>
    (request.body?.size ?? 0) > 300_000 ? Promise.resolve(answer(413)) : server.ask(method, url, request);
  await sendFile(ask, large, { url: "/api/upload", address: null, metadata: {}, chunkBytes: 1_200_000, pause: async () => undefined });
  assert.equal(server.kept.get("u1")?.bytes.length, 1_500_000);
  assert.ok(server.seen.every((one) => one.length <= 300_000));
});

test("chunks grow on a quick line and shrink on a slow one", () => {
  assert.equal(nextChunk(2_000_000, 100, 50_000_000), 4_000_000);
  assert.equal(nextChunk(40_000_000, 100, 50_000_000), 50_000_000);
  assert.equal(nextChunk(4_000_000, 3000, 50_000_000), 4_000_000);
  assert.equal(nextChunk(4_000_000, 9000, 50_000_000), 2_000_000);
  assert.equal(nextChunk(262_144, 90_000, 50_000_000), 262_144);
});

test("a chunk that arrived damaged is sent again", async () => {
  const server = new Server();
  server.trouble = (_, count) => (count === 2 ? { status: 460 } : null);
  await send(server, { checksum: async () => "c3Vt" }).done;
  assert.equal(server.seen[1]?.headers["Upload-Checksum"], "sha256 c3Vt");
  arrived(server);
});

test("an answer that makes no sense is no progress", async () => {
  const server = new Server();
  server.trouble = (method, count) => (method === "PATCH" && count < 5 ? { status: 204, headers: { "Upload-Offset": "99999" } } : null);
  await send(server).done;
  arrived(server);
});

test("a stop ends it at once with its reason", async () => {
  const server = new Server();
  const control = new AbortController();
  server.trouble = (method) => (method === "PATCH" ? control.abort(new Error("enough")) : null);
  await assert.rejects(send(server, { signal: control.signal }).done, { message: "enough" });
  assert.equal(server.seen.length, 2);
});

test("names in any script pass the header", () => {
  assert.equal(metadataHeader({ name: "Ölmühle 雪.mkv", folder: "" }), `name ${Buffer.from("Ölmühle 雪.mkv").toString("base64")}`);
  assert.equal(metadataHeader({ name: "a", library: "b" }), "name YQ==,library Yg==");
});
