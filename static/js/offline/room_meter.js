/** How much room this device has, and how much of it is taken by what is here. */
import { html } from "htm/preact";
import { ProgressBar } from "../components/progress_bar.js";
import { size } from "../format.js";
import { t } from "../strings_offline.js";
import { room } from "./shelf.js";

export function RoomMeter() {
  const told = room.value;
  if (!told) return null;
  const share = (told.used / (told.used + told.left || 1)) * 100;
  return html`<div class="room">
    <${ProgressBar} value=${Math.max(share, told.used ? 1 : 0)} />
    <p class="room__words"><strong>${t("offline.used", { size: size(told.used) })}</strong><span>${t("offline.left", { size: size(told.left) })}</span></p>
    <p class="room__note">${told.kept ? t("offline.kept") : t("offline.mayGo")}</p>
  </div>`;
}
