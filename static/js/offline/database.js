/** What this device knows of what was taken along: records in IndexedDB, the bytes in a cache beside it. */

/** @import { WaitingMark } from "./marks.js" */
/** @import { Item, Place } from "./records.js" */
/** @import { Rule } from "./newest.js" */

const NAME = "on-this-device";
/** The service worker opens whatever version there is. */
const VERSION = 2;
/** All have the key of a record in `key`. */
const STORES = /** @type {const} */ (["items", "places", "facts", "marks", "rules"]);

/** @type {Promise<IDBDatabase> | null} */
let opened = null;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, VERSION);
    opening.onupgradeneeded = () => {
      const there = opening.result.objectStoreNames;
      for (const name of STORES) if (!there.contains(name)) opening.result.createObjectStore(name, { keyPath: "key" });
    };
    opening.onsuccess = () => {
      // A newer version of the app in another window must not wait for this one.
      opening.result.onversionchange = () => {
        opening.result.close();
        opened = null;
      };
      resolve(opening.result);
    };
    opening.onerror = () => {
      opened = null;
      reject(opening.error);
    };
  });
  return opened;
}

/** @template T @param {typeof STORES[number]} store @param {IDBTransactionMode} mode
 *  @param {(store: IDBObjectStore) => IDBRequest<T>} act @returns {Promise<T>} */
async function run(store, mode, act) {
  const db = await database();
  return new Promise((resolve, reject) => {
    const asking = act(db.transaction(store, mode).objectStore(store));
    asking.onsuccess = () => resolve(asking.result);
    asking.onerror = () => reject(asking.error);
  });
}

export const db = {
  /** @param {string} key @returns {Promise<Item | undefined>} */
  item: (key) => run("items", "readonly", (store) => store.get(key)),
  /** @returns {Promise<Item[]>} of everybody who used this browser */
  items: () => run("items", "readonly", (store) => store.getAll()),
  /** @param {Item} item */
  putItem: (item) => run("items", "readwrite", (store) => store.put(item)),
  /** @param {string} key */
  dropItem: (key) => run("items", "readwrite", (store) => store.delete(key)),
  /** @returns {Promise<Place[]>} places that the server was not told of yet */
  places: () => run("places", "readonly", (store) => store.getAll()),
  /** @param {Place} place */
  putPlace: (place) => run("places", "readwrite", (store) => store.put(place)),
  /** @param {string} key */
  dropPlace: (key) => run("places", "readwrite", (store) => store.delete(key)),
  /** @returns {Promise<WaitingMark[]>} what the server was not told of yet */
  marks: () => run("marks", "readonly", (store) => store.getAll()),
  /** @param {WaitingMark} mark */
  putMark: (mark) => run("marks", "readwrite", (store) => store.put(mark)),
  /** @param {string} key */
  dropMark: (key) => run("marks", "readwrite", (store) => store.delete(key)),
  /** @returns {Promise<Rule[]>} of which podcasts the newest episodes are kept here */
  rules: () => run("rules", "readonly", (store) => store.getAll()),
  /** @param {Rule} rule */
  putRule: (rule) => run("rules", "readwrite", (store) => store.put(rule)),
  /** @param {string} key */
  dropRule: (key) => run("rules", "readwrite", (store) => store.delete(key)),
  /** Whose device this is now; null after a sign-out. @returns {Promise<string | null>} */
  owner: async () => (await run("facts", "readonly", (store) => store.get("owner")))?.value ?? null,
  /** @param {string | null} user */
  setOwner: (user) => run("facts", "readwrite", (store) => store.put({ key: "owner", value: user })),
};

const cache = () => caches.open(NAME);
/** @param {string} key @param {number | string} part a piece, a file of a text, or "picture" */
const address = (key, part) => `/offline-media/${key}/${part}`;

export const pieces = {
  /** @param {string} key @param {number | string} part @param {Blob} bytes */
  put: async (key, part, bytes) => (await cache()).put(address(key, part), new Response(bytes)),
  /** Removes all bytes of an item. @param {string} key */
  drop: async (key) => {
    const here = await cache();
    for (const request of await here.keys())
      if (new URL(request.url).pathname.startsWith(`/offline-media/${key}/`)) await here.delete(request);
  },
};
