/** Paper, type, size and width of texts. */
import { html } from "htm/preact";
import { changeLook, FACES, look, MEASURES, PAPERS, sizeBeside } from "../reading_look.js";
import { t } from "../strings.js";
import { Choice } from "./choice.js";
import { IconButton } from "./icon_button.js";
import { Popover } from "./popover.js";

/** @import { Face, Measure, Paper } from "../reading_look.js" */

/** @param {{ onlyPaper?: boolean }} props pages that are pictures have a paper, but no type */
export function LookControls({ onlyPaper = false }) {
  const { paper, face, size, measure } = look.value;
  return html`<${Popover} icon="a-large-small" label=${t("look.title")}>
    <div class="look">
      <${Choice}
        label=${t("look.paper")}
        value=${paper}
        options=${PAPERS.map((value) => ({ value, label: t(`look.paper.${value}`) }))}
        onChange=${(/** @type {Paper} */ value) => changeLook({ paper: value })}
      />
      ${!onlyPaper && html`
        <div class="look__size">
          <span class="field__label">${t("look.size")}</span>
          <${IconButton}
            icon="minus"
            label=${t("look.smaller")}
            disabled=${sizeBeside(size, -1) === size}
            onClick=${() => changeLook({ size: sizeBeside(size, -1) })}
          />
          <output class="look__value">${size}</output>
          <${IconButton}
            icon="plus"
            label=${t("look.larger")}
            disabled=${sizeBeside(size, 1) === size}
            onClick=${() => changeLook({ size: sizeBeside(size, 1) })}
          />
        </div>
        <${Choice}
          label=${t("look.face")}
          value=${face}
          options=${FACES.map((value) => ({ value, label: t(`look.face.${value}`) }))}
          onChange=${(/** @type {Face} */ value) => changeLook({ face: value })}
        />
        <${Choice}
          label=${t("look.measure")}
          value=${measure}
          options=${MEASURES.map((value) => ({ value, label: t(`look.measure.${value}`) }))}
          onChange=${(/** @type {Measure} */ value) => changeLook({ measure: value })}
        />
      `}
    </div>
  <//>`;
}
