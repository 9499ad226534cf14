/** Who may come in and what they may see. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { api } from "../../api.js";
import { ErrorState } from "../../components/error_state.js";
import { Icon } from "../../components/icon.js";
import { IconButton } from "../../components/icon_button.js";
import { ProfilePicture } from "../../components/profile_picture.js";
import { TextSkeleton } from "../../components/skeleton.js";
import { when } from "../../format.js";
import { onlyFor } from "../../only_for.js";
import { useResource } from "../../resource.js";
import { isAdmin } from "../../store.js";
import { t } from "../../strings.js";
import { t as words } from "../../strings_people.js";
import { joinDots } from "../../words.js";
import { Panel, SettingsFrame } from "./frame.js";
import { AddPersonDialog } from "./add_person_dialog.js";
import { PersonDialog } from "./person_dialog.js";
import { SharedScreensPanel } from "./shared_screens_panel.js";

/** @import { Person } from "../../types.js" */

/** Who may not see it does not even ask. */
export const PeopleView = onlyFor(isAdmin, People);

function People() {
  const resource = useResource("people", api.people);
  const [shown, setShown] = useState(/** @type {Person | "new" | null} */ (null));
  const close = () => {
    setShown(null);
    resource.reload();
  };
  const people = resource.value;
  return html`<${SettingsFrame} title=${t("settings.people")} note=${t("people.note")}>
    ${resource.error && !people && html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`}
    ${!people && !resource.error && html`<${TextSkeleton} />`}
    ${people &&
    html`<${Panel} title=${t("people.all")}>
      <ul class="rows">
        ${people.users.map(
          (person) => html`<li key=${person.id} class=${person.disabled ? "row row--off" : "row"}>
            <${ProfilePicture} id=${person.id} name=${person.display_name || person.username} hue=${person.hue} picture=${person.has_picture} />
            <span class="row__words"><span class="row__title">${person.display_name || person.username}</span>
              <span class="row__sub">${limits(person)} · ${presence(person)}</span></span>
            <${IconButton}
              icon="pencil"
              label=${t("people.edit", { name: person.display_name || person.username })}
              onClick=${() => setShown(person)}
            />
          </li>`,
        )}
      </ul>
      <div class="panel__actions"><button
        type="button"
        class="button"
        onClick=${() => setShown("new")}
      ><${Icon} name="plus" />${t("people.add")}</button></div>
    <//>`}
    <${SharedScreensPanel} />
    ${shown === "new" && html`<${AddPersonDialog} libraries=${people?.libraries ?? []} onClose=${close} />`}
    ${shown !== null && shown !== "new" && people && html`<${PersonDialog}
      person=${shown}
      libraries=${people.libraries}
      onClose=${close}
      onChange=${resource.reload}
    />`}
  <//>`;
}

/** The role, up to which age, and whether there is a PIN. @param {Person} person */
function limits(person) {
  const age = person.max_age === null ? null : words("people.shortAge", { age: person.max_age });
  return joinDots([t(`role.${person.role}`), age, person.has_pin && words("people.hasPin")]);
}

/** @param {Person} person */
function presence(person) {
  if (person.disabled) return t("people.disabled");
  return person.last_seen_at ? t("account.lastSeen", { when: when(person.last_seen_at) }) : t("people.neverSeen");
}
