/** Which covers stand for a collection: four that differ, or one. */

/** @import { Card } from "./types.js" */

/**
 * @param {Card[]} covers in the order of the collection
 * @returns {Card[]} four or one, none when there are none; those with a picture first, no album or show twice
 */
export function mosaicParts(covers) {
  const seen = new Set();
  const different = covers.filter((card) => {
    const key = card.album_key ?? card.show_key ?? card.id;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  const pictured = different.filter((card) => card.artwork.poster || card.artwork.still);
  const chosen = pictured.concat(different.filter((card) => !pictured.includes(card)));
  return chosen.slice(0, chosen.length >= 4 ? 4 : 1);
}
