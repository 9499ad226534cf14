/** All that one marked, text by text. */
import { html } from "htm/preact";
import { markdownUrl, markHref, marking } from "../api_highlights.js";
import { EmptyState } from "../components/empty_state.js";
import { ErrorState } from "../components/error_state.js";
import { Icon } from "../components/icon.js";
import { MarkList } from "../components/mark_list.js";
import { PageSkeleton } from "../components/skeleton.js";
import { usePageTitle } from "../page_title.js";
import { useResource } from "../resource.js";
import { toast, toastError } from "../store.js";
import { t } from "../strings_reading.js";
import { t as words } from "../strings_undo.js";
import { changeWithUndo } from "../undoing.js";
import { joinDots } from "../words.js";

/** @import { Highlight, MarkedText } from "../api_highlights.js" */

export function HighlightsView() {
  usePageTitle(t("marks.open"));
  const { value, error, reload } = useResource("highlights", (options) => marking.all(options));
  if (error && !value) return html`<${ErrorState} error=${error} onRetry=${reload} />`;
  if (!value) return html`<${PageSkeleton} />`;
  return html`<div class="page-head">
      <h1 class="page-head__title">${t("marks.open")}</h1>
      ${value.texts.length > 0 && html`<div class="page-head__tools">
        <a class="button" href=${markdownUrl()} download><${Icon} name="download" />${t("marks.export")}</a>
      </div>`}
    </div>
    ${value.texts.length === 0 && html`<${EmptyState} title=${t("marks.none")} text=${t("marks.noneText")} />`}
    ${value.texts.map((text) => html`<${Marked} key=${text.media_id} text=${text} onChange=${reload} />`)}`;
}

/** @param {{ text: MarkedText, onChange: () => void }} props */
function Marked({ text, onChange }) {
  /** @param {Promise<unknown>} done */
  const then = (done) => done.then(onChange, toastError);
  /** @param {Highlight} mark */
  const remove = async (mark) => {
    await then(marking.remove(text.media_id, mark.id));
    const { chapter, start, end, quote, colour, note } = mark;
    const again = () => void then(marking.add(text.media_id, { chapter, start, end, quote, colour, note }));
    toast(t("mark.removed"), { action: t("action.undo"), run: again });
  };
  const home = text.media_type === "book" ? `/books/${text.media_id}` : `/articles/${text.media_id}`;
  return html`<section class="section">
    <h2 class="section__title"><a href=${home} dir="auto">${text.title}</a></h2>
    <p class="marks__by">${joinDots([text.author, t("marks.count", { count: text.highlights.length })])}</p>
    <${MarkList}
      marks=${text.highlights}
      href=${(/** @type {Highlight} */ mark) => markHref(text, mark)}
      onNote=${(/** @type {Highlight} */ mark, /** @type {string | null} */ note) => changeWithUndo(note, mark.note, {
        send: async (wish) => {
          await marking.change(text.media_id, mark.id, { note: wish });
          onChange();
        },
        text: words("undo.marked"),
      })}
      onRemove=${remove}
    />
  </section>`;
}
