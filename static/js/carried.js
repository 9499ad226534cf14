/** What somebody drags, by where its link leads, and what is selected beside it; pure but for what is told. */

/** @typedef {"ids" | "shows" | "albums" | "channels"} Kind */
/** @typedef {{ kind: Kind, keys: string[] }} Load what is carried, as the server is told */
/** @typedef {{ kind: Kind, keys: string[], onTaken: () => void }} Chosen what is selected on the page, and what ends it */

const PLACES = /** @type {Record<string, Kind>} */ ({
  item: "ids", play: "ids", articles: "ids", books: "ids", read: "ids", "home-media": "ids", shows: "shows", music: "albums", videos: "channels",
});

/** @type {Chosen | null} */
let chosen = null;

/** Says what is selected in the list on the page. @param {Chosen | null} now */
export const tellChosen = (now) => {
  chosen = now;
};
export const chosenNow = () => chosen;

/** @param {string} path of a link @returns {Load | null} null for what is no medium, show, album or channel */
export function loadOf(path) {
  const [, place = "", key = "", ...more] = path.split("/");
  const kind = Object.hasOwn(PLACES, place) ? PLACES[place] : undefined;
  return kind && key && !more.length ? { kind, keys: [decodeURIComponent(key)] } : null;
}

/** All that is selected, when it is one of these that is dragged. @param {Load} load @param {Chosen | null} selected @returns {Load} */
export function withSelected(load, selected) {
  const isOne = selected?.kind === load.kind && load.keys.every((key) => selected.keys.includes(key));
  return isOne && selected ? { kind: load.kind, keys: selected.keys } : load;
}
