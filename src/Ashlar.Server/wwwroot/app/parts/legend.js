import { lineColor, lineDash } from '../core/colors.js';
import { html } from '../core/html.js';
import { useTheme } from '../core/theme.js';

/** @typedef {import('../types.js').Shown} Shown */

/** A short piece of a run's line. @param {{ slot: number }} properties */
export function LineMark({ slot }) {
  const { isDark } = useTheme();
  return html`<svg class="line-mark" width="18" height="8" aria-hidden="true"><line x1="0" y1="4" x2="18" y2="4" stroke=${lineColor(slot, isDark)} stroke-width="2.5" stroke-dasharray=${lineDash(slot).map(part => part / 2).join(' ')} /></svg>`;
}

/** @param {{ runs: Shown[] }} properties */
export const Legend = ({ runs }) => html`
  <ul class="legend">${runs.map(run => html`<li key=${run.id}><${LineMark} slot=${run.slot} /><a href=${`/runs/${encodeURIComponent(run.id)}`}>${run.name}</a> <small>${run.id}</small></li>`)}</ul>`;
