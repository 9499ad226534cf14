/** The words of saying from which age on something is for people. */
import { withWords } from "./strings.js";

export const t = withWords(/** @type {const} */ ({
  "age.action": "For which age?",
  "age.title": "From which age on?",
  "age.label": "For people",
  "age.all": "of any age",
  "age.from": "from {age} on",
  "age.certified": "as certified ({name})",
  "age.nobody": "nobody said",
  "age.hidden": "Hidden from {names}: in no list, search or count, also what comes later.",
  "age.hiddenNobody": "Hidden from nobody who sees its library.",
  "age.hiddenCertified": "The certification says who sees it.",
  "age.noLimits": "Nobody has a limit of age yet. An admin sets one for a child under Settings, People.",
  "age.others": "Everybody else sees it as before.",
  "age.saved": "{title} is for people from {age} on.",
  "age.savedAll": "{title} is for people of any age.",
  "age.taken": "The age of {title} is as it was found.",
  "age.undone": "The age is what it was before.",
}));
