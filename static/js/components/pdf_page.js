/** One page of a PDF: painted sharp for this screen, with its words on top so that they can be marked and read aloud. */
import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../strings.js";

/** @import { PDFDocumentProxy } from "pdfjs-dist" */

/** More pixels than this are not seen, and a phone has no room for them. */
const MOST_PIXELS = 12_000_000;

/**
 * @param {{ pdfjs: typeof import("pdfjs-dist"), file: PDFDocumentProxy, number: number, count: number, top: number,
 *   width: number, height: number, onShape: (number: number, shape: number) => void }} props `number` from 0, px;
 *   `onShape` hears the true height of the page as a part of its width
 */
export function PdfPage({ pdfjs, file, number, count, top, width, height, onShape }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const words = useRef(/** @type {HTMLDivElement | null} */ (null));

  useEffect(() => {
    let gone = false;
    /** @type {{ cancel: () => void }[]} */
    const running = [];
    const paint = async () => {
      const page = await file.getPage(number + 1);
      const whole = page.getViewport({ scale: 1 });
      if (gone) return;
      onShape(number, whole.height / whole.width);
      const scale = width / whole.width;
      const viewport = page.getViewport({ scale });
      const sharpness = Math.min(devicePixelRatio || 1, Math.sqrt(MOST_PIXELS / (viewport.width * viewport.height)));
      const fresh = document.createElement("canvas");
      fresh.width = Math.ceil(viewport.width * sharpness);
      fresh.height = Math.ceil(viewport.height * sharpness);
      const painting = page.render({ canvas: fresh, viewport: page.getViewport({ scale: scale * sharpness }) });
      running.push(painting);
      await painting.promise;
      const shown = canvas.current;
      if (gone || !shown) return;
      // What was painted elsewhere is put in place at once, so that a new size never flashes white.
      shown.width = fresh.width;
      shown.height = fresh.height;
      shown.getContext("2d")?.drawImage(fresh, 0, 0);
      const box = words.current;
      if (!box) return;
      box.replaceChildren();
      box.style.setProperty("--total-scale-factor", String(scale));
      const layer = new pdfjs.TextLayer({ textContentSource: page.streamTextContent(), container: box, viewport });
      running.push(layer);
      await layer.render();
    };
    // A page that was scrolled away is not painted to its end.
    paint().catch(() => undefined);
    return () => {
      gone = true;
      for (const one of running) one.cancel();
    };
  }, [file, number, width]);

  return html`<div
    class="sheet"
    role="group"
    aria-label=${t("book.page", { page: number + 1, count })}
    style=${{ "--top": `${top}px`, "--width": `${width}px`, "--height": `${height}px` }}
  >
    <canvas class="sheet__picture" ref=${canvas} aria-hidden="true"></canvas>
    <div class="sheet__words" ref=${words}></div>
  </div>`;
}
