/** Die Wörter dazu, ab welchem Alter etwas gedacht ist. */
import { withWords } from "../strings.js";

export const t = withWords(/** @type {const} */ ({
  "age.action": "Ab welchem Alter?",
  "age.title": "Ab welchem Alter?",
  "age.label": "Gedacht für Menschen",
  "age.all": "jeden Alters",
  "age.from": "ab {age} Jahren",
  "age.certified": "wie freigegeben ({name})",
  "age.nobody": "niemand hat etwas gesagt",
  "age.hidden": "Verborgen vor {names}: in keiner Liste, Suche oder Zahl, auch was noch dazukommt.",
  "age.hiddenNobody": "Vor niemandem verborgen, der die Bibliothek sieht.",
  "age.hiddenCertified": "Wer es sieht, sagt die Freigabe.",
  "age.noLimits": "Noch hat niemand eine Altersgrenze. Für ein Kind setzt sie die Verwaltung unter Einstellungen, Personen.",
  "age.others": "Alle anderen sehen es wie bisher.",
  "age.saved": "{title} ist für Menschen ab {age} Jahren.",
  "age.savedAll": "{title} ist für Menschen jeden Alters.",
  "age.taken": "Das Alter von {title} ist wieder das gefundene.",
  "age.undone": "Das Alter ist wieder das von vorher.",
}));
