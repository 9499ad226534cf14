/** How fast something goes, over the last few seconds; pure. */

/** What is longer ago says nothing about now, ms. */
const WINDOW_MS = 6000;

export class TransferRate {
  /** @type {{ at: number, bytes: number }[]} */
  #samples = [];

  /** @param {number} at ms @param {number} bytes sent so far; less than before begins anew */
  add(at, bytes) {
    const last = this.#samples.at(-1);
    if (last && bytes < last.bytes) this.#samples = [];
    this.#samples.push({ at, bytes });
    while (this.#samples.length > 2 && (this.#samples[1]?.at ?? at) < at - WINDOW_MS) this.#samples.shift();
  }

  clear() {
    this.#samples = [];
  }

  /** Bytes a second, null while nobody can say. */
  get perSecond() {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || last.at - first.at < 500) return null;
    return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
  }
}
