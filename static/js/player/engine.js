/** All that makes the player play, fetched together once something shall. */
import "./listening.js";
import "./saving.js";
import "./captions.js";
import "./next_up.js";
import "./screen.js";
import "./queue_memory.js";
import "./gapless.js";
import "./sound.js";
import "./silence.js";

export { thisDevice } from "./browser.js";
export { pause, play, seek, setRate, setVolume, skip, toggle, toggleMute } from "./commands.js";
export { close, open } from "./loading.js";
export { next, previous } from "./moving.js";
