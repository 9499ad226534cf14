/** Whether the server makes the pieces of a film as fast as they are played; pure. */

/** @typedef {{ level: number, number: number, seconds: number, waited: number }} Piece `waited` is how long the server had it made, seconds */

/** A piece that was there within this time was ready before it was asked for, seconds. */
const READY = 0.05;
/** Nobody is called slow who was waited for less than this, seconds, and for fewer pieces in a row. */
const ENOUGH = 6;
const IN_A_ROW = 3;
/** A quality is chosen in which pieces are made so much faster than they are played. */
const SPARE = 1.2;

/** @param {string | null} header `Server-Timing` of a piece @returns {number} how long the server had it made, ms */
export function waitOf(header) {
  const found = /(?:^|,)\s*made;dur=(\d{1,6}(?:\.\d{1,3})?)(?=,|$)/.exec(header ?? "");
  return found ? Number(found[1]) : 0;
}

/** Is told of each piece and how fast the film plays, and answers how many seconds of it are made in one where those are too few.
 *  @returns {(piece: Piece, rate: number) => number | null} */
export function paceKeeper() {
  /** @type {Piece | null} */
  let last = null;
  let count = 0;
  let film = 0;
  let waited = 0;
  return (piece, rate) => {
    const follows = last?.level === piece.level && last.number + 1 === piece.number;
    last = piece;
    // The first one after a jump waits for an encoder that begins.
    if (!follows || piece.waited < READY) {
      count = film = waited = 0;
      return null;
    }
    count += 1;
    film += piece.seconds;
    waited += piece.waited;
    return count >= IN_A_ROW && waited >= ENOUGH && film < waited * rate ? film / waited : null;
  };
}

/** The best of the lower qualities that will be made fast enough, else the lowest; null where there is none.
 *  @param {{ width: number, height: number }[]} levels rising @param {number} now @param {number} speed at that level @param {number} rate */
export function lowerLevel(levels, now, speed, rate) {
  const here = levels[now];
  if (!here || now <= 0) return null;
  for (let index = now - 1; index > 0; index -= 1) {
    const one = levels[index];
    if (one && speed * ((here.width * here.height) / (one.width * one.height)) >= rate * SPARE) return index;
  }
  return 0;
}
