/** What a finger meant that went over a picture; pure. */

/** Shorter than this it was a tap, px. */
const LEAST = 45;

/** @typedef {{ clientX: number, clientY: number, pointerType: string }} Touch */

/** @param {Touch} from @param {Touch} to @returns {"left" | "right" | "down" | null} null for a tap, a mouse, or a finger that went askew */
export function swipeOf(from, to) {
  if (from.pointerType === "mouse") return null;
  const [across, down] = [to.clientX - from.clientX, to.clientY - from.clientY];
  if (Math.abs(across) > LEAST && Math.abs(across) > Math.abs(down) * 1.5) return across < 0 ? "left" : "right";
  return down > LEAST * 2 && down > Math.abs(across) * 2 ? "down" : null;
}
