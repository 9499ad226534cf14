/** The one form of a page outside the app: sends it, and shows an error where it belongs. */
import { ApiError } from "./api.js";
import { t } from "./strings.js";

/** @param {(values: Record<string, string>) => Promise<void>} send leaves the page when it succeeds */
export function bindForm(send) {
  const form = document.querySelector("form");
  const error = document.querySelector("[data-error]");
  const button = form?.querySelector("button[type=submit]");
  const reveal = document.querySelector("[data-reveal]");
  const password = form?.querySelector("input[name=password]");
  if (!(form instanceof HTMLFormElement) || !error || !(button instanceof HTMLButtonElement)) return;

  reveal?.addEventListener("change", () => {
    const shown = reveal instanceof HTMLInputElement && reveal.checked;
    if (password instanceof HTMLInputElement) password.type = shown ? "text" : "password";
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    error.textContent = "";
    button.disabled = true;
    try {
      const values = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form)));
      await send(values);
    } catch (reason) {
      error.textContent = reason instanceof Error ? reason.message : t("error.unexpected");
      button.disabled = false;
      const field = reason instanceof ApiError && reason.field ? form.elements.namedItem(reason.field) : null;
      const input = field ?? form.querySelector("input[type=password]");
      if (input instanceof HTMLInputElement) input.focus();
    }
  });
}
