/** A comic: whole pages, one or two at a time, turned by a tap, a swipe or a key. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { bookPageUrl } from "../api_reading.js";
import { beginsRight, chooseDouble, chooseSide, comicLook } from "../comic_look.js";
import { pageFraction, pageOf, spread, turned } from "../reading_position.js";
import { back } from "../router.js";
import { announce } from "../store.js";
import { t } from "../strings.js";
import { Icon } from "./icon.js";
import { LookControls } from "./look_controls.js";
import { PageSlider } from "./page_slider.js";
import { Popover } from "./popover.js";
import { swipes } from "./reading_frame.js";
import { ReaderShell } from "./reader_shell.js";
import { Switch } from "./switch.js";

/** @import { Book } from "../types_reading.js" */
/** @import { ReaderProps } from "../views/book_reader.js" */

/** @param {ReaderProps} props */
export function CbzReader({ book, start, fraction, onMove }) {
  const home = `/books/${book.id}`;
  const [isWide, setWide] = useState(() => innerWidth > innerHeight * 1.1);
  const [first, setFirst] = useState(() => pageOf(start, book.pages));
  const isBackwards = beginsRight(book.id, book.right_to_left);
  const isDouble = comicLook.value.isDouble ?? isWide;
  const shown = spread(first, book.pages, isDouble);

  useEffect(() => {
    const look = () => setWide(innerWidth > innerHeight * 1.1);
    addEventListener("resize", look);
    return () => removeEventListener("resize", look);
  }, []);
  useEffect(() => {
    for (const way of /** @type {const} */ ([1, -1])) {
      const next = turned(first, way, book.pages, isDouble);
      for (const page of next === null ? [] : spread(next, book.pages, isDouble)) new Image().src = pageUrl(book, page, isDouble);
    }
  }, [first, isDouble]);

  /** @param {number | null} page */
  const go = (page) => {
    if (page === null) return;
    setFirst(page);
    const open = spread(page, book.pages, isDouble);
    // The last page that is open counts, so that a book which ends on a spread is read to its end.
    onMove(pageFraction(open.includes(book.pages - 1) ? book.pages - 1 : page, book.pages), true);
    announce(where(open, book.pages));
  };
  /** @param {1 | -1} way 1 is on */
  const turn = (way) => go(turned(first, way, book.pages, isDouble));
  /** @param {1 | -1} side 1 is the right one */
  const turnTo = (side) => turn(isBackwards ? (side === 1 ? -1 : 1) : side);
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    // A space on a button presses it.
    const isSpace = event.key === " " && !(event.target instanceof HTMLButtonElement);
    if (event.key === "Escape") back(home);
    else if (event.key === "ArrowRight") turnTo(1);
    else if (event.key === "ArrowLeft") turnTo(-1);
    else if (event.key === "PageDown" || event.key === "ArrowDown" || (isSpace && !event.shiftKey)) turn(1);
    else if (event.key === "PageUp" || event.key === "ArrowUp" || (isSpace && event.shiftKey)) turn(-1);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(spread(book.pages - 1, book.pages, isDouble)[0] ?? 0);
    else return;
    event.preventDefault();
  };
  const swipe = useSwipe(turnTo);
  const tools = html`
    <${Popover} icon="settings" label=${t("book.view")}>
      <div class="look">
        <${Switch} label=${t("book.double")} checked=${isDouble} onChange=${(/** @type {boolean} */ on) => chooseDouble(on)} />
        <${Switch}
          label=${t("book.rightToLeft")}
          checked=${isBackwards}
          onChange=${(/** @type {boolean} */ on) => chooseSide(book.id, on)}
        />
      </div>
    <//>
    <${LookControls} onlyPaper />
  `;
  const foot = html`<${PageSlider}
    page=${first}
    pages=${book.pages}
    text=${where(shown, book.pages)}
    isBackwards=${isBackwards}
    onGo=${(/** @type {number} */ page) => go(spread(page, book.pages, isDouble)[0] ?? page)}
  />`;
  return html`<${ReaderShell} title=${book.title} home=${home} fraction=${fraction} tools=${tools} foot=${foot} onKey=${key}>
    ${() => html`<div
      class="comic"
      dir="ltr"
      onTouchStart=${swipe.start}
      onTouchEnd=${swipe.end}
    >
      <div class=${`comic__pages ${isBackwards ? "comic__pages--backwards" : ""}`}>
        ${shown.map((page) => html`<${ComicPage}
          key=${page}
          book=${book}
          page=${page}
          pages=${book.pages}
          isAlone=${shown.length === 1}
        />`)}
      </div>
      ${[-1, 1].map((side) => {
        const isOn = (side === 1) !== isBackwards;
        return html`<button
          key=${side}
          type="button"
          class=${`comic__turn comic__turn--${side === 1 ? "right" : "left"}`}
          aria-label=${isOn ? t("book.nextPage") : t("book.previousPage")}
          disabled=${turned(first, isOn ? 1 : -1, book.pages, isDouble) === null}
          onClick=${() => turnTo(side === 1 ? 1 : -1)}
        ><${Icon} name=${side === 1 ? "chevron-right" : "chevron-left"} /></button>`;
      })}
    </div>`}
  <//>`;
}

/** Keeps the finger's way across redraws. @param {(side: 1 | -1) => void} turnTo */
function useSwipe(turnTo) {
  const latest = useRef(turnTo);
  latest.current = turnTo;
  const kept = useRef(/** @type {ReturnType<typeof swipes> | null} */ (null));
  kept.current ??= swipes((way) => latest.current(way));
  return kept.current;
}

/** @param {{ book: Book, page: number, pages: number, isAlone: boolean }} props */
function ComicPage({ book, page, pages, isAlone }) {
  const [state, setState] = useState(/** @type {"waiting" | "there" | "broken"} */ ("waiting"));
  if (state === "broken") return html`<p class="comic__broken" role="alert">${t("reader.cannotPage", { page: page + 1 })}</p>`;
  return html`<img
    class=${`comic__page ${isAlone ? "comic__page--alone" : ""} ${state === "waiting" ? "comic__page--waiting" : ""}`}
    src=${pageUrl(book, page, !isAlone)}
    alt=${t("book.page", { page: page + 1, count: pages })}
    decoding="async"
    draggable=${false}
    onLoad=${() => setState("there")}
    onError=${() => setState("broken")}
  />`;
}

/** Made sizes of pages, px; beyond the last the page comes as it is. */
const WIDTHS = [480, 960, 1440];

/** A page as large as this window can show it. @param {Book} book @param {number} page @param {boolean} isDouble */
function pageUrl(book, page, isDouble) {
  const sharp = devicePixelRatio || 1;
  // A page is rarely wider than it is high.
  const needed = Math.min(isDouble ? innerWidth / 2 : innerWidth, innerHeight) * sharp;
  return bookPageUrl(book, page, WIDTHS.find((width) => width >= needed * 0.9) ?? null);
}

/** @param {number[]} shown @param {number} pages */
function where(shown, pages) {
  const [first = 0, second] = shown;
  if (second === undefined) return t("book.page", { page: first + 1, count: pages });
  return t("book.pages", { first: first + 1, second: second + 1, count: pages });
}
