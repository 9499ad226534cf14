/** Reads a transcript: WebVTT, as the library keeps it, or text without times; pure. */

/** @import { Line } from "./types.js" */

const TIMES = /^(?:(\d+):)?(\d{1,2}):(\d{2})[.,]\d+\s+-->/;
const VOICE = /^<v(?:\.[^\s>]*)?\s+([^>]+)>/;

/** @param {string} text @returns {Line[]} */
export function linesOf(text) {
  const blocks = text.replace(/\r\n?/g, "\n").split(/\n{2,}/).map((block) => block.trim()).filter(Boolean);
  if (!/^\uFEFF?WEBVTT/.test(text)) return blocks.map((block) => ({ start: null, text: block, speaker: null }));
  return blocks.flatMap(cue);
}

/** @param {string} block @returns {Line[]} none for a header, a note or a style */
function cue(block) {
  const rows = block.split("\n");
  const index = rows.findIndex((row) => TIMES.test(row));
  const times = TIMES.exec(rows[index] ?? "");
  if (!times) return [];
  const spoken = rows.slice(index + 1).join(" ").trim();
  const speaker = VOICE.exec(spoken)?.[1]?.trim() ?? null;
  const text = unescape(spoken.replace(/<[^>]*>/g, "")).trim();
  const start = Number(times[1] ?? 0) * 3600 + Number(times[2]) * 60 + Number(times[3]);
  return text ? [{ start, text, speaker }] : [];
}

const ENTITIES = /** @type {Record<string, string>} */ ({ amp: "&", lt: "<", gt: ">", nbsp: " ", lrm: "\u200E", rlm: "\u200F" });

/** @param {string} text */
const unescape = (text) => text.replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_, name) => ENTITIES[name] ?? "");
