/** The tiny picture that is shown while the real one is on its way. */

/** A tiny picture that stands in for one on its way, as a value of CSS; nothing else gets into a style.
 *  @param {string | null | undefined} placeholder a data: address @returns {string | undefined} */
export function blurOf(placeholder) {
  return placeholder && /^data:image\/(webp|png|jpeg|avif);base64,[A-Za-z0-9+/=]+$/.test(placeholder) ? `url("${placeholder}")` : undefined;
}
