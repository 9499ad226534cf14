/** Puts what a search found in order: sections of one kind each, none of them twice the same thing. */

/** @import { Card, Group, MediaType } from "./types.js" */
/** @import { PersonRef } from "./types_works.js" */
/** @typedef {Card & { snippet: string }} TextFound */
/** @typedef {Card & { snippet: string, start: number, track: string }} LineFound */
/**
 * @typedef {{ query: string, items: Card[], texts: TextFound[], persons: PersonRef[], albums: Group[], shows: Group[],
 *   lines: LineFound[], corrected: string | null, is_corrected: boolean }} Found
 */
/**
 * @typedef {{ kind: "cards", key: MediaType, cards: Card[] } | { kind: "groups", key: "show" | "channel" | "album", groups: Group[] }
 *   | { kind: "persons", key: "persons", persons: PersonRef[] } | { kind: "lines", key: "lines", lines: LineFound[] }
 *   | { kind: "texts", key: "texts", texts: TextFound[] }} Section
 */

const ORDER = /** @type {const} */ ([
  "movie", "show", "persons", "album", "channel", "episode", "track", "video", "podcast", "lines", "article", "book", "texts", "home_video",
  "photo", "extra",
]);

/**
 * The sections that have something in them. What was just removed is left out, and what has the words in its name is not
 * repeated for having them in its text, too.
 * @param {Found} found @param {ReadonlySet<string>} [gone] ids
 * @returns {Section[]}
 */
export function sectionsOf(found, gone = new Set()) {
  const items = found.items.filter((card) => !gone.has(card.id));
  const named = new Set(items.map((card) => card.id));
  const texts = found.texts.filter((hit) => !named.has(hit.id) && !gone.has(hit.id));
  const lines = found.lines.filter((hit) => !gone.has(hit.id));
  /** @type {Section[]} */
  const sections = [];
  for (const key of ORDER) {
    if (key === "persons") {
      if (found.persons.length) sections.push({ kind: "persons", key, persons: found.persons });
    } else if (key === "lines") {
      if (lines.length) sections.push({ kind: "lines", key, lines });
    } else if (key === "texts") {
      if (texts.length) sections.push({ kind: "texts", key, texts });
    } else if (key === "show" || key === "channel" || key === "album") {
      const groups = [...found.shows, ...found.albums].filter((group) => group.kind === key);
      if (groups.length) sections.push({ kind: "groups", key, groups });
    } else {
      const cards = items.filter((card) => card.media_type === key);
      if (cards.length) sections.push({ kind: "cards", key, cards });
    }
  }
  return sections;
}

/** How much a section holds. @param {Section} section */
export function sizeOf(section) {
  if (section.kind === "cards") return section.cards.length;
  if (section.kind === "groups") return section.groups.length;
  if (section.kind === "persons") return section.persons.length;
  return section.kind === "lines" ? section.lines.length : section.texts.length;
}
