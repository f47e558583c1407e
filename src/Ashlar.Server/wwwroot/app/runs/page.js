import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import { ask, ofRun, useData } from '../core/api.js';
import { slots } from '../core/colors.js';
import { csv, download } from '../core/csv.js';
import { plural } from '../core/format.js';
import { html } from '../core/html.js';
import { useKeys } from '../core/keys.js';
import { useLive } from '../core/live.js';
import { change, go, list, useAddress } from '../core/url.js';
import { Empty, Fault, Field, IconButton } from '../parts/basics.js';
import { ChartGrid } from '../parts/chart-grid.js';
import { useMetrics } from '../parts/metric-names.js';
import { ColumnChoice } from './column-choice.js';
import { columnOf, usualColumns } from './columns.js';
import { useGroups } from './groups.js';
import { MostGrouped, useNames, useRuns } from './source.js';
import { RunTable } from './table.js';
import { quoted, Where } from './where.js';

/** @typedef {import('../types.js').RunRow} RunRow */
/** @typedef {import('./table.js').TableLine} TableLine */

/** Runs whose charts are shown while none is selected. */
const Charted = 6;

/** The filter that the two fields make together. @param {string} where @param {string} search */
function condition(where, search) {
  const words = search.trim().split(/\s+/).filter(word => word !== '').map(word => `(name contains ${quoted(word)} or id contains ${quoted(word)} or experiment contains ${quoted(word)})`);
  return [...(where ? [words.length > 0 ? `(${where})` : where] : []), ...words].join(' and ');
}

export function RunsPage() {
  const { query } = useAddress();
  const where = query.get('where') ?? '';
  const search = query.get('search') ?? '';
  const sort = query.get('sort') ?? '-start';
  const by = query.get('group');
  const selected = list(query.get('selected'));
  const pinned = list(query.get('pinned'));
  const folded = list(query.get('folded'));
  const withCharts = query.get('charts') !== 'off';
  const [isChoosing, setChoosing] = useState(false);
  const filter = condition(where, search);

  // Columns that nobody chose follow from the newest runs, once.
  const first = useData(signal => ask('/runs', { sort: '-start', limit: 20 }, { signal }), []);
  const newest = /** @type {RunRow[]} */ (first.data?.runs ?? []);
  const usual = useRef(/** @type {string[] | null} */ (null));
  if (newest.length > 0) {
    usual.current ??= usualColumns(newest);
  }
  const chosen = query.has('columns') ? list(query.get('columns')) : usual.current ?? ['state', 'start', 'took'];
  const columns = useMemo(() => chosen.map(columnOf).filter(column => column !== null), [chosen.join()]);
  // Never empty: without columns the server sends every metric of every run.
  const asked = useMemo(() => ['state', ...columns.filter(column => column.kind !== 'run').map(column => column.key)], [columns]);

  const source = useRuns({ where: filter, sort, columns: asked });
  const { groups, isCut, error: groupError } = useGroups({ where: filter, sort, columns: asked, by });
  const names = useNames(newest);
  const pins = useFew(pinned);
  const lines = useMemo(() => groups?.flatMap(group => /** @type {TableLine[]} */ ([{ group }, ...(folded.includes(group.key) ? [] : group.runs.map(run => ({ run })))])), [groups, folded.join()]);

  /** @param {number} index @returns {TableLine} */
  const line = index => (index < pins.length ? { run: pins[index], isPinned: true } : lines ? lines[index - pins.length] ?? {} : { run: source.at(index - pins.length) });
  const onSee = useCallback((/** @type {number} */ from, /** @type {number} */ end) => source.see(Math.max(0, from - pins.length), Math.max(1, end - pins.length)), [source.see, pins.length]);

  const loaded = source.loaded();
  const others = useFew(selected.filter(id => !loaded.some(run => run.id === id) && !pins.some(run => run.id === id)));
  const charted = selected.length > 0
    ? selected.flatMap(id => loaded.find(run => run.id === id) ?? pins.find(run => run.id === id) ?? others.find(run => run.id === id) ?? [])
    : [...pins, ...loaded.filter(run => !pinned.includes(run.id))].slice(0, Charted);
  const places = slots(withCharts ? charted.map(run => run.id) : []);
  const shown = charted.map(run => ({ id: run.id, name: run.name, start: run.start, slot: places.get(run.id) ?? 0 }));

  /** @param {string[]} ids @param {string} id */
  const toggled = (ids, id) => (ids.includes(id) ? ids.filter(other => other !== id) : [...ids, id]).join(',');
  const compare = () => selected.length > 1 && go(`/compare?runs=${selected.map(encodeURIComponent).join(',')}`);
  useKeys({
    '/': () => document.getElementById('where')?.focus(),
    s: () => document.getElementById('search')?.focus(),
    c: compare,
    v: () => change({ charts: withCharts ? 'off' : null }),
    l: () => setChoosing(true),
    j: () => /** @type {HTMLElement | null} */ (document.querySelector('.run-table [data-row][tabindex="0"]'))?.focus(),
    Escape: () => change({ selected: null }),
  });

  const isEmpty = first.data && newest.length === 0 && !where && !search;
  if (isEmpty) {
    return html`<main class="page"><${Empty} title="No runs yet" commands=${['ashlar train digits', 'ashlar run train.cs lr=0.01']}>
      <p>A run appears here as soon as it starts. Train one of the examples, or run a program of your own:</p>
    <//></main>`;
  }

  const saveTable = () => {
    const rows = [...pins, ...loaded.filter(run => !pinned.includes(run.id))];
    download('runs.csv', csv(['id', 'name', ...columns.map(column => column.key)], rows.map(run => [run.id, run.name, ...columns.map(column => column.value(run))])));
  };
  const badWhere = source.error && 'status' in source.error && source.error.status === 400 ? source.error.message : null;
  return html`
    <main class="page runs-page ${withCharts ? '' : 'alone'}">
      <div class="filter-bar">
        <${Where} value=${where} names=${names} error=${badWhere} onChange=${(/** @type {string} */ text) => change({ where: text })} />
        <${Field} id="search" class="search" label="search runs" placeholder="search names" value=${search} onChange=${(/** @type {string} */ text) => change({ search: text })} />
        <label class="choice">group by
          <select value=${by ?? ''} onChange=${(/** @type {Event} */ event) => change({ group: /** @type {HTMLSelectElement} */ (event.target).value, folded: null })}>
            <option value="">nothing</option>
            ${['experiment', 'state', 'sweep', ...names.tags.map(name => `tags.${name}`), ...names.params.slice(0, 200).map(name => `params.${name}`)].map(key => html`<option key=${key} value=${key}>${key}</option>`)}
          </select>
        </label>
        <${IconButton} icon="columns" label="choose columns (l)" text="columns" onClick=${() => setChoosing(true)} />
        <button type="button" class="toggle" aria-pressed=${String(withCharts)} title="charts beside the table (v)" onClick=${() => change({ charts: withCharts ? 'off' : null })}>charts</button>
      </div>
      <section class="table-side" aria-label="table of runs">
        <div class="table-status" aria-live="polite">
          <span>${source.isLoaded || source.total > 0 ? plural(source.total, 'run') : '…'}${groups ? ` in ${plural(groups.length, 'group')}` : ''}${isCut ? `, the first ${MostGrouped} of them` : ''}</span>
          ${selected.length > 0 && html`
            <span>${selected.length} selected</span>
            <button type="button" class="link" onClick=${() => change({ selected: null })}>clear</button>
            <button type="button" class="primary" disabled=${selected.length < 2} title="compare the selected runs (c)" onClick=${compare}>Compare</button>`}
          <span class="gap"></span>
          <${IconButton} icon="csv" label="save the rows that were looked at as CSV" onClick=${saveTable} />
        </div>
        ${!badWhere && html`<${Fault} error=${source.error ?? groupError} retry=${source.refresh} />`}
        ${source.isLoaded && source.total === 0 && pins.length === 0 && !badWhere
          ? html`<${Empty} title="No run meets the condition" commands=${[`ashlar runs ls --where '${filter}'`]}><p><button type="button" class="link" onClick=${() => change({ where: null, search: null })}>Take the condition away</button>, or see what it finds at the command line:</p><//>`
          : html`<${RunTable} count=${pins.length + (lines ? lines.length : source.total)} line=${line} onSee=${onSee} columns=${columns} sort=${sort} onSort=${(/** @type {string} */ next) => change({ sort: next === '-start' ? null : next })}
              selected=${selected} onSelect=${(/** @type {string} */ id) => change({ selected: toggled(selected, id) })} pinned=${pinned} onPin=${(/** @type {string} */ id) => change({ pinned: toggled(pinned, id) })}
              slots=${places} isGrouped=${groups !== null} closed=${folded} onFold=${(/** @type {string} */ key) => change({ folded: toggled(folded, key) })} />`}
      </section>
      ${withCharts && html`<section class="chart-side" aria-label="charts"><${SideCharts} runs=${shown} /></section>`}
      ${isChoosing && html`<${ColumnChoice} chosen=${chosen} names=${names} onClose=${() => setChoosing(false)} onChange=${(/** @type {string[] | null} */ keys) => change({ columns: keys ? keys.join(',') || 'state' : null })} />`}
    </main>`;
}

/** @param {{ runs: import('../types.js').Shown[] }} properties */
function SideCharts({ runs }) {
  const { metrics, isComplete } = useMetrics(runs.map(run => run.id));
  const own = metrics.map(metric => metric.name);
  return html`<${ChartGrid} runs=${runs} metrics=${own} isComplete=${isComplete} empty=${isComplete && html`<p class="hint">These runs have logged no metric. In a program: <code>Run.Current.Log("loss", loss, step)</code></p>`} />`;
}

/** Some runs by their ids, for rows that stand outside the page of the table. @param {string[]} ids @returns {RunRow[]} */
function useFew(ids) {
  const { data, reload } = useData(async signal => (ids.length === 0 ? [] : (await Promise.allSettled(ids.map(id => ask(ofRun(id), {}, { signal }))))
    .flatMap(result => (result.status === 'fulfilled' ? [result.value] : []))), [ids.join()]);
  useLive(event => ids.includes(event.id), reload, 3000);
  return (data ?? []).filter(run => ids.includes(run.id));
}
