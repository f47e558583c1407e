import { useState } from 'preact/hooks';
import { ask, ofRun, useData } from '../core/api.js';
import { scaleColor } from '../core/colors.js';
import { csv, download } from '../core/csv.js';
import { number } from '../core/format.js';
import { html } from '../core/html.js';
import { useLive } from '../core/live.js';
import { useTheme } from '../core/theme.js';
import { change, list, useAddress } from '../core/url.js';
import { Empty, Fault, IconButton } from '../parts/basics.js';
import { DataTable } from '../parts/data-table.js';
import { useVisible } from '../parts/virtual.js';

/** @typedef {import('../types.js').Histogram} Histogram */

const Ridges = 36;
const Width = 420;
const Height = 210;

/** Other writers end their buckets at infinity, which JSON does not know. @param {Histogram[]} histograms */
const unbounded = histograms => histograms.map(one => ({ ...one, limits: one.limits.map(limit => limit ?? Infinity) }));

/** Distributions over time, one card for each tag. @param {{ id: string }} properties */
export function Histograms({ id }) {
  const { query } = useAddress();
  const { data, error, reload } = useData(async signal => {
    const answer = await ask(`${ofRun(id)}/histograms`, {}, { signal });
    return /** @type {string[]} */ (answer.map((/** @type {string | { tag?: string, name?: string }} */ entry) => (typeof entry === 'string' ? entry : entry.tag ?? entry.name)));
  }, [id]);
  useLive(event => event.id === id, reload, 5000);
  if (!data) {
    return html`<${Fault} error=${error} retry=${reload} />`;
  }
  if (data.length === 0) {
    return html`<${Empty} title="No histogram was logged"><p>In the program: <code>Run.Current.LogHistogram("weight", tensor, step)</code></p><//>`;
  }
  const tables = list(query.get('tables'));
  return html`<div class="scroll"><div class="histograms">${data.map(tag => html`<${HistogramCard} key=${tag} id=${id} tag=${tag} isTable=${tables.includes(tag)} onTable=${() => change({ tables: (tables.includes(tag) ? tables.filter(other => other !== tag) : [...tables, tag]).join(',') })} />`)}</div></div>`;
}

/** @param {{ id: string, tag: string, isTable: boolean, onTable: () => void }} properties */
function HistogramCard({ id, tag, isTable, onTable }) {
  const { element, isVisible } = useVisible();
  const [chosen, setChosen] = useState(/** @type {number | null} */ (null));
  const { data, error, reload } = useData(async signal => (isVisible ? unbounded(await ask(`${ofRun(id)}/histograms`, { metric: tag }, { signal })) : undefined), [id, tag, isVisible]);
  useLive(event => isVisible && event.id === id, reload, 3000);
  const all = data ?? [];
  const current = all.length > 0 ? all[Math.min(all.length - 1, chosen ?? all.length - 1)] : null;
  const save = () => download(`${tag}-histograms.csv`, csv(['step', 'lower', 'upper', 'count'], all.flatMap(one => one.limits.map((upper, i) => [one.step, i > 0 ? one.limits[i - 1] : one.min, upper, one.counts[i]]))));
  return html`
    <section class="chart-card histogram" ref=${element} aria-label=${tag}>
      <header><h3 title=${tag}>${tag}</h3><div class="tools">
        <${IconButton} icon="table" label="table of the values" pressed=${isTable} onClick=${onTable} />
        <${IconButton} icon="csv" label="save as CSV" disabled=${all.length === 0} onClick=${save} />
      </div></header>
      <${Fault} error=${error} retry=${reload} />
      ${isTable && current ? html`<${DataTable} label=${`Histogram of ${tag} at step ${current.step}`} height=${Height} count=${current.counts.length}
          columns=${[{ name: 'from', isNumber: true }, { name: 'to', isNumber: true }, { name: 'count', isNumber: true }]}
          row=${(/** @type {number} */ i) => [number(i > 0 ? current.limits[i - 1] : current.min), number(current.limits[i]), number(current.counts[i])]} />`
        : html`<${RidgePlot} histograms=${all} chosen=${chosen ?? all.length - 1} label=${tag} />`}
      ${current && html`<footer>
        <label class="slider wide">step <input type="range" min="0" max=${all.length - 1} value=${chosen ?? all.length - 1} onInput=${(/** @type {InputEvent} */ event) => setChosen(Number(/** @type {HTMLInputElement} */ (event.target).value))} /><output>${number(current.step)}</output></label>
        <small>${number(current.min)} to ${number(current.max)}${current.count ? `, ${number(current.count)} values` : ''}</small>
      </footer>`}
    </section>`;
}

/** Later steps stand in front. @param {{ histograms: Histogram[], chosen: number, label: string }} properties */
function RidgePlot({ histograms, chosen, label }) {
  const { isDark } = useTheme();
  if (histograms.length === 0) {
    return html`<div style=${{ height: `${Height}px` }}></div>`;
  }
  const shown = histograms.length <= Ridges ? histograms : Array.from({ length: Ridges }, (_, i) => histograms[Math.round(i * (histograms.length - 1) / (Ridges - 1))]);
  const low = Math.min(...shown.map(one => one.min));
  const high = Math.max(...shown.map(one => one.max));
  const x = (/** @type {number} */ value) => 12 + (Width - 62) * (high > low ? (value - low) / (high - low) : 0.5);
  // Buckets may have any widths: what is drawn is the density.
  const densities = shown.map(one => one.counts.map((count, i) => {
    const from = Math.max(low, i > 0 ? one.limits[i - 1] : one.min);
    const to = Math.min(high, one.limits[i]);
    return { at: (from + to) / 2, density: to > from ? count / (to - from) : 0 };
  }).filter(bucket => Number.isFinite(bucket.at)));
  const top = Math.max(...densities.flat().map(bucket => bucket.density), 1e-300);
  const rise = shown.length > 1 ? 58 : Height - 60;
  const y = (/** @type {number} */ i) => rise + 14 + (Height - rise - 40) * (shown.length > 1 ? i / (shown.length - 1) : 1);
  const front = histograms[chosen];
  return html`
    <svg class="ridges" viewBox=${`0 0 ${Width} ${Height}`} role="img" aria-label=${`Distribution of ${label} over ${histograms.length} steps. The table has the numbers.`}>
      ${shown.map((one, i) => {
        const points = densities[i].map(bucket => `${x(bucket.at).toFixed(1)},${(y(i) - rise * bucket.density / top).toFixed(1)}`);
        const isFront = one === front;
        const path = `M${x(one.min).toFixed(1)},${y(i).toFixed(1)} L${points.join(' L')} L${x(one.max).toFixed(1)},${y(i).toFixed(1)}`;
        return html`<path key=${one.step} d=${`${path} Z`} class=${isFront ? 'front' : ''} fill=${scaleColor(shown.length > 1 ? 1 - i / (shown.length - 1) : 0.3, isDark)} />`;
      })}
      ${[low, (low + high) / 2, high].map((value, i) => html`<text key=${i} x=${x(value)} y=${Height - 6} text-anchor=${['start', 'middle', 'end'][i]}>${number(value)}</text>`)}
      <text x=${Width - 42} y=${y(0) + 4}>${number(shown[0].step)}</text>
      ${shown.length > 1 && html`<text x=${Width - 42} y=${y(shown.length - 1) + 4}>${number(shown[shown.length - 1].step)}</text>`}
    </svg>`;
}
