import { useState } from 'preact/hooks';
import { ask, useData } from '../core/api.js';
import { slots } from '../core/colors.js';
import { csv, download } from '../core/csv.js';
import { ago, number, plain, plural } from '../core/format.js';
import { html } from '../core/html.js';
import { useLive } from '../core/live.js';
import { change, list, useAddress } from '../core/url.js';
import { Empty, Fault, IconButton, StateMark } from '../parts/basics.js';
import { ChartGrid } from '../parts/chart-grid.js';
import { Icon } from '../parts/icons.js';
import { LineMark } from '../parts/legend.js';
import { useMetrics } from '../parts/metric-names.js';
import { Picker } from './picker.js';

/** @typedef {import('../types.js').Comparison} Comparison */
/** @typedef {import('../types.js').ComparisonRow} ComparisonRow */
/** @typedef {import('../types.js').Shown} Shown */

/** Rows of a section that are drawn at once. */
const Most = 400;

export function ComparePage() {
  const { query } = useAddress();
  const ids = list(query.get('runs'));
  const [isPicking, setPicking] = useState(false);
  const onlyDifferent = query.get('rows') !== 'all';
  const { data, error, reload } = useData(async signal => (ids.length === 0 ? null : /** @type {Comparison} */ (await ask('/compare', { runs: ids.join(',') }, { signal }))), [ids.join()]);
  useLive(event => ids.includes(event.id), reload, 4000);
  const { metrics, isComplete } = useMetrics(ids);
  /** @param {string[]} next */
  const choose = next => change({ runs: next.join(',') }, { push: true });

  // One dialog for both views, so that it stays open when the first run is chosen.
  const picker = isPicking && html`<${Picker} key="picker" chosen=${ids} onChoose=${choose} onClose=${() => setPicking(false)} />`;
  if (ids.length === 0) {
    return html`<main class="page"><${Empty} title="Nothing to compare yet" commands=${['ashlar runs compare @last @best:accuracy']}>
      <p>Choose runs in the <a href="/">table</a> and press <kbd>c</kbd>, or add them here:</p><p><button type="button" class="primary" onClick=${() => setPicking(true)}>Add runs</button></p>
    <//></main>${picker}`;
  }
  const runs = data?.runs ?? [];
  const places = slots(ids);
  const shown = runs.map(run => ({ id: run.id, name: run.name, start: run.start, slot: places.get(run.id) ?? 0 }));
  const save = () => download('compare.csv', csv(['section', 'name', 'differs', ...runs.map(run => run.id)], (data?.sections ?? []).flatMap(section => section.rows.map(row => [section.name, row.name, row.differs, ...row.values.map(plainCsv)]))));
  return html`
    <main class="page compare-page">
      <section class="differences" aria-label="differences">
        <div class="table-status">
          <span>${plural(runs.length, 'run')}</span>
          <button type="button" onClick=${() => setPicking(true)}>Add runs</button>
          <button type="button" class="toggle" aria-pressed=${String(onlyDifferent)} onClick=${() => change({ rows: onlyDifferent ? 'all' : null })}>only what differs</button>
          <span class="gap"></span>
          <${IconButton} icon="csv" label="save as CSV" disabled=${!data} onClick=${save} />
        </div>
        <${Fault} error=${error} retry=${reload} />
        <div class="compare-scroll" tabIndex=${0} role="region" aria-label="table of differences">
          ${data && html`<table class="compare">
            <thead><tr><td></td>${shown.map((run, i) => html`<th scope="col" key=${run.id}>
              <div><${LineMark} slot=${run.slot} /><a href=${`/runs/${encodeURIComponent(run.id)}`} title=${run.id}>${run.name}</a><${IconButton} icon="close" label=${`take ${run.name} out`} onClick=${() => choose(ids.filter(id => id !== run.id))} /></div>
              <small>${i === 0 ? 'the others are held against it' : html`<button type="button" class="link" onClick=${() => choose([run.id, ...ids.filter(id => id !== run.id)])}>make it the first</button>`}</small>
              <small><${StateMark} state=${runs[i].state} /> ${ago(runs[i].start)}</small>
            </th>`)}</tr></thead>
            ${data.sections.map(section => html`<${Section} key=${section.name} section=${section} onlyDifferent=${onlyDifferent} width=${runs.length + 1} />`)}
          </table>`}
        </div>
      </section>
      <section class="chart-side" aria-label="charts"><${ChartGrid} runs=${shown} metrics=${metrics.map(metric => metric.name)} isComplete=${isComplete} empty=${isComplete && html`<p class="hint">These runs have logged no metric.</p>`} /></section>
    </main>${picker}`;
}

/** @param {unknown} value */
const plainCsv = value => (value !== null && typeof value === 'object' ? JSON.stringify(value) : value);

/** @param {{ section: { name: string, rows: ComparisonRow[] }, onlyDifferent: boolean, width: number }} properties */
function Section({ section, onlyDifferent, width }) {
  const { query } = useAddress();
  const closed = list(query.get('closed-sections'));
  const isClosed = closed.includes(section.name);
  const differing = section.rows.filter(row => row.differs);
  const rows = onlyDifferent ? differing : section.rows;
  return html`<tbody>
    <tr class="section-head"><th colSpan=${width} scope="rowgroup"><button type="button" aria-expanded=${String(!isClosed)} onClick=${() => change({ 'closed-sections': (isClosed ? closed.filter(name => name !== section.name) : [...closed, section.name]).join(',') })}>
      <${Icon} name="chevron" />${section.name} <span class="count">${section.rows.length === 0 ? 'nothing recorded' : differing.length === 0 ? `${plural(section.rows.length, 'row')}, all equal` : `${differing.length} of ${section.rows.length} differ`}</span></button></th></tr>
    ${!isClosed && rows.slice(0, Most).map(row => html`<tr key=${row.name} class=${row.differs ? 'differs' : ''}><th scope="row">${row.name}</th>${row.values.map((value, i) => html`<${Cell} key=${i} value=${value} first=${row.values[0]} isFirst=${i === 0} isMetric=${section.name === 'metrics'} />`)}</tr>`)}
    ${!isClosed && rows.length > Most && html`<tr><td colSpan=${width} class="quiet">and ${rows.length - Most} more; the CSV has them.</td></tr>`}
  </tbody>`;
}

/** @param {{ value: unknown, first: unknown, isFirst: boolean, isMetric: boolean }} properties */
function Cell({ value, first, isFirst, isMetric }) {
  const isOther = !isFirst && JSON.stringify(value ?? null) !== JSON.stringify(first ?? null);
  const text = value === undefined || value === null ? (isMetric ? 'NaN' : '–') : /^[0-9a-f]{40,64}$/.test(String(value)) ? String(value).slice(0, 10) : plain(value);
  const difference = isOther && typeof value === 'number' && typeof first === 'number' ? value - first : null;
  return html`<td class=${`${isOther ? 'other' : ''} ${typeof value === 'number' ? 'number' : ''}`} title=${value === null || value === undefined ? undefined : String(plainCsv(value))}>${text}${difference !== null && isMetric && html` <small>${difference > 0 ? '+' : ''}${number(Number(difference.toPrecision(3)))}</small>`}</td>`;
}
