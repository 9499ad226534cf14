/** The sign-in page. */
import { api } from "./api.js";
import { bindForm } from "./entry_form.js";
import { bindLanguageChoice } from "./languages.js";
import { safeNext } from "./next_page.js";
import { bindSignInCode } from "./sign_in_code.js";
import { walk } from "./spatial.js";

bindForm(async (values) => {
  const who = { username: values.username?.trim() ?? "", password: values.password ?? "", shared: values.shared === "on" };
  await api.login(who);
  // What a bookmark sends along stands behind the "#", which only the browser sees.
  location.assign(safeNext(new URLSearchParams(location.search).get("next")) + location.hash);
});

const page = document.querySelector("main");
addEventListener("keydown", (event) => void walk(event, page));
bindSignInCode();
bindLanguageChoice();
