/** Whom an age hides something from. */

/** @typedef {{ name: string, max_age: number, sees_unrated: boolean }} AgeLimit */

/** The ages at which ratings of the larger systems begin. */
export const AGES = [0, 6, 7, 8, 10, 12, 13, 14, 15, 16, 17, 18];

/**
 * Those of `people` who do not see what is for people from `age` on.
 * @param {AgeLimit[]} people
 * @param {number | null} age null where nobody said
 * @param {{ isRated: boolean }} kind whether things of its kind are rated, so that those without a rating are hidden
 * @returns {string[]} their names
 */
export function hiddenFrom(people, age, { isRated }) {
  const sees = (/** @type {AgeLimit} */ one) => (age === null ? !isRated || one.sees_unrated : age <= one.max_age);
  return people.filter((one) => !sees(one)).map((one) => one.name);
}
