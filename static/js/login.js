/** The sign-in page. */
import { ApiError, api } from "./api.js";
import { bindForm } from "./entry_form.js";
import { bindLanguageChoice } from "./languages.js";
import { safeNext } from "./next_page.js";
import { bindSignInCode } from "./sign_in_code.js";

bindForm(async (values) => {
  const who = { username: values.username?.trim() ?? "", password: values.password ?? "", shared: values.shared === "on" };
  await api.login(who).catch((error) => {
    throw error.status === 401 ? new ApiError(401, error.code, inOurWords() ?? error.message, error.field) : error;
  });
  // What a bookmark sends along stands behind the "#", which only the browser sees.
  location.assign(safeNext(new URLSearchParams(location.search).get("next")) + location.hash);
});

/** What the page says of a wrong name or password, in its language. */
const inOurWords = () => document.querySelector("form")?.dataset.wrong;

bindSignInCode();
bindLanguageChoice();
