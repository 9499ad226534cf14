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
