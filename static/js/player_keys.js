/** What a key means in the player; pure. */

/**
 * @typedef {{ do: "toggle" | "mute" | "fullscreen" | "captions" | "next" | "skip_part" | "help" | "leave" }
 *   | { do: "skip" | "volume" | "speed", by: number } | { do: "part", part: number }} Command
 */

/** @type {Record<string, Command>} */
const KEYS = {
  " ": { do: "toggle" },
  k: { do: "toggle" },
  arrowleft: { do: "skip", by: -10 },
  arrowright: { do: "skip", by: 10 },
  j: { do: "skip", by: -30 },
  l: { do: "skip", by: 30 },
  arrowup: { do: "volume", by: 0.05 },
  arrowdown: { do: "volume", by: -0.05 },
  m: { do: "mute" },
  f: { do: "fullscreen" },
  c: { do: "captions" },
  "<": { do: "speed", by: -0.25 },
  ">": { do: "speed", by: 0.25 },
  n: { do: "next" },
  s: { do: "skip_part" },
  "?": { do: "help" },
  escape: { do: "leave" },
};

/**
 * @param {{ key: string, shiftKey: boolean, ctrlKey: boolean, metaKey: boolean, altKey: boolean }} event
 * @param {{ matches(selector: string): boolean } | null} target what has the focus
 * @returns {Command | null} null for a key that belongs to somebody else
 */
export function commandFor(event, target) {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (target?.matches("select, textarea, input:not([type=range])")) return null;
  if (key === " " && target?.matches("button, a")) return null;
  if (/^arrow(up|down|left|right)$/.test(key) && target?.matches(".volume__input")) return null;
  if (/^[0-9]$/.test(key)) return { do: "part", part: Number(key) / 10 };
  return Object.hasOwn(KEYS, key) ? (KEYS[key] ?? null) : null;
}
