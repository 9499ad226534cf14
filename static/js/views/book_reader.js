/** Reading a book: the format decides how, the rest is the same for all. */
import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { EpubReader } from "../components/epub_reader.js";
import { ReaderError } from "../components/reader_error.js";
import { lazy } from "../lazy.js";
import { usePageTitle } from "../page_title.js";
import { useFresh, usePlaceKeeper } from "../reading_place.js";
import { fromProgress, wholeOf } from "../reading_position.js";
import { source } from "../reading_source.js";
import { place } from "../router.js";
import { t } from "../strings.js";

/** @import { Book } from "../types_reading.js" */

/**
 * What each reader gets: `fraction` is where the reader is now, `start` where to begin, both 0..1 of the book, `anchor` a
 * place in the part there;
 * `onMove` notes a new place, and keeps it once the reader `moved`.
 * @typedef {{ book: Book, start: number, anchor: string | null, fraction: number, onMove: (fraction: number, moved: boolean) => void }} ReaderProps
 */

const Waiting = () => html`<div class="reader reader--waiting" aria-hidden="true"></div>`;
const READERS = {
  epub: EpubReader,
  pdf: lazy(() => import("../components/pdf_reader.js"), "PdfReader", Waiting),
  cbz: lazy(() => import("../components/cbz_reader.js"), "CbzReader", Waiting),
};

export function BookReaderView() {
  const id = place.value.params.id ?? "";
  const resource = useFresh(`reader:${id}`, (options) => source.book(id, options));
  if (resource.error && !resource.value) return html`<${ReaderError}
    error=${resource.error}
    home=${`/books/${id}`}
    onRetry=${resource.reload}
  />`;
  if (!resource.value) return html`<${Waiting} />`;
  return html`<${Room} key=${id} book=${resource.value} />`;
}

/** @param {{ book: Book }} props */
function Room({ book }) {
  usePageTitle(book.title);
  const start = useRef(beginning(book));
  const anchor = useRef(place.value.query.get("at"));
  const [fraction, setFraction] = useState(start.current);
  const note = usePlaceKeeper(book.id);
  /** @param {number} where @param {boolean} moved */
  const move = (where, moved) => {
    setFraction(where);
    if (moved) note(where);
  };
  const Reader = book.format && READERS[book.format];
  if (!Reader) return html`<${ReaderError} error=${new Error(t("book.noFile"))} home=${`/books/${book.id}`} />`;
  return html`<${Reader} book=${book} anchor=${anchor.current} start=${start.current} fraction=${fraction} onMove=${move} />`;
}

/** Where the address, or else the progress, says to begin, 0..1. @param {Book} book */
function beginning(book) {
  const { query } = place.value;
  const part = Number(query.get("part") ?? NaN);
  if (Number.isInteger(part)) return wholeOf(part, 0, book.parts || book.pages);
  return query.get("from") === "start" ? 0 : fromProgress(book.progress);
}
