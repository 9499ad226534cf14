/** Hands the worker the files of this version of the app, so that it opens, and shows what is here, without a network. */
import { items } from "./shelf.js";

/** @import { Article, Book } from "../types_reading.js" */
/** @import { Item } from "./records.js" */

/** The worker tells when it is done; an older one never does, ms. */
const PATIENCE = 60_000;
/** How long a worker that has just come may take until the page is its own, ms. */
const CLAIM_MS = 5_000;
/** What PDFs need only now and then. */
const NOW_AND_THEN = /\/vendor\/pdf\/(cmaps|standard_fonts)\//;

/** The formats of which everything that reads them is here, as far as this page knows. @type {Set<string>} */
const read = new Set();

/** What reads this text comes along, once for all of its format. @param {Article | Book} text */
export async function keepReader(text) {
  const format = formatOf(text);
  if (!read.has(format) && (await keepShell())) read.add(format);
}

/** Keeps what has been loaded, and what reads the texts that are here. @returns {Promise<boolean>} whether the worker has it all */
export async function keepShell() {
  const version = /\/static\/v\/([0-9a-f]{12})\//.exec(import.meta.url)?.[1];
  if (!version) return false;
  // Everything that was fetched is looked up below, so nothing of it may have been forgotten.
  performance.setResourceTimingBufferSize(4000);
  // What opens without a network must be here before there is none.
  await Promise.all([import("./app.js"), import("./texts.js"), import("../strings_pages.js")]);
  const urls = [sheet("components/offline"), ...(await readers(items.value ?? []))];
  const fetched = performance.getEntriesByType("resource").map((entry) => entry.name);
  const own = [...new Set([...fetched, ...urls, ...(await usedBefore(version))])];
  const { active } = await navigator.serviceWorker.ready;
  return new Promise((/** @type {(value: boolean) => void} */ done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => done(data === true);
    setTimeout(() => done(false), PATIENCE);
    const files = own.filter((url) => url.startsWith(location.origin) && url.includes(`/static/v/${version}/`));
    const language = document.documentElement.lang;
    active?.postMessage({ type: "keep-shell", version, language, urls: files.map((url) => url.split("#")[0]) }, [port2]);
  });
}

/** @param {Article | Book} text */
const formatOf = (text) => ("format" in text && text.format) || "article";

/** @param {string} path */
const at = (path) => new URL(`../../${path}`, import.meta.url).href;
/** @param {string} name */
const sheet = (name) => at(`css/${name}.css`);

/** Loads what reads these texts, and names the files that it asks for only while one reads. @param {Item[]} all @returns {Promise<string[]>} */
async function readers(all) {
  const texts = all.flatMap((item) => (item.text ? [item.text] : []));
  if (!texts.length) return [];
  const formats = new Set(texts.map(formatOf));
  await Promise.all([
    import("../views/article.js"),
    import("../views/book_reader.js"),
    formats.has("cbz") && import("../components/cbz_reader.js"),
    formats.has("pdf") && import("../components/pdf_reader.js"),
    formats.has("pdf") && import("pdfjs-dist"),
  ]);
  return [sheet("components/reader"), sheet("reading_page"), ...(formats.has("pdf") ? [at("vendor/pdf/pdf.worker.js")] : [])];
}

/** Fonts and character tables that PDFs here asked for, when an older version read them. @param {string} version @returns {Promise<string[]>} */
async function usedBefore(version) {
  const found = [];
  for (const name of await caches.keys())
    if (name.startsWith("shell-")) for (const { url } of await (await caches.open(name)).keys()) if (NOW_AND_THEN.test(url)) found.push(url);
  return found.map((url) => url.replace(/\/v\/[0-9a-f]{12}\//, `/v/${version}/`));
}

/** Reads a PDF that is here once through, so that the fonts and character tables that it needs come along. @param {string} media */
export async function readThrough(media) {
  const { serviceWorker } = navigator;
  if (!serviceWorker.controller) await new Promise((done) => {
    serviceWorker.addEventListener("controllerchange", done, { once: true });
    setTimeout(done, CLAIM_MS);
  });
  const { file, close } = await (await import("../pdf_document.js")).openPdf(`/offline-media/${media}`);
  try {
    for (let number = 1; number <= file.numPages; number += 1) {
      const page = await file.getPage(number);
      await page.getTextContent();
      page.cleanup();
    }
  } finally {
    close();
  }
}
