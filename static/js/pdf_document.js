/** Opens PDF files with pdf.js, which comes to the browser only now. */
import { t } from "./strings.js";

/** @import { PDFDocumentProxy } from "pdfjs-dist" */

const HOME = new URL("../vendor/pdf/", import.meta.url).pathname;

/**
 * @param {string} url
 * @returns {Promise<{ pdfjs: typeof import("pdfjs-dist"), file: PDFDocumentProxy, close: () => void }>}
 *   rejects with a sentence for the reader
 */
export async function openPdf(url) {
  const pdfjs = await import("pdfjs-dist");
  pdfjs.GlobalWorkerOptions.workerSrc = `${HOME}pdf.worker.js`;
  const task = pdfjs.getDocument({
    url,
    cMapUrl: `${HOME}cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${HOME}standard_fonts/`,
    wasmUrl: `${HOME}decoders/`,
    // The policy of the page allows no WebAssembly, and that of the worker no requests.
    useWasm: false,
    useWorkerFetch: false,
    // The fonts that lie here have the right widths; those of the system only look alike.
    useSystemFonts: false,
    // Only what is looked at is fetched.
    disableAutoFetch: true,
    enableXfa: false,
    stopAtErrors: false,
  });
  try {
    const file = await task.promise;
    return { pdfjs, file, close: () => void task.destroy() };
  } catch (error) {
    void task.destroy();
    const isLocked = error instanceof Error && error.name === "PasswordException";
    throw new Error(isLocked ? t("book.locked") : t("book.cannotOpen"));
  }
}
