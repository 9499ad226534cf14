/** A PDF as pages below each other, of which only those near the window are painted. */
import { html } from "htm/preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { bookFileUrl } from "../api_reading.js";
import { percent } from "../format.js";
import { openPdf } from "../pdf_document.js";
import { layOut, pageAt, pagesNear, topOf } from "../pdf_layout.js";
import { placeIn, wholeOf } from "../reading_position.js";
import { back } from "../router.js";
import { t } from "../strings.js";
import { ContentsDrawer } from "./contents_drawer.js";
import { ErrorState } from "./error_state.js";
import { IconButton } from "./icon_button.js";
import { LookControls } from "./look_controls.js";
import { PageSlider } from "./page_slider.js";
import { PdfPage } from "./pdf_page.js";
import { ReaderShell } from "./reader_shell.js";

/** @import { ReaderProps } from "../views/book_reader.js" */

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];
const GAP = 12;
/** A page is no wider than this at first, px: longer lines are hard to read. */
const WIDEST = 980;
/** Height of a page as a part of its width, until it is known. */
const USUAL = Math.SQRT2;

/** @param {ReaderProps} props */
export function PdfReader({ book, start, fraction, onMove }) {
  const home = `/books/${book.id}`;
  const [opened, setOpened] = useState(/** @type {Awaited<ReturnType<typeof openPdf>> | null} */ (null));
  const [error, setError] = useState(/** @type {Error | null} */ (null));
  const [attempt, setAttempt] = useState(0);
  const [zoom, setZoom] = useState(1);
  const [listing, setListing] = useState(false);
  const view = useRef(/** @type {PagesControl} */ ({ go: () => undefined }));
  const pages = opened?.file.numPages ?? 0;
  const page = pages ? placeIn(fraction, pages).part : 0;

  useEffect(() => {
    let gone = false;
    /** @type {(() => void) | null} */
    let close = null;
    openPdf(bookFileUrl(book)).then(
      (answer) => {
        close = answer.close;
        if (gone) close();
        else setOpened(answer);
      },
      (reason) => !gone && setError(reason),
    );
    return () => {
      gone = true;
      close?.();
    };
  }, [book.id, attempt]);

  /** @param {1 | -1} way */
  const step = (way) => setZoom(ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, ZOOMS.indexOf(zoom) + way))] ?? 1);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.altKey) return;
    if (event.key === "Escape") back(home);
    else if (event.key === "ArrowRight") view.current.go(page + 1);
    else if (event.key === "ArrowLeft") view.current.go(page - 1);
    else if (event.key === "+" || event.key === "=") step(1);
    else if (event.key === "-") step(-1);
    else if (event.key === "0") setZoom(1);
    else return;
    event.preventDefault();
  };
  const tools = html`
    <${IconButton} icon="zoom-out" label=${t("book.zoomOut")} disabled=${zoom === ZOOMS[0]} onClick=${() => step(-1)} />
    <button
      type="button"
      class="reader__zoom"
      title=${t("book.zoomFit")}
      aria-label=${`${t("book.zoomFit")}, ${t("book.zoomIs", { percent: percent(zoom * 100) })}`}
      onClick=${() => setZoom(1)}
    >${`${Math.round(zoom * 100)} %`}</button>
    <${IconButton} icon="zoom-in" label=${t("book.zoomIn")} disabled=${zoom === ZOOMS[ZOOMS.length - 1]} onClick=${() => step(1)} />
    ${book.contents.length > 0 && html`<${IconButton}
      icon="table-of-contents"
      label=${t("book.contents")}
      onClick=${() => setListing(true)}
    />`}
    <${LookControls} onlyPaper />
  `;
  const foot = pages > 0 && html`<${PageSlider}
    page=${page}
    pages=${pages}
    text=${t("book.page", { page: page + 1, count: pages })}
    onGo=${(/** @type {number} */ to) => view.current.go(to)}
  />`;
  return html`<${ReaderShell} title=${book.title} home=${home} fraction=${fraction} tools=${tools} foot=${foot} onKey=${key}>
      ${() => {
        if (error) return html`<div class="reader__failed"><${ErrorState} error=${error} onRetry=${() => {
          setError(null);
          setAttempt(attempt + 1);
        }} /></div>`;
        if (!opened) return html`<div class="sheets sheets--waiting" aria-hidden="true"><span class="bone"></span></div>`;
        return html`<${Pages} opened=${opened} start=${start} zoom=${zoom} control=${view} onMove=${onMove} title=${book.title} />`;
      }}
    <//>
    ${listing && html`<${ContentsDrawer} book=${book} part=${page} onClose=${() => setListing(false)} onGo=${(/** @type {number} */ part) => {
      setListing(false);
      view.current.go(part);
    }} />`}`;
}

/** @typedef {{ go: (page: number) => void }} PagesControl */

/**
 * @param {{ opened: Awaited<ReturnType<typeof openPdf>>, start: number, zoom: number, title: string,
 *   control: { current: PagesControl }, onMove: (fraction: number, moved: boolean) => void }} props
 */
function Pages({ opened, start, zoom, title, control, onMove }) {
  const pages = opened.file.numPages;
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [room, setRoom] = useState({ width: 0, height: 0 });
  const [shapes, setShapes] = useState(() => /** @type {number[]} */ (Array(pages).fill(USUAL)));
  const [top, setTop] = useState(0);
  const at = useRef(placed(start, pages));
  const touched = useRef(false);
  const width = Math.round(Math.min(WIDEST, room.width - 2 * GAP) * zoom);
  const layout = layOut(shapes, Math.max(1, width), GAP);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => setRoom({ width: element.clientWidth, height: element.clientHeight }));
    watch.observe(element);
    setRoom({ width: element.clientWidth, height: element.clientHeight });
    element.focus({ preventScroll: true });
    return () => watch.disconnect();
  }, []);
  // The first page tells what the others probably look like.
  useEffect(() => {
    void opened.file.getPage(1).then((page) => {
      const { width: wide, height: tall } = page.getViewport({ scale: 1 });
      setShapes((before) => before.map((shape) => (shape === USUAL ? tall / wide : shape)));
    });
  }, [opened]);
  // Whatever changes the layout, the reader stays at the same line.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || room.width === 0) return;
    element.scrollTop = topOf(layout, at.current);
    element.scrollLeft = Math.max(0, (element.scrollWidth - element.clientWidth) / 2);
    setTop(element.scrollTop);
  }, [shapes, width, room.width, room.height]);

  const scroll = () => {
    const element = box.current;
    if (!element) return;
    setTop(element.scrollTop);
    const isEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 2;
    const here = pageAt(layout, element.scrollTop);
    if (Math.abs(topOf(layout, at.current) - element.scrollTop) > 2) {
      at.current = here;
      touched.current = true;
    }
    if (touched.current) onMove(isEnd ? 1 : wholeOf(here.page, here.within, pages), true);
  };
  control.current.go = (page) => {
    const element = box.current;
    if (!element || page < 0 || page >= pages) return;
    element.scrollTop = topOf(layout, { page, within: 0 });
  };
  /** @param {number} number @param {number} shape */
  const learn = (number, shape) =>
    setShapes((before) => (Math.abs((before[number] ?? 0) - shape) < 0.001 ? before : before.with(number, shape)));

  return html`<div class="sheets" ref=${box} tabindex="0" role="region" aria-label=${t("reader.text", { title })} onScroll=${scroll}>
    <div class="sheets__all" style=${{ "--height": `${layout.total}px`, "--width": `${width + 2 * GAP}px` }}>
      ${room.width > 0 && pagesNear(layout, top, room.height, 1).map((number) => html`<${PdfPage}
        key=${number}
        pdfjs=${opened.pdfjs}
        file=${opened.file}
        number=${number}
        count=${pages}
        top=${layout.tops[number] ?? 0}
        width=${width}
        height=${layout.heights[number] ?? 0}
        onShape=${learn}
      />`)}
    </div>
  </div>`;
}

/** @param {number} fraction @param {number} pages */
function placed(fraction, pages) {
  const { part, within } = placeIn(fraction, pages);
  return { page: part, within };
}
