/** Lets a shared screen ask again who is watching when nobody touched it and nothing played for a while. */
import { goToLogin } from "./api.js";
import { people } from "./api_people.js";
import { playing } from "./player/state.js";
import { idleClock } from "./screen_idle.js";
import { asksAfter } from "./store.js";

const LOOK_MS = 15_000;
const TOUCHES = ["pointerdown", "keydown", "wheel", "touchstart"];

/** Begins to watch; the server counts by itself and decides. */
export function startWatching() {
  const clock = idleClock(asksAfter.value ?? Infinity, Date.now());
  const touch = () => {
    if (clock.touch(Date.now())) people.touchScreen().catch(() => undefined);
  };
  const look = () => {
    if (clock.isOver(Date.now())) goToLogin({ code: "nobody_chosen" });
    else if (playing.value) touch();
  };
  for (const name of TOUCHES) addEventListener(name, touch, { capture: true, passive: true });
  document.addEventListener("visibilitychange", look);
  setInterval(look, LOOK_MS);
}
