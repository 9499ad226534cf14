/** Keeps the newest episodes of podcasts on this device: looked for when the app is opened. */
import { api } from "../api.js";
import { content } from "../api_content.js";
import { roomFor } from "./choosing.js";
import { db } from "./database.js";
import { take } from "./fetching.js";
import { drop, itemOf, items, knowShelf, measure, owner, room } from "./shelf.js";

/** @import { Episode } from "../types.js" */
/** @import { Item } from "./records.js" */

/** @typedef {{ key: string, user: string, podcast: string, count: number, taken: string[] }} Rule
 *    `count` newest episodes; `taken` is what it has brought, so that nothing comes back that somebody removed */

/** How many of what it has brought are remembered. */
const REMEMBERED = 200;
/** Episodes that are looked through for those that the server has, at most. */
const LOOKED_AT = 50;

/** The newest episodes that the server has, as media. @param {Episode[]} episodes the newest first @param {number} count */
export const newestOf = (episodes, count) =>
  episodes.filter((one) => one.state === "here" && one.media_id !== null).slice(0, count).map((one) => one.media_id ?? "");

/** What a rule brought and what is neither new any more nor begun. @param {Rule} rule @param {string[]} newest @param {Item[]} all */
export const outdated = (rule, newest, all) =>
  all.filter((item) => item.rule === rule.podcast && item.position === 0 && !newest.includes(item.media));

/** @param {string} podcast @param {number} count */
export const newestEpisodes = async (podcast, count) => newestOf((await content.episodes(podcast, { limit: LOOKED_AT })).items, count);

/** @param {string} podcast @returns {Promise<Rule | null>} */
export async function ruleFor(podcast) {
  await knowShelf();
  return (await db.rules()).find((rule) => rule.user === owner.value && rule.podcast === podcast) ?? null;
}

/** Keeps the newest ones here from now on; 0 ends that and leaves what is here. @param {string} podcast @param {number} count */
export async function setRule(podcast, count) {
  const before = await ruleFor(podcast);
  const user = owner.value;
  if (!user) return;
  const rule = { key: `${user}:${podcast}`, user, podcast, count, taken: before?.taken ?? [] };
  if (count === 0) return void (await db.dropRule(rule.key));
  await db.putRule(rule);
  await follow(rule);
}

/** Follows all rules, unless this device is to save what goes over its line. */
export async function keepNewest() {
  const line = /** @type {any} */ (navigator).connection;
  if (line?.saveData || line?.type === "cellular") return;
  for (const rule of await db.rules()) if (rule.user === owner.value) await follow(rule);
}

/** @param {Rule} rule */
async function follow(rule) {
  const newest = await newestEpisodes(rule.podcast, rule.count).catch((error) => {
    // Nobody follows it any more, or may: what is here stays until somebody removes it.
    if (error?.status === 404) return null;
    throw error;
  });
  if (!newest) return void (await db.dropRule(rule.key));
  for (const item of outdated(rule, newest, items.value ?? [])) await drop(item.key);
  await measure();
  const taken = [...rule.taken];
  for (const id of newest) {
    if (taken.includes(id) || itemOf(id)) continue;
    const media = await api.media(id);
    if (media.size_bytes > roomFor(room.value?.left ?? Infinity, items.value ?? [])) break;
    await take(media, "original", { rule: rule.podcast });
    taken.push(id);
  }
  const now = await ruleFor(rule.podcast);
  if (now) await db.putRule({ ...now, taken: taken.slice(-REMEMBERED) });
}
