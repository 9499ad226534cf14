/** The tracks of a music playlist by what is to be done about them. */

/** @import { MatchState, PlaylistTrack } from "./types_reading.js" */

/** @typedef {"ambiguous" | "likely" | "none" | "rejected" | "certain"} MatchGroup */

/** In the order in which they are worked on; what a person confirmed is as good as certain. */
export const GROUPS = /** @type {const} */ (["ambiguous", "likely", "none", "rejected", "certain"]);

/** @param {MatchState} state @returns {MatchGroup} */
export const groupOf = (state) => (state === "confirmed" ? "certain" : state);

/** @param {PlaylistTrack[]} tracks @returns {Record<MatchGroup, PlaylistTrack[]>} each in the order of the list */
export function grouped(tracks) {
  /** @type {Record<MatchGroup, PlaylistTrack[]>} */
  const groups = { ambiguous: [], likely: [], none: [], rejected: [], certain: [] };
  for (const track of tracks) groups[groupOf(track.state)].push(track);
  return groups;
}

/** How many need nothing more from a person. @param {PlaylistTrack[]} tracks */
export const settled = (tracks) => tracks.filter((track) => track.state === "certain" || track.state === "confirmed" || track.state === "rejected").length;

/** Those that wait for a decision, in the order of the page. @param {PlaylistTrack[]} tracks */
export function undecided(tracks) {
  const groups = grouped(tracks);
  return [...groups.ambiguous, ...groups.likely];
}
