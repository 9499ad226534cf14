/** The words of what one marks in texts. */
import { withWords } from "./strings.js";

export const t = withWords(/** @type {const} */ ({
  "mark.bar": "Mark the words",
  "mark.edit": "Marked words",
  "mark.yellow": "Mark in yellow",
  "mark.green": "Mark in green",
  "mark.blue": "Mark in blue",
  "mark.pink": "Mark in pink",
  "mark.note": "Note",
  "mark.noteTitle": "Note on these words",
  "mark.noteHint": "Only you see it.",
  "mark.remove": "Remove the mark",
  "mark.removed": "The mark is gone.",
  "mark.saved": "Marked.",
  "mark.failed": "The marks could not be loaded.",
  "marks.title": "Marked",
  "marks.open": "What you marked",
  "marks.none": "Nothing marked yet",
  "marks.noneText": "Select words while you read an article or a book, and choose a colour.",
  "marks.lost": "These words are no longer in the text.",
  "marks.export": "Save as Markdown",
  "marks.all": "All that you marked",
  "marks.count": { one: "{count} passage", other: "{count} passages" },
  "marks.part": "Chapter {number}",
  "marks.editOf": "Change the note on “{quote}”",
  "marks.removeOf": "Remove the mark on “{quote}”",
}));
