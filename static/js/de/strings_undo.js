/** Die Wörter der Leiste, mit der man etwas rückgängig macht. */
import { withWords } from "../strings.js";

export const t = withWords({
  "undo.saved": "Gespeichert.",
  "undo.savedAs": "„{label}“ ist gespeichert.",
  "undo.done": "Es ist wieder wie vorher.",
  "undo.edited": "„{title}“ wurde geändert.",
  "undo.tagRemoved": "Das Schlagwort „{tag}“ wurde entfernt.",
  "undo.tagAdded": "Das Schlagwort „{tag}“ wurde hinzugefügt.",
  "undo.pictureSaved": "Das Bild wurde ersetzt.",
  "undo.pictureRemoved": "Das Bild wurde entfernt.",
  "undo.renamed": "Der Name ist jetzt „{title}“.",
  "undo.ordered": "„{title}“ wurde verschoben.",
  "undo.rule": "„{title}“ wurde geändert.",
  "undo.discNamed": "Die Disc ist jetzt „{title}“.",
  "undo.marked": "Die Markierung wurde geändert.",
  "undo.matched": "„{title}“ ist entschieden.",
  "undo.matchedAll": { one: "{count} Titel ist entschieden.", other: "{count} Titel sind entschieden." },
  "undo.heard": "„{title}“ gilt als gehört.",
  "undo.unheard": "„{title}“ gilt als nicht gehört.",
  "undo.person": "{name} wurde geändert.",
  "undo.stopped": "Die Suche wurde angehalten. Was vorher gefunden wurde, bleibt.",
  "undo.searchForgotten": "„{q}“ ist vergessen.",
  "undo.searchesForgotten": "Deine Suchen sind vergessen.",

  "parked.person": "Das Konto von {name} wird entfernt, sobald dieser Hinweis verschwindet.",
  "parked.pin": "Die PIN von {name} wird entfernt, sobald dieser Hinweis verschwindet.",
  "parked.key": "Der Schlüssel „{name}“ endet, sobald dieser Hinweis verschwindet.",
  "parked.session": "„{device}“ wird abgemeldet, sobald dieser Hinweis verschwindet.",
  "parked.cookies": "Die Cookies von {host} werden entfernt, sobald dieser Hinweis verschwindet.",
  "parked.browser": "„{device}“ erfährt nichts mehr, sobald dieser Hinweis verschwindet.",
  "parked.upload": "Was von „{name}“ gesendet wurde, wird entfernt, sobald dieser Hinweis verschwindet.",
});
