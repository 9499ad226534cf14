/** Remembers the last event of each room, and tells a new one from an old one and from one after a gap. */
export class SequenceWatch {
  /** @type {Map<string, number>} */
  #last = new Map();
  #greeted = false;

  /**
   * @param {Record<string, number>} rooms the last sequence number of each room, from `hello`
   * @returns {boolean} whether something happened since the last greeting that this page has not seen
   */
  greet(rooms) {
    const missed = this.#greeted && Object.entries(rooms).some(([room, seq]) => this.#last.get(room) !== seq);
    this.#last = new Map(Object.entries(rooms));
    this.#greeted = true;
    return missed;
  }

  /**
   * @param {string} room
   * @param {number} seq
   * @returns {"next" | "old" | "gap"} old is what the page knows already; after a gap something is missing
   */
  place(room, seq) {
    const last = this.#last.get(room);
    if (last !== undefined && seq <= last) return "old";
    this.#last.set(room, seq);
    return last === undefined || seq === last + 1 ? "next" : "gap";
  }
}
