import { scaleColor } from '../core/colors.js';
import { number, plain } from '../core/format.js';
import { html } from '../core/html.js';
import { useTheme } from '../core/theme.js';
import { change, useAddress } from '../core/url.js';

/** @typedef {import('./axes.js').SweepAxis} SweepAxis */
/** @typedef {import('../types.js').Sweep} Sweep */
/** @typedef {import('../types.js').Trial} Trial */

const Width = 560;
const Height = 300;
const [Left, Right, Top, Bottom] = [70, 525, 12, 262];

/**
 * Two axes of the sweep against each other, the metric as colour.
 * @param {{ axes: SweepAxis[], sweep: Sweep, isInside: (trial: Trial) => boolean, marked: string | null, onMark: (run: string | null) => void }} properties
 */
export function Scatter({ axes, sweep, isInside, marked, onMark }) {
  const { query } = useAddress();
  const { isDark } = useTheme();
  const metric = axes[axes.length - 1];
  const across = axes.find(axis => axis.name === query.get('x')) ?? axes[0];
  const up = axes.find(axis => axis.name === query.get('y')) ?? metric;
  const valueOf = (/** @type {Trial} */ trial, /** @type {SweepAxis} */ axis) => (axis === metric ? trial.metric : trial.params[axis.name]);
  const choice = (/** @type {string} */ key, /** @type {SweepAxis} */ axis) => html`
    <select aria-label=${key === 'x' ? 'horizontal' : 'vertical'} value=${axis.name} onChange=${(/** @type {Event} */ event) => change({ [key]: /** @type {HTMLSelectElement} */ (event.target).value })}>${axes.map(one => html`<option key=${one.name} value=${one.name}>${one.name}</option>`)}</select>`;
  const ticks = (/** @type {SweepAxis} */ axis) => axis.marks;
  return html`
    <h2>${choice('y', up)}<span class="quiet over">over</span>${choice('x', across)}</h2>
    <svg class="scatter" viewBox=${`0 0 ${Width} ${Height}`} role="img" aria-label=${`${up.name} over ${across.name}; the table of trials has the numbers`}>
      ${ticks(up).map(mark => html`<g key=${mark.text}><line class="grid" x1=${Left} x2=${Right} y1=${Bottom - mark.at * (Bottom - Top)} y2=${Bottom - mark.at * (Bottom - Top)} /><text x=${Left - 8} y=${Bottom - mark.at * (Bottom - Top) + 4} text-anchor="end">${mark.text}</text></g>`)}
      ${ticks(across).map(mark => html`<g key=${mark.text}><line class="grid" y1=${Top} y2=${Bottom} x1=${Left + mark.at * (Right - Left)} x2=${Left + mark.at * (Right - Left)} /><text x=${Left + mark.at * (Right - Left)} y=${Bottom + 18} text-anchor="middle">${mark.text}</text></g>`)}
      <text class="axis-name" x=${(Left + Right) / 2} y=${Height - 3} text-anchor="middle">${across.name}${across.kind === 'log' ? ' (log)' : ''}</text>
      ${sweep.trials.map(trial => {
        const [x, y] = [across.place(valueOf(trial, across)), up.place(valueOf(trial, up))];
        const share = metric.place(trial.metric);
        return x !== null && y !== null && html`<circle key=${trial.run} class=${`${isInside(trial) ? '' : 'outside'} ${trial.run === marked ? 'marked' : ''}`} cx=${Left + x * (Right - Left)} cy=${Bottom - y * (Bottom - Top)} r=${trial.run === marked ? 7 : 5}
          fill=${share === null ? 'none' : scaleColor(sweep.maximize ? share : 1 - share, isDark)} onClick=${() => onMark(trial.run === marked ? null : trial.run)}>
          <title>${trial.run}${'\n'}${across.name} ${plain(valueOf(trial, across))}${'\n'}${up.name} ${plain(valueOf(trial, up))}${'\n'}${sweep.metric} ${number(trial.metric)}</title></circle>`;
      })}
    </svg>`;
}
