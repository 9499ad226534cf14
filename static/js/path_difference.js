/** What differs between two paths, word by word; pure. */

/** @typedef {{ text: string, differs: boolean }} Part */

/** Longer paths are compared only at their ends, so that a strange name costs nothing. */
const MOST_WORDS = 120;

/** @param {string} from @param {string} to @returns {{ from: Part[], to: Part[] }} the parts of each, in order */
export function pathDifference(from, to) {
  const [before, after] = [words(from), words(to)];
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const middle = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const same = common(middle[0] ?? [], middle[1] ?? []);
  return {
    from: parts(before, (index) => index < start || index >= before.length - end || same.from.has(index - start)),
    to: parts(after, (index) => index < start || index >= after.length - end || same.to.has(index - start)),
  };
}

/** Words and what stands between them. @param {string} path */
const words = (path) => path.split(/([\s/._()[\]{}-])/).filter(Boolean);

/** The longest common sequence of words. @param {string[]} from @param {string[]} to @returns {{ from: Set<number>, to: Set<number> }} their places */
function common(from, to) {
  const same = { from: /** @type {Set<number>} */ (new Set()), to: /** @type {Set<number>} */ (new Set()) };
  if (from.length > MOST_WORDS || to.length > MOST_WORDS) return same;
  const width = to.length + 1;
  const lengths = new Uint16Array((from.length + 1) * width);
  const at = (/** @type {number} */ row, /** @type {number} */ column) => lengths[row * width + column] ?? 0;
  for (let row = from.length - 1; row >= 0; row -= 1)
    for (let column = to.length - 1; column >= 0; column -= 1)
      lengths[row * width + column] = from[row] === to[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
  for (let row = 0, column = 0; row < from.length && column < to.length; ) {
    if (from[row] === to[column]) {
      same.from.add(row);
      same.to.add(column);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return same;
}

/** Neighbours of one sort in one part. @param {string[]} words @param {(index: number) => boolean} isSame @returns {Part[]} */
function parts(words, isSame) {
  /** @type {Part[]} */
  const found = [];
  for (const [index, text] of words.entries()) {
    const differs = !isSame(index);
    const last = found.at(-1);
    if (last?.differs === differs) last.text += text;
    else found.push({ text, differs });
  }
  return found;
}
