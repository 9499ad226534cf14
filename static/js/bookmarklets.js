/** The two bookmarks that send another site's page here. They run there, never on a page of ours. */

/** Opens the add page with the address of the page. @param {string} home */
function sendAddress(home) {
  open(`${home}/add?url=${encodeURIComponent(location.href)}`, "_blank");
}

/** Opens the add page with the address and with the page as it stands there, without what runs and what is looked at.
 *  @param {string} home */
async function sendPage(home) {
  const tab = open("about:blank", "_blank");
  let fragment = "";
  try {
    const copy = /** @type {HTMLElement} */ (document.documentElement.cloneNode(true));
    const idle = "script,style,noscript,iframe,object,embed,template,svg,canvas,link[rel=stylesheet],link[rel=preload],img[src^='data:']";
    for (const one of copy.querySelectorAll(idle)) one.remove();
    for (const one of copy.querySelectorAll("*"))
      for (const name of one.getAttributeNames()) if (/^(on|style$|srcset$|data-(?!src))/.test(name)) one.removeAttribute(name);
    const html = new XMLSerializer().serializeToString(copy);
    const packed = new Blob([html]).stream().pipeThrough(new CompressionStream("gzip"));
    let letters = "";
    for (const byte of new Uint8Array(await new Response(packed).arrayBuffer())) letters += String.fromCharCode(byte);
    if (letters.length < 1200000) fragment = `#page=${btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")}`;
  } catch (error) {
    console.warn(error);
  }
  const to = `${home}/add?url=${encodeURIComponent(location.href)}${fragment}`;
  if (tab) tab.location.href = to;
  else location.href = to;
}

/** @param {(home: string) => unknown} run @param {string} home the origin of this library */
const asBookmark = (run, home) => `javascript:void (${encodeURIComponent(`${run}`.replace(/\s*\n\s*/g, "\n"))})(${encodeURIComponent(JSON.stringify(home))})`;

/** @param {string} home */
export const addressBookmark = (home) => asBookmark(sendAddress, home);
/** @param {string} home */
export const pageBookmark = (home) => asBookmark(sendPage, home);
