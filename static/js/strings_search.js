/** The words of the search page. */
import { withWords } from "./strings.js";

export const t = withWords(/** @type {const} */ ({
  "search.title": "What are you looking for?",
  "search.invite": "Type, and it is found as you go: also when a letter is wrong.",
  "search.tipName": "A title, a show, an album, a person",
  "search.tipLine": "A line that is said in a film: it plays from there",
  "search.tipText": "Words of an article, a book or show notes",
  "search.recent": "Searched before",
  "search.forget": "Forget “{q}”",
  "search.forgetAll": "Forget all",
  "search.shows": "Shows",
  "search.channels": "Channels",
  "search.albums": "Albums",
  "search.extras": "Extras",
  "search.lines": "Said in films and episodes",
  "search.playFrom": "Play from {time}:",
  "search.all": "Show all {count}",
  "search.fewer": "Show fewer",
  "search.insteadOf": "Nothing was found for “{q}”. These are the results for",
  "search.didYouMean": "Did you mean",
  "search.nothing": "Nothing found for “{q}”",
  "search.nothingHint": "Try fewer words or another spelling.",
  "search.addHint": "What nobody has added yet can be fetched on the page Add.",
  "search.keys": "Arrow keys go through the results, Enter opens.",
}));
