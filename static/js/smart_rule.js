/** The rules of smart collections: which conditions there are, and when a rule can be asked for; pure. */

/** @typedef {"all" | "any"} Match */
/** @typedef {"is" | "is_not" | "contains" | "at_least" | "at_most"} Op */
/** @typedef {"type" | "title" | "genre" | "tag" | "year" | "added" | "watched" | "rating" | "min_age" | "language" | "resolution" | "hdr" | "duration" | "artist" | "show" | "person" | "collection"} Field */
/** @typedef {{ field: Field, op: Op, value: string | number }} Condition */
/** @typedef {{ match: Match, conditions: Condition[], sort: "added" | "title" | "year" | "duration", descending: boolean, limit: number | null }} Rule */
/** @typedef {{ ops: readonly Op[], input: "choice" | "text" | "number" | "none", first: string | number, most?: number, step?: number, choices?: readonly string[] }} Kind */

const EQUAL = /** @type {const} */ (["is", "is_not"]);
const SIZE = /** @type {const} */ (["at_least", "at_most"]);

/** What each field is compared by, with what, and what it begins with. @type {Record<Field, Kind>} */
export const FIELDS = {
  type: { ops: EQUAL, input: "choice", first: "movie", choices: ["movie", "episode", "track", "video", "podcast", "article", "book", "photo", "home_video"] },
  watched: { ops: ["is"], input: "choice", first: "unwatched", choices: ["unwatched", "began", "watched"] },
  genre: { ops: EQUAL, input: "text", first: "" },
  tag: { ops: EQUAL, input: "text", first: "" },
  year: { ops: ["at_least", "at_most", "is"], input: "number", first: 2000, most: 9999 },
  added: { ops: ["at_most", "at_least"], input: "number", first: 30, most: 36500 },
  duration: { ops: SIZE, input: "number", first: 90, most: 100000 },
  rating: { ops: SIZE, input: "number", first: 7, most: 10, step: 0.5 },
  min_age: { ops: ["at_most", "at_least"], input: "number", first: 12, most: 30 },
  language: { ops: EQUAL, input: "choice", first: "eng", choices: ["eng", "deu", "fra", "spa", "ita", "por", "nld", "swe", "dan", "nor", "fin", "pol", "ces", "hun", "rus", "ukr", "tur", "ell", "heb", "ara", "hin", "jpn", "kor", "zho"] },
  resolution: { ops: EQUAL, input: "choice", first: "uhd", choices: ["sd", "hd", "full_hd", "uhd"] },
  hdr: { ops: EQUAL, input: "none", first: "true" },
  title: { ops: ["contains"], input: "text", first: "" },
  artist: { ops: ["is", "is_not", "contains"], input: "text", first: "" },
  show: { ops: EQUAL, input: "text", first: "" },
  person: { ops: EQUAL, input: "text", first: "" },
  collection: { ops: EQUAL, input: "choice", first: "", choices: [] },
};

export const MOST_CONDITIONS = 20;
export const MOST_ITEMS = 1000;

/** @returns {Rule} what a new collection begins with */
export const newRule = () => ({
  match: "all",
  conditions: [newCondition("type"), newCondition("watched")],
  sort: "added",
  descending: true,
  limit: null,
});

/** @param {Field} field @returns {Condition} */
export const newCondition = (field) => ({ field, op: FIELDS[field].ops[0] ?? "is", value: FIELDS[field].first });

/** A condition with another field, operator or value; what does not fit any more begins anew.
 *  @param {Condition} condition @param {Partial<Condition>} change @returns {Condition} */
export function changed(condition, change) {
  if (change.field && change.field !== condition.field) return newCondition(change.field);
  const next = { ...condition, ...change };
  if (!FIELDS[next.field].ops.includes(next.op)) next.op = FIELDS[next.field].ops[0] ?? "is";
  return next;
}

/** @param {Rule} rule @param {number} index @param {Condition | null} condition null takes it away @returns {Rule} */
export function withCondition(rule, index, condition) {
  const conditions = [...rule.conditions];
  if (condition === null) conditions.splice(index, 1);
  else conditions[index] = condition;
  return { ...rule, conditions };
}

/** Whether a condition says something. @param {Condition} condition */
export function isWhole({ field, op, value }) {
  const kind = FIELDS[field];
  if (!kind.ops.includes(op)) return false;
  if (kind.input === "number") return typeof value === "number" && value >= 0 && value <= (kind.most ?? 0) && (kind.step !== undefined || Number.isInteger(value));
  return typeof value === "string" && value.trim() !== "" && value.length <= 200;
}

/** The rule without what is not finished yet, null when nothing is left to ask for. @param {Rule} rule @returns {Rule | null} */
export function askable(rule) {
  const conditions = rule.conditions.filter(isWhole);
  const limit = rule.limit === null ? null : Math.min(MOST_ITEMS, Math.max(1, Math.round(rule.limit) || 1));
  return conditions.length ? { ...rule, conditions, limit } : null;
}

/** Whether every condition says something. @param {Rule} rule */
export const isReady = (rule) => rule.conditions.length > 0 && rule.conditions.every(isWhole);
