/** Die Wörter der Suche, auf Deutsch. */
import { withWords } from "../strings.js";

export const t = withWords({
  "search.title": "Wonach suchst du?",
  "search.invite": "Tippe einfach los: Gefunden wird schon währenddessen, auch wenn ein Buchstabe nicht stimmt.",
  "search.tipName": "Ein Titel, eine Serie, ein Album, eine Person",
  "search.tipLine": "Ein Satz, der in einem Film fällt: Er spielt ab dieser Stelle",
  "search.tipText": "Wörter aus einem Artikel, einem Buch oder den Notizen einer Folge",
  "search.recent": "Zuletzt gesucht",
  "search.forget": "„{q}“ vergessen",
  "search.forgetAll": "Alle vergessen",
  "search.shows": "Serien",
  "search.channels": "Kanäle",
  "search.albums": "Alben",
  "search.extras": "Bonusmaterial",
  "search.lines": "In Filmen und Folgen gesagt",
  "search.playFrom": "Ab {time} abspielen:",
  "search.all": "Alle {count} zeigen",
  "search.fewer": "Weniger zeigen",
  "search.insteadOf": "Zu „{q}“ wurde nichts gefunden. Das sind die Ergebnisse für",
  "search.didYouMean": "Meintest du",
  "search.nothing": "Nichts gefunden für „{q}“",
  "search.nothingHint": "Versuche es mit weniger Wörtern oder einer anderen Schreibweise.",
  "search.addHint": "Was noch niemand hinzugefügt hat, lässt sich auf der Seite „Hinzufügen“ holen.",
  "search.keys": "Die Pfeiltasten führen durch die Ergebnisse, die Eingabetaste öffnet.",
});
