/** Signing in with the phone: shows a code, and asks at longer and longer intervals whether somebody approved it. */
import { people } from "./api_people.js";
import { safeNext } from "./next_page.js";
import { readableCode } from "./profile_words.js";
import { t } from "./strings_people.js";

/** @import { AskedCode } from "./api_people.js" */

const SLOWEST_MS = 6000;
const SLOWER = 1.1;

/** How long until it is asked again, ms. @param {number} before @param {number} failures in a row */
export const nextPause = (before, failures) => Math.min(SLOWEST_MS, before * (failures ? 2 : SLOWER));

/** Makes the part of the sign-in page with the code work. */
export function bindSignInCode() {
  const offer = document.querySelector("[data-code-offer]");
  const box = document.querySelector("[data-code]");
  const form = document.querySelector("form");
  if (!(offer instanceof HTMLButtonElement) || !(box instanceof HTMLElement) || !form) return;
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (box.querySelector(`[data-code-${name}]`));
  const picture = /** @type {HTMLImageElement} */ (part("picture"));
  let turn = 0;

  const show = (/** @type {boolean} */ shown) => {
    turn += 1;
    box.hidden = !shown;
    form.hidden = shown;
    offer.hidden = shown;
    if (shown) {
      part("back").focus();
      void begin(turn);
    } else form.querySelector("input")?.focus();
  };
  /** @param {string} text */
  const over = (text) => {
    part("state").textContent = text;
    part("again").hidden = false;
    part("again").focus();
  };
  /** @param {number} mine */
  const begin = async (mine) => {
    part("again").hidden = true;
    part("state").textContent = "";
    try {
      const asked = await people.askCode();
      if (mine !== turn) return;
      picture.src = asked.qr;
      picture.alt = t("code.picture");
      part("letters").textContent = readableCode(asked.code);
      part("text").textContent = t("code.text", { address: new URL("/link", asked.url).href.replace(/^https?:\/\//, "") });
      part("state").textContent = t("code.waiting");
      await wait(asked, mine);
    } catch (error) {
      if (mine === turn) over(error instanceof Error ? error.message : String(error));
    }
  };
  /** @param {AskedCode} asked @param {number} mine */
  const wait = async (asked, mine) => {
    const until = Date.now() + asked.expires_in * 1000;
    let pause = asked.interval * 1000;
    let failures = 0;
    while (mine === turn && Date.now() < until) {
      await new Promise((done) => setTimeout(done, pause));
      if (mine !== turn) return;
      try {
        const standing = await people.poll(asked.secret);
        failures = 0;
        if (standing.user) return location.assign(safeNext(new URLSearchParams(location.search).get("next")));
        if (standing.state !== "waiting") return over(t(standing.state === "refused" ? "code.refused" : "code.expired"));
      } catch {
        failures += 1; // the network comes back, or the code ends
      }
      pause = nextPause(pause, failures);
    }
    if (mine === turn) over(t("code.expired"));
  };
  offer.addEventListener("click", () => show(true));
  part("back").addEventListener("click", () => show(false));
  part("again").addEventListener("click", () => begin((turn += 1)));
}
