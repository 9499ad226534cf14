/** The page that a bookmarklet hands over in the fragment of an address: HTML, gzipped, in base64url. */

/** More HTML than this is no article, bytes. It also ends a gzip that never ends. */
const MOST = 6_000_000;

/**
 * @param {string} fragment of the address, with or without its "#"
 * @returns {Promise<string | null>} the HTML; null when the fragment carries no page
 * @throws {RangeError} when it is too large
 * @throws {TypeError | DOMException} when it is no such parcel
 */
export async function unpackPage(fragment) {
  const packed = new URLSearchParams(fragment.replace(/^#/, "")).get("page");
  if (!packed) return null;
  const bytes = Uint8Array.from(atob(packed.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const decoder = new TextDecoder();
  let html = "";
  for (let whole = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return html + decoder.decode();
    whole += value.byteLength;
    if (whole > MOST) {
      await reader.cancel();
      throw new RangeError("too large");
    }
    html += decoder.decode(value, { stream: true });
  }
}

/** The title that a page gives itself, for a first look; its markup stays text. @param {string} html */
export function titleOf(html) {
  return new DOMParser().parseFromString(html, "text/html").title.trim();
}
