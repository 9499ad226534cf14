/**
 * The service worker: opens the app without a network, plays what is on this device, shows messages.
 *
 * It keeps only two things. Files of the app, which are named with their version and never change: each version in a
 * cache of its own, so that what belongs together stays together. And what people took along, which the page puts
 * there piece by piece. Answers of the API are never kept, so nobody sees what another person was told.
 */
"use strict";

const SHELL = "shell-";
const SHELLS_KEPT = 2;
const PIECES = "on-this-device";
const ASSET = /^\/static\/v\/([0-9a-f]{12})\//;
const MEDIA = /^\/offline-media\/([0-9a-f]{32})(?:\/(.+))?$/;
/** What the server says about a text in a frame of the app, and about a picture: nothing in it runs or asks for anything. */
const TEXT_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; " +
  "form-action 'none'; base-uri 'none'; img-src 'self' data:; frame-ancestors 'self'";
const PICTURE_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";
/** A text that is opened by itself would be a page of this site. */
const OPENED_BY_ITSELF = new Set(["document", "object", "embed"]);
/** How long a server may take with a page before the kept one is shown, which asks it again, ms. */
const PATIENCE = 8_000;
const AWAY = new Set([502, 503, 504, 521, 522, 523, 530]);

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const said = event.data ?? {};
  if (said.type !== "keep-shell") return;
  const kept = keepShell(String(said.version), String(said.language ?? ""), said.urls.map(String));
  const tell = (isWhole) => event.ports[0]?.postMessage(isWhole);
  event.waitUntil(kept.then(tell, () => tell(false)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin || request.method !== "GET") return;
  const version = ASSET.exec(url.pathname)?.[1];
  const media = MEDIA.exec(url.pathname);
  if (version) event.respondWith(asset(event, version));
  else if (media) event.respondWith(fromDevice(request, media[1], media[2]));
  else if (request.mode === "navigate" && !url.pathname.startsWith("/api/")) event.respondWith(page(request));
});

/** A file of the app: from its version's cache, else from the network, and kept if it is the real one. */
async function asset(event, version) {
  const kept = await caches.match(event.request.url, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(event.request);
  if (isForEver(answer)) {
    const copy = answer.clone();
    event.waitUntil(caches.open(SHELL + version).then((cache) => cache.put(event.request.url, copy)).catch(() => undefined));
  }
  return answer;
}

/** A file that is asked for by an old version comes as the newest one; it must not be kept under the old name. */
const isForEver = (answer) => answer.status === 200 && (answer.headers.get("Cache-Control") ?? "").includes("immutable");

/** A page: always what the server says, unless it says nothing for so long that it is probably out of reach. */
async function page(request) {
  try {
    const isEntry = /^\/(login|setup)$/.test(new URL(request.url).pathname);
    const late = new Promise((resolve) => !isEntry && setTimeout(resolve, PATIENCE));
    const asked = fetch(request);
    asked.catch(() => undefined);
    const answer = (await Promise.race([asked, late.then(shell)])) ?? (await asked);
    return AWAY.has(answer.status) ? ((await shell()) ?? answer) : answer;
  } catch (error) {
    const kept = await shell();
    if (kept) return kept;
    throw error;
  }
}

/** The page of the newest version of which everything is here. */
async function shell() {
  const names = (await caches.keys()).filter((name) => name.startsWith(SHELL)).reverse();
  for (const name of names) {
    const found = await (await caches.open(name)).match("/", { ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

/** Keeps a version whole: its files first, and the page that needs them only when all are here, in the language of its reader. True if it is. */
async function keepShell(version, language, urls) {
  const cache = await caches.open(SHELL + version);
  const own = urls.filter((url) => ASSET.exec(new URL(url, self.location.origin).pathname)?.[1] === version);
  for (const url of own) {
    if (await cache.match(url, { ignoreVary: true })) continue;
    const answer = await fetch(url);
    if (!isForEver(answer)) return false;
    await cache.put(url, answer);
  }
  const kept = await cache.match("/", { ignoreVary: true });
  if (!kept || (language && kept.headers.get("Content-Language") !== language)) {
    const start = await fetch("/", { credentials: "same-origin", redirect: "error" });
    if (!start.ok || !(await start.clone().text()).includes(`/static/v/${version}/`)) return false;
    await cache.put("/", start);
  }
  const names = (await caches.keys()).filter((name) => name.startsWith(SHELL) && name !== SHELL + version);
  for (const old of names.slice(0, Math.max(0, names.length - SHELLS_KEPT + 1))) await caches.delete(old);
  return true;
}

/** What was taken along, to the person whose device this is now: a file of a text, or a film, whole or what a player asks for. */
async function fromDevice(request, id, file) {
  const owner = (await read("facts", "owner"))?.value;
  const item = owner && (await read("items", `${owner}:${id}`));
  if (!item || (item.state !== "ready" && !(item.size && item.have >= item.size))) return new Response(null, { status: 404 });
  const cache = await caches.open(PIECES);
  if (file) return shown(request, await cache.match(`/offline-media/${item.key}/${file}`));
  const wanted = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("Range") ?? "");
  const [start, end] = wanted ? rangeOf(wanted, item.size) : [0, item.size];
  const headers = { "Accept-Ranges": "bytes", "Content-Type": item.type, "X-Content-Type-Options": "nosniff" };
  if (start >= end) return new Response(null, { status: 416, headers: { ...headers, "Content-Range": `bytes */${item.size}` } });
  headers["Content-Length"] = String(end - start);
  if (wanted) headers["Content-Range"] = `bytes ${start}-${end - 1}/${item.size}`;
  return new Response(pieces(cache, item, start, end), { status: wanted ? 206 : 200, headers });
}

/** A picture, or a text for a frame of the app: whatever it says, it may do no more than it may on the server. */
function shown(request, kept) {
  const type = kept?.headers.get("Content-Type") ?? "";
  const isText = type.startsWith("text/html");
  if (!(isText || type.startsWith("image/")) || (isText && OPENED_BY_ITSELF.has(request.destination))) return new Response(null, { status: 404 });
  return new Response(kept.body, {
    headers: {
      "Content-Type": type,
      "Content-Security-Policy": isText ? TEXT_POLICY : PICTURE_POLICY,
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/** Start and end (exclusive) of what a Range header asks for. */
function rangeOf([, first, last], size) {
  if (first === "") return [Math.max(0, size - Number(last)), size];
  return [Number(first), Math.min(last === "" ? size : Number(last) + 1, size)];
}

/** The bytes from `start` to `end`, one piece after the other as the player takes them. */
function pieces(cache, item, start, end) {
  let at = start;
  return new ReadableStream({
    async pull(controller) {
      if (at >= end) return controller.close();
      const number = Math.floor(at / item.piece);
      const kept = await cache.match(`/offline-media/${item.key}/${number}`);
      if (!kept) return controller.error(new Error("A piece of this file is gone."));
      const from = at - number * item.piece;
      const part = (await kept.blob()).slice(from, Math.min(item.piece, from + end - at));
      if (part.size === 0) return controller.error(new Error("A piece of this file is too short."));
      at += part.size;
      controller.enqueue(new Uint8Array(await part.arrayBuffer()));
    },
  });
}

/** One record of the database that the page keeps; null if there is none. */
function read(store, key) {
  return new Promise((resolve) => {
    const opening = indexedDB.open("on-this-device");
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => resolve(null);
    opening.onsuccess = () => {
      const db = opening.result;
      const asking = db.transaction(store).objectStore(store).get(key);
      asking.onsuccess = () => resolve(asking.result ?? null);
      asking.onerror = () => resolve(null);
      asking.transaction.oncomplete = () => db.close();
    };
  });
}

self.addEventListener("push", (event) => {
  let message = {};
  try {
    message = event.data?.json() ?? {};
  } catch {
    return;
  }
  const { title, body, url, tag } = message;
  if (typeof title !== "string" || !title) return;
  event.waitUntil(
    self.registration.showNotification(title, {
      body: String(body ?? ""),
      tag: String(tag ?? ""),
      icon: "/static/img/icon-192.png",
      data: { url: ownPath(url) },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data?.url ?? "/"));
});

/** A message leads to a page of this app and nowhere else. */
function ownPath(url) {
  const target = new URL(String(url ?? "/"), self.location.origin);
  return target.origin === self.location.origin ? target.pathname + target.search : "/";
}

async function show(url) {
  const windows = await self.clients.matchAll({ type: "window" });
  const open = windows.find((one) => new URL(one.url).pathname === url) ?? windows[0];
  if (!open) return self.clients.openWindow(url);
  await open.focus();
  return new URL(open.url).pathname === url ? undefined : open.navigate(url).catch(() => self.clients.openWindow(url));
}
