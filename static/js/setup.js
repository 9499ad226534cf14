/** The first run: whoever can read the console becomes the admin. */
import { api } from "./api.js";
import { bindForm } from "./entry_form.js";
import { bindLanguageChoice } from "./languages.js";

bindForm(async (values) => {
  await api.claim({ token: values.token?.trim() ?? "", username: values.username?.trim() ?? "", password: values.password ?? "" });
  location.assign("/");
});

/** Names the file that also holds the token. */
async function showTokenFile() {
  const state = await api.setupState();
  if (!state.needed) location.assign("/login");
  const line = document.querySelector("[data-token-file]");
  const path = document.querySelector("[data-token-path]");
  if (!state.token_file || !line || !path) return;
  path.textContent = state.token_file;
  line.removeAttribute("hidden");
}

// Without an answer the page still says where the console shows the token.
showTokenFile().catch(() => undefined);

bindLanguageChoice();
