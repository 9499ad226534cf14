/** A list of any length of which only the pages near the eye are kept; pages are asked for by cursor, wherever one is. */

/** @template T @typedef {{ items: T[], count: number, next: string | null }} Page */
/** @typedef {{ letter: string, index: number }} Letter */
/** @typedef {{ count: number, letters: Letter[], marks: string[] }} Index */

/** How many pages are kept, and how many are asked for at a time. */
const KEPT = 12;
const AT_ONCE = 2;

/** @template T */
export class LongList {
  /**
   * @param {(cursor: string | null, signal: AbortSignal) => Promise<Page<T>>} load
   * @param {((signal: AbortSignal) => Promise<Index>) | null} loadIndex
   * @param {number} size of a page
   */
  constructor(load, loadIndex, size) {
    this.load = load;
    this.loadIndex = loadIndex;
    this.size = size;
    this.count = -1;
    /** @type {Letter[]} */
    this.letters = [];
    /** @type {Error | null} */
    this.error = null;
    /** Called when there is something new to draw. */
    this.changed = () => {};
    /** @type {Map<number, T[]>} */
    this.pages = new Map();
    /** Pages that were there before a change, shown until they come anew. @type {Map<number, T[]>} */
    this.old = new Map();
    /** @type {Map<number, string>} */
    this.cursors = new Map();
    /** @type {Map<number, AbortController>} */
    this.coming = new Map();
    this.wanted = { first: 0, last: 0 };
    this.life = new AbortController();
  }

  /** @param {number} index @returns {T | undefined} */
  at(index) {
    const page = Math.floor(index / this.size);
    return (this.pages.get(page) ?? this.old.get(page))?.[index % this.size];
  }

  /** All that is there, with its place. @returns {[number, T][]} */
  loaded() {
    return [...this.pages].sort((a, b) => a[0] - b[0]).flatMap(([page, items]) =>
      items.map((item, index) => /** @type {[number, T]} */ ([page * this.size + index, item])));
  }

  /** Says which items are near the eye. @param {number} first @param {number} last */
  want(first, last) {
    this.wanted = { first: Math.max(0, Math.floor(first / this.size)), last: Math.max(0, Math.floor(last / this.size)) };
    for (const [page, control] of this.coming) {
      if (this.cursors.size && (page < this.wanted.first - 1 || page > this.wanted.last + 1) && this.canReach(this.wanted.first)) control.abort();
    }
    this.pump();
  }

  /** The list changed: what is seen is asked for again, and stays until it comes. */
  refresh() {
    this.stop();
    this.error = null;
    this.old = new Map([...this.old, ...this.pages]);
    this.pages = new Map();
    this.cursors = new Map();
    this.fetchPage(0); // it tells how many there are; those near the eye follow
  }

  stop() {
    this.life.abort();
    this.life = new AbortController();
    for (const control of this.coming.values()) control.abort();
    this.coming.clear();
  }

  /** @param {number} page */
  canReach(page) {
    return page === 0 || this.cursors.has(page);
  }

  pump() {
    if (this.error) return;
    const last = this.count < 0 ? 0 : Math.min(this.wanted.last, Math.ceil(this.count / this.size) - 1);
    for (let page = Math.min(this.wanted.first, Math.max(0, last)); page <= last; page += 1) {
      if (this.coming.size >= AT_ONCE) return;
      if (this.pages.has(page) || this.coming.has(page)) continue;
      if (this.canReach(page)) this.fetchPage(page);
      else if (!this.coming.size) this.fetchPage(this.furthest(page));
    }
    if (this.count < 0 && !this.coming.size) this.fetchPage(0);
  }

  /** The last page before another one that can be reached: from there it goes on page by page. @param {number} page */
  furthest(page) {
    let best = 0;
    for (const one of this.cursors.keys()) if (one <= page && one > best) best = one;
    return best;
  }

  /** @param {number} page */
  fetchPage(page) {
    const control = new AbortController();
    this.coming.set(page, control);
    this.load(page ? (this.cursors.get(page) ?? null) : null, control.signal)
      .then((answer) => {
        if (control.signal.aborted) return;
        const isNew = !this.cursors.size;
        this.pages.set(page, answer.items);
        this.old.delete(page);
        if (answer.next) this.cursors.set(page + 1, answer.next);
        if (page === 0 || this.count < 0) {
          this.count = answer.count;
          if (isNew && answer.next && this.loadIndex) this.fetchIndex();
        }
        this.trim();
      })
      .catch((error) => {
        if (!control.signal.aborted) this.error = error;
      })
      .finally(() => {
        if (this.coming.get(page) === control) this.coming.delete(page);
        if (control.signal.aborted) return;
        this.changed();
        this.pump();
      });
  }

  fetchIndex() {
    const { signal } = this.life;
    this.loadIndex?.(signal).then(
      (index) => {
        if (signal.aborted) return;
        this.letters = index.letters;
        index.marks.forEach((mark, number) => this.cursors.set(number + 1, mark));
        this.changed();
        this.pump();
      },
      () => undefined, // without it the list is still there, page by page
    );
  }

  /** Forgets the pages that are furthest from the eye. */
  trim() {
    const middle = (this.wanted.first + this.wanted.last) / 2;
    for (const kept of [this.pages, this.old]) {
      const far = [...kept.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
      for (const page of far.slice(0, Math.max(0, far.length - KEPT))) kept.delete(page);
    }
  }

  retry() {
    this.error = null;
    this.changed();
    this.pump();
  }
}
