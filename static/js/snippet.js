/** Words around a hit, as the search hands them out. */

/** What stands around a hit in the answer of the server. */
const BEGIN = "\u0002";
const END = "\u0003";

/** @param {string} snippet @returns {{ text: string, isHit: boolean }[]} in order, without empty ones */
export function snippetParts(snippet) {
  return snippet.split(BEGIN).flatMap((piece, index) => {
    const end = index === 0 ? -1 : piece.indexOf(END);
    const hit = end < 0 ? "" : piece.slice(0, end);
    const rest = end < 0 ? piece.replaceAll(END, "") : piece.slice(end + 1).replaceAll(END, "");
    return [{ text: hit, isHit: true }, { text: rest, isHit: false }].filter((part) => part.text !== "");
  });
}
