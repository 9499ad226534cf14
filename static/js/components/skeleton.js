/** The outline of what is on its way. */
import { html } from "htm/preact";

/** @param {{ shape?: "poster" | "wide" | "square", count?: number }} props */
export function ShelfSkeleton({ shape = "poster", count = 10 }) {
  return html`<div class=${`shelf shelf--${shape}`} aria-hidden="true">
    <div class="shelf__head"><span class="bone bone--heading"></span></div>
    <div class="shelf__row">
      ${Array.from({ length: count }, (_, index) => html`<${CardSkeleton} key=${index} shape=${shape} />`)}
    </div>
  </div>`;
}

/** @param {{ shape?: "poster" | "wide" | "square" | "story" }} props */
export function CardSkeleton({ shape = "poster" }) {
  return html`<span class=${`card card--${shape}`} aria-hidden="true">
    <span class="card__art bone"></span><span class="bone bone--line"></span><span class="bone bone--short"></span>
  </span>`;
}

/** @param {{ lines?: number }} props */
export function TextSkeleton({ lines = 4 }) {
  return html`<div class="bones" aria-hidden="true">
    ${Array.from({ length: lines }, (_, index) => html`<span key=${index} class="bone bone--row"></span>`)}
  </div>`;
}

/** A whole page before its first answer. */
export function PageSkeleton() {
  return html`<div aria-hidden="true"><div class="bone bone--hero"></div><${ShelfSkeleton} /></div>`;
}
