/** Addresses in what somebody typed, pasted or shared; pure. */

const ADDRESS = /https?:\/\/[^\s<>"']+/i;
/** "example.org/a": a host with a dot and a name at its end, without a scheme. */
const BARE = /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(:\d+)?([/?#]\S*)?$/u;

/** The first address in a text, such as one that another app shares. @param {string | null | undefined} text */
export function addressIn(text) {
  const found = ADDRESS.exec(text ?? "");
  // A sentence ends behind its address, not in it.
  return found ? found[0].replace(/[.,;:!?)\]}]+$/, "") : null;
}

/** What was typed into the box, made an address where the scheme alone is missing. @param {string} text */
export function completed(text) {
  const bare = text.trim();
  return BARE.test(bare) ? `https://${bare}` : bare;
}

/** True when the whole text is one address, as after a copy from the bar of the browser. @param {string} text */
export const isAddress = (text) => /^https?:\/\/\S+$/i.test(text.trim());

/** "example.org" @param {string} address */
export function hostOf(address) {
  try {
    return new URL(address).hostname.replace(/^www\./, "");
  } catch {
    return address;
  }
}

/** An address that may stand behind a link: of the web or of a letter, nothing that runs. @param {string | null} href */
export function safeHref(href) {
  if (!href || /[\x00-\x1f]/.test(href)) return null;
  return /^(https?:\/\/[^\s]+|mailto:[^\s]+)$/i.test(href.trim()) ? href.trim() : null;
}
