/** How loud music is made, by what was measured of it; pure. The gains are those of ReplayGain 2.0. */

/** @typedef {{ gain_db: number | null, peak: number | null }} Measured dB towards the usual loudness; 1 is full scale */

/** Nothing is made louder than by this, dB: its noise would be, too. */
const MOST_DB = 12;

/**
 * A factor for the samples that lets none of them leave the scale; 1 where nothing was measured.
 * @param {Measured | null | undefined} track
 * @param {Measured | null | undefined} album
 * @param {"album" | "track" | "off"} way
 */
export function factorOf(track, album, way) {
  const measured = way === "album" && album?.gain_db != null ? album : track;
  if (way === "off" || measured?.gain_db == null) return 1;
  const peak = measured.peak ?? 0;
  const factor = 10 ** (Math.min(MOST_DB, measured.gain_db) / 20);
  return peak > 0 ? Math.min(factor, 1 / peak) : factor;
}
