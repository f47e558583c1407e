import { useMemo } from 'preact/hooks';
import { html } from '../core/html.js';
import { change, useAddress } from '../core/url.js';
import { IconButton } from './basics.js';

/** @typedef {import('../types.js').ChartView} ChartView */

/** How the charts of this address are drawn. @returns {ChartView} */
export function useChartView() {
  const { query } = useAddress();
  const [axis, smoothing, log, outliers, zoom] = ['axis', 'smooth', 'log', 'outliers', 'zoom'].map(name => query.get(name));
  return useMemo(() => {
    const range = zoom?.split('..').map(Number);
    return {
      axis: axis === 'time' || axis === 'relative' ? axis : 'step',
      smoothing: Math.min(0.999, Math.max(0, Number(smoothing ?? 0) || 0)),
      logX: log?.includes('x') ?? false,
      logY: log?.includes('y') ?? false,
      outliers: outliers === 'trim',
      zoom: range?.length === 2 && range.every(Number.isFinite) && range[0] < range[1] ? [range[0], range[1]] : null,
    };
  }, [axis, smoothing, log, outliers, zoom]);
}

/** @param {[number, number] | null} range */
export const zoomTo = range => change({ zoom: range && range.map(edge => Number(edge.toPrecision(12))).join('..') }, { push: true });

/** @param {boolean} x @param {boolean} y */
const logOf = (x, y) => `${x ? 'x' : ''}${y ? 'y' : ''}`;

/** What all charts of the page have in common. @param {{ view: ChartView, children?: any }} properties */
export const ChartBar = ({ view, children }) => html`
  <div class="chart-bar" role="toolbar" aria-label="charts">
    <div class="segments" role="group" aria-label="horizontal axis">
      ${/** @type {const} */ (['step', 'relative', 'time']).map(axis => html`
        <button type="button" key=${axis} aria-pressed=${String(view.axis === axis)} title=${{ step: 'steps', relative: 'time since the start of the run', time: 'time of day' }[axis]}
          onClick=${() => change({ axis: axis === 'step' ? null : axis, zoom: null })}>${axis === 'relative' ? 'since start' : axis}</button>`)}
    </div>
    <div class="segments" role="group" aria-label="logarithmic axes">
      <button type="button" aria-pressed=${String(view.logX)} onClick=${() => change({ log: logOf(!view.logX, view.logY) })}>log x</button>
      <button type="button" aria-pressed=${String(view.logY)} onClick=${() => change({ log: logOf(view.logX, !view.logY) })}>log y</button>
    </div>
    <button type="button" class="toggle" aria-pressed=${String(view.outliers)} title="leave the lowest and highest hundredth of the values out of the range" onClick=${() => change({ outliers: view.outliers ? null : 'trim' })}>trim outliers</button>
    <label class="slider">smoothing
      <input type="range" min="0" max="0.99" step="0.01" value=${view.smoothing} onInput=${(/** @type {InputEvent} */ event) => change({ smooth: Number(/** @type {HTMLInputElement} */ (event.target).value) || null })} />
      <output>${view.smoothing ? view.smoothing.toFixed(2) : 'off'}</output>
    </label>
    ${view.zoom && html`<${IconButton} icon="reset" label="show everything" text=" all" onClick=${() => zoomTo(null)} />`}
    ${children}
  </div>`;
