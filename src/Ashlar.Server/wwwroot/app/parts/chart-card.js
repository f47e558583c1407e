import { useMemo, useRef, useState } from 'preact/hooks';
import { useData } from '../core/api.js';
import { lineColor, lineDash } from '../core/colors.js';
import { csv, download } from '../core/csv.js';
import { moment, plural, whole } from '../core/format.js';
import { html } from '../core/html.js';
import { useLive } from '../core/live.js';
import { allPoints, drawable, loadSeries, positions, smooth } from '../core/series.js';
import { useTheme } from '../core/theme.js';
import { Fault, IconButton } from './basics.js';
import { zoomTo } from './chart-view.js';
import { DataTable } from './data-table.js';
import { Plot } from './plot.js';
import { useVisible } from './virtual.js';

/** @typedef {import('../types.js').ChartView} ChartView */
/** @typedef {import('../types.js').Shown} Shown */
/** @typedef {import('../types.js').Series} Series */
/** @typedef {import('../types.js').Line} Line */

/**
 * @param {Series[]} series
 * @param {Shown[]} runs
 * @param {ChartView} view
 * @param {boolean} isDark
 */
function makeLines(series, runs, view, isDark) {
  /** @type {Line[]} */
  const faint = [];
  /** @type {Line[]} */
  const strong = [];
  let hidden = 0;
  let broken = 0;
  for (const one of series) {
    const run = runs.find(candidate => candidate.id === one.run);
    if (!run) {
      continue;
    }
    const x = positions(one, view.axis, run.start);
    const base = { label: run.name, color: lineColor(run.slot, isDark), dash: lineDash(run.slot) };
    const raw = drawable(x, one.value, view.logX, view.logY);
    hidden += raw.hidden;
    broken += one.value.filter(value => value === null || !Number.isFinite(value)).length;
    if (view.smoothing > 0) {
      faint.push({ ...base, ...raw, key: `${run.id} raw`, width: 1, faint: true });
      strong.push({ ...base, ...drawable(x, smooth(one.value, view.smoothing), view.logX, view.logY), key: run.id, width: 1.75, faint: false });
    } else {
      strong.push({ ...base, ...raw, key: run.id, width: 1.5, faint: false });
    }
  }
  return { lines: [...faint, ...strong], hidden, broken };
}

/**
 * One metric of some runs. Points are asked for when the card is seen, again when the window of the axis changes, and again when a run has new ones.
 * @param {{ metric: string, runs: Shown[], view: ChartView, height?: number, isTable: boolean, onTable: () => void, onExpand?: () => void }} properties
 */
export function ChartCard({ metric, runs, view, height = 190, isTable, onTable, onExpand }) {
  const { element, isVisible } = useVisible();
  const { isDark } = useTheme();
  const wasVisible = useRef(false);
  wasVisible.current ||= isVisible;
  const pixels = Math.max(200, Math.round(element.current?.clientWidth ?? 600));
  const ids = runs.map(run => run.id).join();
  const { data, error, loading, reload } = useData(
    async signal => (wasVisible.current ? loadSeries(runs, metric, { axis: view.axis, range: view.zoom, pixels, signal }) : undefined),
    [ids, metric, view.axis, view.zoom?.[0], view.zoom?.[1], wasVisible.current],
  );
  useLive(event => isVisible && event.kind !== 'new' && runs.some(run => run.id === event.id), reload);

  const names = runs.map(run => `${run.name}${run.slot}`).join();
  const { lines, hidden, broken } = useMemo(
    () => makeLines(data ?? [], runs, view, isDark),
    [data, ids, names, view.axis, view.smoothing, view.logX, view.logY, isDark],
  );
  const shown = data?.reduce((sum, one) => sum + one.step.length, 0) ?? 0;
  const total = data?.reduce((sum, one) => sum + one.total, 0) ?? 0;
  const isReduced = data?.some(one => !one.exact) ?? false;

  return html`
    <section class="chart-card" ref=${element} aria-label=${metric} aria-busy=${String(loading)}>
      <header>
        <h3 title=${metric}>${metric}</h3>
        ${isReduced && html`<span class="note" title="Every column of pixels shows its least and greatest value, so no spike is lost. Zoom in for each point.">${whole(shown)} of ${whole(total)}</span>`}
        ${broken > 0 && html`<span class="note bad" title="values that are no finite number">${plural(broken, 'NaN', 'NaN')}</span>`}
        ${hidden > 0 && html`<span class="note" title="values of 0 and below have no place on a logarithmic axis">${whole(hidden)} ≤ 0</span>`}
        <div class="tools">
          ${view.zoom && html`<${IconButton} icon="reset" label="show everything" onClick=${() => zoomTo(null)} />`}
          <${IconButton} icon="table" label="table of the values" pressed=${isTable} onClick=${onTable} />
          <${CsvButton} metric=${metric} runs=${runs} />
          ${onExpand && html`<${IconButton} icon="expand" label="enlarge" onClick=${onExpand} />`}
        </div>
      </header>
      ${error ? html`<${Fault} error=${error} retry=${reload} />`
        : !isVisible && !isTable ? html`<div class="plot" style=${{ height: `${height}px` }}></div>`
        : data && data.length === 0 ? html`<div class="plot quiet" style=${{ height: `${height}px` }}>No points of this metric in these runs.</div>`
        : isTable ? html`<${SeriesTable} metric=${metric} series=${data ?? []} runs=${runs} height=${height} isReduced=${isReduced} />`
        : data ? html`<${Plot} lines=${lines} view=${view} height=${height} label=${metric} onZoom=${zoomTo} />`
        : html`<div class="plot" style=${{ height: `${height}px` }}></div>`}
    </section>`;
}

/** @param {{ metric: string, series: Series[], runs: Shown[], height: number, isReduced: boolean }} properties */
function SeriesTable({ metric, series, runs, height, isReduced }) {
  /** @type {number[]} */
  const ends = [];
  let count = 0;
  for (const one of series) {
    count += one.step.length;
    ends.push(count);
  }
  /** @param {number} index */
  const row = index => {
    const s = ends.findIndex(end => index < end);
    const i = index - (s > 0 ? ends[s - 1] : 0);
    const one = series[s];
    const value = one.value[i];
    return [runs.find(run => run.id === one.run)?.name ?? one.run, one.step[i], moment(one.time[i]), value === null ? 'NaN' : String(value)];
  };
  return html`<${DataTable} label=${`Values of ${metric}`} height=${height} count=${count} row=${row}
    columns=${[{ name: 'run' }, { name: 'step', isNumber: true }, { name: 'time' }, { name: 'value', isNumber: true }]}
    note=${isReduced && html`<p class="hint">The least and greatest value of each column of pixels. The CSV holds every point.</p>`} />`;
}

/** Every point, whatever the chart shows. @param {{ metric: string, runs: Shown[] }} properties */
function CsvButton({ metric, runs }) {
  const [progress, setProgress] = useState(/** @type {string | null} */ (null));
  const save = async () => {
    setProgress('…');
    try {
      const rows = [];
      let isWhole = true;
      for (const run of runs) {
        const points = await allPoints(run, metric, (count, total) => setProgress(total > 20_000 ? `${Math.round(100 * count / total)} %` : '…'));
        isWhole &&= points.isWhole;
        for (let i = 0; i < points.step.length; i++) {
          rows.push([run.id, run.name, points.step[i], new Date(points.time[i] * 1000).toISOString(), points.value[i] ?? 'NaN']);
        }
      }
      download(`${metric}${isWhole ? '' : '-part'}.csv`, csv(['run', 'name', 'step', 'time', metric], rows));
    } finally {
      setProgress(null);
    }
  };
  return html`<${IconButton} icon="csv" label="save every point as CSV" text=${progress} disabled=${progress !== null} onClick=${save} />`;
}
