/** How files are called: templates with a live preview, what is written beside them, and renaming what is here. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { shelves } from "../../api_library.js";
import { Choice } from "../../components/choice.js";
import { ErrorState } from "../../components/error_state.js";
import { RenamePanel } from "../../components/rename_panel.js";
import { TextSkeleton } from "../../components/skeleton.js";
import { Switch } from "../../components/switch.js";
import { TemplateField } from "../../components/template_field.js";
import { onlyFor } from "../../only_for.js";
import { useResource } from "../../resource.js";
import { isAdmin, mayRip, toastError } from "../../store.js";
import { t } from "../../strings_library.js";
import { changeWithUndo, replaced, savedText, undoable } from "../../undoing.js";
import { Panel, SettingsFrame } from "./frame.js";

/** @import { IdStyle, NameExample, NamedKind, Naming, NamingEdit, Templates } from "../../types_library.js" */

const KINDS = /** @type {NamedKind[]} */ (["movie", "episode", "daily_episode", "track", "book", "photo", "video", "podcast"]);
/** How long one may type before the names are worked out, ms. */
const QUIET_MS = 250;

export const NamesView = onlyFor(mayRip, Names);

function Names() {
  const resource = useResource("naming", shelves.naming);
  return html`<${SettingsFrame} title=${t("settings.names")} note=${t("names.note")}>
    ${resource.error && !resource.value && html`<${ErrorState} error=${resource.error} onRetry=${resource.reload} />`}
    ${!resource.value && !resource.error && html`<${TextSkeleton} lines=${6} />`}
    ${resource.value && html`<${Form} naming=${resource.value} onChange=${resource.set} />`}
    <${RenamePanel} />
  <//>`;
}

/** @param {{ naming: Naming, onChange: (naming: Naming) => void }} props */
function Form({ naming, onChange }) {
  const [draft, setDraft] = useState(/** @type {Templates} */ ({}));
  const [busy, setBusy] = useState(false);
  const kept = filled(naming);
  const templates = { ...kept, ...draft };
  const examples = useExamples(templates, naming.id_style);
  const changed = Object.keys(draft).length > 0;
  const faulty = examples.some((one) => one.error && one.kind in draft);

  /** @param {NamedKind} kind @param {string} text */
  const edit = (kind, text) => {
    const { [kind]: _, ...rest } = draft;
    setDraft(text === kept[kind] ? rest : { ...rest, [kind]: text });
  };
  /** @param {NamingEdit} wish */
  const send = async (wish) => onChange(await shelves.editNaming(wish));
  /** @param {NamingEdit} change @param {string} label */
  const save = (change, label) => changeWithUndo(change, replaced(naming, change), { show: (wish) => onChange({ ...naming, ...wish }), send, text: savedText(label) });
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      await send({ templates: plain(draft, naming.defaults) });
      setDraft({});
      undoable(t("names.saved"), () => send({ templates: replaced(naming.templates, draft) }));
    } catch (error) {
      toastError(error);
    }
    setBusy(false);
  };
  const locked = !isAdmin.value;
  return html`
    <${Panel} title=${t("names.templates")} note=${t("names.templatesNote")}>
      <form class="templates" onSubmit=${submit}>
        ${KINDS.filter((kind) => kind in naming.templates).map((kind) => html`<${TemplateField}
          key=${kind}
          label=${t(`names.kind.${kind}`)}
          value=${templates[kind] ?? ""}
          standard=${naming.defaults[kind] ?? ""}
          fields=${naming.fields[kind] ?? []}
          examples=${examples.filter((one) => one.kind === kind)}
          locked=${locked}
          onInput=${(/** @type {string} */ text) => edit(kind, text)}
        />`)}
        ${changed && html`<div class="templates__foot">
          <button type="button" class="button button--plain" onClick=${() => setDraft({})}>${t("action.undo")}</button>
          <button type="submit" class="button button--accent" disabled=${busy || faulty}>${t("names.save")}</button>
        </div>`}
      </form>
      ${!locked && html`<${Choice}
        label=${t("names.idStyle")}
        value=${naming.id_style}
        options=${[
          { value: "plex", label: t("names.ids.plex") }, { value: "jellyfin", label: t("names.ids.jellyfin") },
          { value: "none", label: t("names.ids.none") },
        ]}
        onChange=${(/** @type {IdStyle} */ id_style, /** @type {string} */ label) => save({ id_style }, label)}
      />`}
      ${!locked && html`<p class="form__note">${t("names.idHint")}</p>`}
    <//>
    <${Panel} title=${t("names.beside")}>
      <${Switch}
        label=${t("names.nfo")}
        hint=${t("names.nfoHint")}
        checked=${naming.write_nfo}
        disabled=${locked}
        onChange=${(/** @type {boolean} */ write_nfo, /** @type {string} */ label) => save({ write_nfo }, label)}
      />
      <${Switch}
        label=${t("names.artwork")}
        hint=${t("names.artworkHint")}
        checked=${naming.write_artwork}
        disabled=${locked}
        onChange=${(/** @type {boolean} */ write_artwork, /** @type {string} */ label) => save({ write_artwork }, label)}
      />
      <${Switch}
        label=${t("names.renameNew")}
        hint=${t("names.renameNewHint")}
        checked=${naming.rename_new}
        disabled=${locked}
        onChange=${(/** @type {boolean} */ rename_new, /** @type {string} */ label) => save({ rename_new }, label)}
      />
    <//>
  `;
}

/** What counts: what was chosen, else the default. @param {Naming} naming @returns {Templates} */
const filled = ({ templates, defaults }) => ({ ...defaults, ...Object.fromEntries(Object.entries(templates).filter(([, text]) => text)) });

/** Who has the default follows it, also when it changes. @param {Templates} templates @param {Templates} defaults @returns {Templates} */
const plain = (templates, defaults) =>
  Object.fromEntries(Object.entries(templates).map(([kind, text]) => [kind, text === defaults[/** @type {NamedKind} */ (kind)] ? "" : text]));

/** What the templates make of things, a moment after the last key. @param {Templates} templates @param {IdStyle} id_style @returns {NameExample[]} */
function useExamples(templates, id_style) {
  const [examples, setExamples] = useState(/** @type {NameExample[]} */ ([]));
  const wish = JSON.stringify(templates);
  useEffect(() => {
    const control = new AbortController();
    const timer = setTimeout(() => {
      shelves.previewNames({ templates: JSON.parse(wish), id_style }, { signal: control.signal }).then(
        (answer) => setExamples(answer.examples),
        (error) => !control.signal.aborted && toastError(error),
      );
    }, examples.length ? QUIET_MS : 0);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [wish, id_style]);
  return examples;
}
