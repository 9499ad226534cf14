/** Die Wörter zu Markiertem in Texten, auf Deutsch. */
import { withWords } from "../strings.js";

export const t = withWords({
  "mark.bar": "Wörter markieren",
  "mark.edit": "Markierte Wörter",
  "mark.yellow": "Gelb markieren",
  "mark.green": "Grün markieren",
  "mark.blue": "Blau markieren",
  "mark.pink": "Rosa markieren",
  "mark.note": "Notiz",
  "mark.noteTitle": "Notiz zu diesen Wörtern",
  "mark.noteHint": "Nur du siehst sie.",
  "mark.remove": "Markierung entfernen",
  "mark.removed": "Die Markierung ist weg.",
  "mark.saved": "Markiert.",
  "mark.failed": "Die Markierungen ließen sich nicht laden.",
  "marks.title": "Markiert",
  "marks.open": "Was du markiert hast",
  "marks.none": "Noch nichts markiert",
  "marks.noneText": "Wähle beim Lesen eines Artikels oder Buchs Wörter aus und dann eine Farbe.",
  "marks.lost": "Diese Wörter stehen nicht mehr im Text.",
  "marks.export": "Als Markdown speichern",
  "marks.all": "Alles, was du markiert hast",
  "marks.count": { one: "{count} Stelle", other: "{count} Stellen" },
  "marks.part": "Kapitel {number}",
  "marks.editOf": "Notiz zu „{quote}“ ändern",
  "marks.removeOf": "Markierung von „{quote}“ entfernen",
});
