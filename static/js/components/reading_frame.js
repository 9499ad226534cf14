/** A document of somebody else's words in a frame without scripts: given our look, scrolled to a place, watched as it is read. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { look } from "../reading_look.js";
import { scrolled, scrollTarget } from "../reading_position.js";
import { theme } from "../store.js";
import { t } from "../strings.js";
import { ErrorState } from "./error_state.js";

const SHEET = new URL("../../css/reading_page.css", import.meta.url).pathname;
/** Some browsers let nobody listen inside such a frame, so that it is also looked at from time to time, ms. */
const LOOK_MS = 400;
/** How long pictures that arrive late may still move the text back to its place, ms. */
const SETTLE_MS = 4000;
const MEASURES = { narrow: "30rem", medium: "36rem", wide: "48rem" };

/** @type {Promise<string> | null} */
let sheet = null;
/** A style sheet that cannot be had leaves the text readable; it is asked for again with the next text. */
const loadSheet = () =>
  (sheet ??= fetch(SHEET).then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(SHEET)))).catch(() => {
    sheet = null;
    return "";
  }));

/**
 * @param {{ src: string, title: string, start: number, anchor?: string | null,
 *   onMove: (fraction: number, moved: boolean) => void, onKey?: (event: KeyboardEvent) => void,
 *   onSwipe?: (way: 1 | -1) => void, onFollow?: (path: string, anchor: string) => boolean, onText?: (inside: Document | null) => void,
 *   paper: HTMLElement | null }} props
 *   `start` is where to begin, 0..1; `moved` is false until the reader moved; `onFollow` gets links within the house and
 *   says whether it took them; `onText` gets the document while it is shown; `paper` is the element whose colours the page takes
 */
export function ReadingFrame({ src, title, start, anchor, onMove, onKey, onSwipe, onFollow, onText, paper }) {
  const frame = useRef(/** @type {HTMLIFrameElement | null} */ (null));
  const [loaded, setLoaded] = useState(/** @type {Document | null} */ (null));
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const call = useRef({ onMove, onKey, onSwipe, onFollow, onText });
  call.current = { onMove, onKey, onSwipe, onFollow, onText };
  const at = useRef(start);

  useEffect(() => {
    at.current = start;
    setLoaded(null);
    setFailed(false);
  }, [src, start, anchor, attempt]);

  const onLoad = async () => {
    const inside = readableDocument(frame.current);
    if (!inside) return setFailed(true);
    const at = new URL(inside.URL);
    // A link that nobody heard has led the frame elsewhere by itself.
    if (at.pathname !== new URL(src, location.href).pathname) {
      if (!call.current.onFollow?.(at.pathname, decodeURIComponent(at.hash.slice(1)))) setFailed(true);
      return undefined;
    }
    const text = await loadSheet();
    if (readableDocument(frame.current) !== inside || !inside.defaultView) return undefined;
    const made = new inside.defaultView.CSSStyleSheet();
    made.replaceSync(text);
    inside.adoptedStyleSheets = [made];
    setLoaded(inside);
    // The keys that scroll belong to the text, unless somebody is at a button.
    const busy = document.activeElement?.closest("button, a, input, dialog");
    if (!busy) inside.defaultView.focus();
    return undefined;
  };

  useEffect(() => {
    call.current.onText?.(loaded);
    return () => call.current.onText?.(null);
  }, [loaded]);

  // What is set by hand survives the policy of the document, which allows no styles of its own.
  useEffect(() => {
    if (loaded && paper) dress(loaded, paper);
  }, [loaded, paper, look.value, theme.value]);
  useEffect(() => {
    const page = loaded?.scrollingElement;
    if (page) page.scrollTop = scrollTarget(at.current, { height: page.scrollHeight, window: page.clientHeight });
  }, [look.value]);

  useEffect(() => {
    if (!loaded) return undefined;
    return attend(loaded, start, anchor ?? null, {
      moved: (fraction, byReader) => {
        at.current = fraction;
        call.current.onMove(fraction, byReader);
      },
      key: (event) => call.current.onKey?.(event),
      swipe: (way) => call.current.onSwipe?.(way),
      follow: (path, hash) => call.current.onFollow?.(path, hash) ?? false,
    });
  }, [loaded]);

  if (failed) return html`<div class="reader__failed">
    <${ErrorState} error=${new Error(t("reader.cannot"))} onRetry=${() => setAttempt(attempt + 1)} />
  </div>`;
  return html`<iframe
    key=${`${src} ${attempt}`}
    ref=${frame}
    class=${loaded ? "reader__frame" : "reader__frame reader__frame--waiting"}
    sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
    src=${src}
    title=${title}
    onLoad=${onLoad}
  ></iframe>`;
}

/** The document of a frame, null when what came is no text: an error, or nothing. @param {HTMLIFrameElement | null} frame */
function readableDocument(frame) {
  try {
    const inside = frame?.contentDocument;
    return inside && /html/.test(inside.contentType) && inside.URL !== "about:blank" ? inside : null;
  } catch {
    return null;
  }
}

/** @param {Document} inside @param {HTMLElement} paper */
function dress(inside, paper) {
  const from = getComputedStyle(paper);
  const root = inside.documentElement.style;
  for (const name of ["ground", "text", "soft", "line", "accent", "raised"])
    root.setProperty(`--${name}`, from.getPropertyValue(`--color-${name}`));
  root.setProperty("--scheme", from.colorScheme);
  root.setProperty("--size", `${look.value.size}px`);
  root.setProperty("--measure", MEASURES[look.value.measure]);
  root.setProperty("--face", from.getPropertyValue(look.value.face === "serif" ? "--page-font" : "--font"));
}

/**
 * @typedef {{ moved: (fraction: number, byReader: boolean) => void, key: (event: KeyboardEvent) => void,
 *   swipe: (way: 1 | -1) => void, follow: (path: string, anchor: string) => boolean }} Listener
 * @param {Document} inside @param {number} start @param {string | null} anchor @param {Listener} listener
 */
function attend(inside, start, anchor, listener) {
  const page = inside.scrollingElement ?? inside.documentElement;
  const until = performance.now() + SETTLE_MS;
  let touched = false;
  let placed = -1;
  let told = -1;

  const put = () => {
    const target = anchor ? inside.getElementById(anchor) : null;
    if (target) target.scrollIntoView();
    else page.scrollTop = scrollTarget(start, { height: page.scrollHeight, window: page.clientHeight });
    placed = page.scrollTop;
  };
  const tell = () => {
    // A frame that is being taken away has no height: that is not the end of the text.
    if (!page.clientHeight || !inside.defaultView?.frameElement?.isConnected) return;
    const fraction = scrolled({ top: page.scrollTop, height: page.scrollHeight, window: page.clientHeight });
    if (!touched && Math.abs(page.scrollTop - placed) > 4) touched = true;
    if (fraction === told) return;
    told = fraction;
    listener.moved(fraction, touched);
  };
  const touch = () => (touched = true);
  /** @param {MouseEvent} event */
  const click = (event) => {
    const link = event.target instanceof Object && "closest" in event.target ? /** @type {Element} */ (event.target).closest("a[href]") : null;
    if (!link) return;
    const to = new URL(/** @type {HTMLAnchorElement} */ (link).href, inside.baseURI);
    const here = new URL(inside.URL);
    const isHere = to.origin === here.origin && to.pathname === here.pathname;
    if (isHere && to.hash) {
      touch();
      return;
    }
    event.preventDefault();
    if (to.origin === here.origin && listener.follow(to.pathname, decodeURIComponent(to.hash.slice(1)))) return;
    if (to.origin !== here.origin && /^https?:$/.test(to.protocol)) open(to.href, "_blank", "noopener,noreferrer");
  };
  for (const link of inside.querySelectorAll("a[href]")) {
    const to = /** @type {HTMLAnchorElement} */ (link);
    if (new URL(to.href, inside.baseURI).origin === location.origin) {
      // Where listening is forbidden, the frame goes there by itself, and is noticed.
      if (to.pathname !== new URL(inside.URL).pathname) to.search = "?frame=1";
      continue;
    }
    to.target = "_blank";
    to.rel = "noopener noreferrer";
  }

  const grown = new ResizeObserver(() => {
    if (!touched && performance.now() < until) put();
    tell();
  });
  // A finger that selects words goes far to one side, too.
  const swipe = swipes((way) => (inside.getSelection()?.isCollapsed ?? true) && listener.swipe(way));
  put();
  tell();
  grown.observe(inside.documentElement);
  if (inside.body) grown.observe(inside.body);
  const timer = setInterval(tell, LOOK_MS);
  inside.addEventListener("scroll", tell, { passive: true });
  for (const type of ["wheel", "touchmove", "pointerdown"]) inside.addEventListener(type, touch, { passive: true });
  inside.addEventListener("keydown", listener.key);
  inside.addEventListener("click", click);
  inside.addEventListener("touchstart", swipe.start, { passive: true });
  inside.addEventListener("touchend", swipe.end, { passive: true });
  return () => {
    clearInterval(timer);
    grown.disconnect();
  };
}

/** A finger that goes far to one side and hardly up or down. @param {(way: 1 | -1) => void} turn */
export function swipes(turn) {
  /** @type {{ x: number, y: number } | null} */
  let from = null;
  return {
    /** @param {TouchEvent} event */
    start: (event) => {
      const finger = event.touches[0];
      from = finger && event.touches.length === 1 ? { x: finger.clientX, y: finger.clientY } : null;
    },
    /** @param {TouchEvent} event */
    end: (event) => {
      const finger = event.changedTouches[0];
      if (!from || !finger || event.touches.length) return;
      const across = finger.clientX - from.x;
      if (Math.abs(across) > 60 && Math.abs(finger.clientY - from.y) < 40) turn(across < 0 ? 1 : -1);
      from = null;
    },
  };
}
