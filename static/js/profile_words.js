/** Small words about profiles and codes; no markup. */

/** The letter of a generated picture: the first one of the name, in whatever script, never half a character.
 *  @param {string} name */
export function initialOf(name) {
  const letter = /\p{L}|\p{N}/u.exec(name)?.[0] ?? [...name.trim()][0] ?? "?";
  return letter.toLocaleUpperCase();
}

/** A code as people read it aloud: in two halves. @param {string} code */
export const readableCode = (code) => code.replace(/^(.{4})(.{4})$/u, "$1-$2");

/** What was typed of a code, as it is sent. @param {string} typed */
export const plainCode = (typed) => typed.toLocaleUpperCase("en").replace(/[^0-9A-Z]/g, "").slice(0, 8);

/** Whether something can be a PIN. @param {string} pin */
export const isPin = (pin) => /^[0-9]{4,8}$/.test(pin);

/** Where the focus goes in a grid when an arrow is pressed, null when it stays.
 *  @param {number} at @param {number} count @param {number} columns @param {string} key @param {boolean} rightToLeft */
export function stepInGrid(at, count, columns, key, rightToLeft = false) {
  const forward = rightToLeft ? "ArrowLeft" : "ArrowRight";
  const backward = rightToLeft ? "ArrowRight" : "ArrowLeft";
  const steps = /** @type {Record<string, number>} */ ({
    [forward]: 1, [backward]: -1, ArrowDown: columns, ArrowUp: -columns,
  });
  const step = steps[key];
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (step === undefined) return null;
  const next = at + step;
  if (next >= 0 && next < count) return next;
  // The last row may be short: down still leads there.
  return key === "ArrowDown" && Math.floor(at / columns) < Math.floor((count - 1) / columns) ? count - 1 : null;
}
