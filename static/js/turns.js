/** Long work in turns: between them the browser draws and answers. */
import { useEffect, useState } from "preact/hooks";

/** @returns {Promise<void>} kept when the browser has had its turn */
export const nextTurn = () => new Promise((go) => void setTimeout(go));

/**
 * How many of many parts are drawn by now: those that are seen at first, then more of them each turn.
 * @param {number} first @param {number} whole @param {number} step
 */
export function useTurns(first, whole, step) {
  const [many, setMany] = useState(first);
  useEffect(() => {
    if (many >= whole) return undefined;
    const turn = setTimeout(() => setMany(many + step));
    return () => clearTimeout(turn);
  }, [many, whole]);
  return many;
}
