/** Brings the files of a text onto this device, one after the other: its pages, and the pictures that are found in them. */
import { pieces } from "./database.js";

/** @import { Item } from "./records.js" */

/** @param {string} path */
const isDocument = (path) => path === "page" || path.startsWith("parts/");

/**
 * The next file. A picture that the server has not got either is left out; so is a chapter, as long as there is another.
 * @param {Item} item @param {AbortSignal} signal
 * @returns {Promise<{ status: number } | Partial<Item>>} what is new about the item, or how the server refused
 */
export async function bringPart(item, signal) {
  const { todo = [], got = [] } = item;
  const [path = "", ...rest] = todo;
  const answer = await fetch(item.url + path + (isDocument(path) ? "?frame=1" : ""), { credentials: "same-origin", cache: "no-store", signal });
  if (answer.status === 404 && (rest.length || got.length)) return { todo: rest };
  if (!answer.ok) return { status: answer.status };
  const bytes = isDocument(path) ? madeLocal(item, await answer.text()) : { blob: await answer.blob(), pictures: [] };
  await pieces.put(item.key, path, bytes.blob);
  const known = new Set([...got, ...todo]);
  return { todo: [...rest, ...bytes.pictures.filter((one) => !known.has(one))], got: [...got, path], have: item.have + bytes.blob.size };
}

/** A document, as the server writes it, whose pictures and chapters are those on this device. @param {Item} item @param {string} text */
function madeLocal(item, text) {
  const paths = [...text.matchAll(/ src="([^"]+)"/g)].map(([, address]) => new URL(address ?? "", location.origin).pathname);
  const pictures = paths.filter((path) => path.startsWith(item.url)).map((path) => path.slice(item.url.length));
  const local = text.replaceAll(item.url, `/offline-media/${item.media}/`);
  return { blob: new Blob([local], { type: "text/html; charset=utf-8" }), pictures: [...new Set(pictures)] };
}
