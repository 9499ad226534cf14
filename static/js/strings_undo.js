/** The words of the undo bar. */
import { withWords } from "./strings.js";

export const t = withWords(/** @type {const} */ ({
  "undo.saved": "Saved.",
  "undo.savedAs": "“{label}” is saved.",
  "undo.done": "It is as it was.",
  "undo.edited": "“{title}” was changed.",
  "undo.tagRemoved": "The tag “{tag}” was removed.",
  "undo.tagAdded": "The tag “{tag}” was added.",
  "undo.pictureSaved": "The picture was replaced.",
  "undo.pictureRemoved": "The picture was removed.",
  "undo.renamed": "It is called “{title}” now.",
  "undo.ordered": "“{title}” was moved.",
  "undo.rule": "“{title}” was changed.",
  "undo.discNamed": "The disc is “{title}” now.",
  "undo.marked": "The mark was changed.",
  "undo.matched": "“{title}” was decided.",
  "undo.matchedAll": { one: "{count} track was decided.", other: "{count} tracks were decided." },
  "undo.heard": "“{title}” is marked as heard.",
  "undo.unheard": "“{title}” is marked as not heard.",
  "undo.person": "{name} was changed.",
  "undo.stopped": "The search was stopped. Whatever was found before that stays.",
  "undo.searchForgotten": "“{q}” is forgotten.",
  "undo.searchesForgotten": "Your searches are forgotten.",

  "parked.person": "The account of {name} is removed when this notice goes.",
  "parked.pin": "The PIN of {name} is removed when this notice goes.",
  "parked.key": "The key “{name}” ends when this notice goes.",
  "parked.session": "“{device}” is signed out when this notice goes.",
  "parked.cookies": "The cookies of {host} are removed when this notice goes.",
  "parked.browser": "“{device}” is told nothing more when this notice goes.",
  "parked.upload": "What was sent of “{name}” is removed when this notice goes.",
}));
