import { useMemo } from 'preact/hooks';
import { ask, useData } from '../core/api.js';
import { csv, download } from '../core/csv.js';
import { ago, number, plain, plural } from '../core/format.js';
import { html } from '../core/html.js';
import { useLive } from '../core/live.js';
import { change, go, list, useAddress } from '../core/url.js';
import { Empty, Fault, IconButton, StateMark } from '../parts/basics.js';
import { DataTable } from '../parts/data-table.js';
import { axisOf, rankCorrelation } from './axes.js';
import { loadSweep } from './load.js';
import { Parallel } from './parallel.js';
import { Scatter } from './scatter.js';

/** @typedef {import('../types.js').SweepRow} SweepRow */
/** @typedef {import('../types.js').Trial} Trial */

const Example = ['ashlar sweep sweep.yaml'];

export function SweepList() {
  const { data, error, reload } = useData(async signal => {
    const answer = await ask('/sweeps', {}, { signal });
    return /** @type {SweepRow[]} */ (Array.isArray(answer) ? answer : answer.sweeps);
  }, []);
  useLive(event => event.kind !== 'points', reload, 3000);
  if (!data) {
    return html`<main class="page"><${Fault} error=${error} retry=${reload} /></main>`;
  }
  if (data.length === 0) {
    return html`<main class="page"><${Empty} title="No sweeps yet" commands=${Example}><p>A sweep tries settings of a program: grid, random, TPE or successive halving. Every trial is a run.</p><//></main>`;
  }
  return html`<main class="page scroll"><div class="panels"><section class="panel wide"><h2>Sweeps</h2>
    <table class="plain"><thead><tr><th scope="col">sweep</th><th scope="col">started</th><th scope="col" class="number">trials</th></tr></thead>
      <tbody>${data.map(sweep => html`<tr key=${sweep.id}><td><a href=${`/sweeps/${encodeURIComponent(sweep.id)}`}>${sweep.id}</a></td><td>${ago(sweep.start ?? null)}</td><td class="number">${sweep.trials ?? '–'}</td></tr>`)}</tbody></table>
  </section></div></main>`;
}

/** Ranges of axes that were marked: lr:0.001..0.01. @param {string[]} marks @returns {Map<string, [number, number]>} */
function brushesOf(marks) {
  return new Map(marks.flatMap(mark => {
    const colon = mark.lastIndexOf(':');
    const [low, high] = mark.slice(colon + 1).split('..').map(Number);
    return Number.isFinite(low) && Number.isFinite(high) ? [/** @type {[string, [number, number]]} */ ([mark.slice(0, colon), [low, high]])] : [];
  }));
}

/** @param {{ id: string }} properties */
export function SweepPage({ id }) {
  const { query } = useAddress();
  const chosen = query.get('metric');
  const { data: sweep, error, reload } = useData(signal => loadSweep(id, chosen, signal), [id, chosen]);
  useLive(() => true, reload, 3000);
  const brushText = query.get('brush');
  const brushes = useMemo(() => brushesOf(list(brushText)), [brushText]);
  const axes = useMemo(() => (sweep ? [...sweep.parameters.map(name => axisOf(name, sweep.trials.map(trial => trial.params[name]))), axisOf(sweep.metric, sweep.trials.map(trial => trial.metric))] : []), [sweep]);
  if (!sweep) {
    return html`<main class="page">${error && html`<${Empty} title="This sweep cannot be shown" commands=${Example}><p>${error.message}</p><p><a href="/sweeps">All sweeps</a></p><//>`}</main>`;
  }
  const isInside = (/** @type {Trial} */ trial) => axes.every((axis, i) => {
    const brush = brushes.get(axis.name);
    const at = axis.place(i < sweep.parameters.length ? trial.params[axis.name] : trial.metric);
    return !brush || (at !== null && at >= brush[0] && at <= brush[1]);
  });
  /** @param {string} name @param {[number, number] | null} range Shares of the axis. */
  const brush = (name, range) => {
    const next = new Map(brushes);
    next.delete(name);
    if (range) {
      next.set(name, range);
    }
    change({ brush: [...next].map(([key, [low, high]]) => `${key}:${low.toFixed(3)}..${high.toFixed(3)}`).join(',') });
  };
  const key = query.get('order') ?? (sweep.maximize ? '-metric' : 'metric');
  const trials = sortTrials(sweep.trials.filter(isInside), key);
  const finished = sweep.trials.filter(trial => trial.metric !== null && Number.isFinite(trial.metric));
  const best = finished.length === 0 ? null : finished.reduce((a, b) => ((b.metric ?? 0) > (a.metric ?? 0) === sweep.maximize ? b : a));
  const marked = query.get('trial');
  const mark = (/** @type {string | null} */ run) => change({ trial: run });
  const save = () => download(`${id}.csv`, csv(['run', 'state', ...sweep.parameters, sweep.metric], sweep.trials.map(trial => [trial.run, trial.state, ...sweep.parameters.map(name => trial.params[name]), trial.metric])));
  return html`
    <main class="page scroll">
      <header class="run-head">
        <h1>${sweep.name}</h1>${sweep.name !== sweep.id && html`<code class="quiet">${sweep.id}</code>`}<span class="quiet">${sweep.method}, ${plural(sweep.trials.length, 'trial')}, ${sweep.maximize ? 'greatest' : 'least'}</span>
        <label class="choice"><select aria-label="metric" value=${sweep.metric} onChange=${(/** @type {Event} */ event) => change({ metric: /** @type {HTMLSelectElement} */ (event.target).value, brush: null, y: null })}>${[...new Set([sweep.metric, ...sweep.metrics])].map(name => html`<option key=${name} value=${name}>${name}</option>`)}</select></label>
        ${best && html`<span>best <a href=${`/runs/${encodeURIComponent(best.run)}`}>${number(best.metric)}</a></span>`}
        <span class="gap"></span>
        ${brushes.size > 0 && html`<span>${trials.length} inside the marks</span><${IconButton} icon="reset" label="take the marks away" text=" all" onClick=${() => change({ brush: null })} />`}
        <button type="button" disabled=${trials.length < 2} onClick=${() => go(`/compare?runs=${trials.slice(0, 8).map(trial => encodeURIComponent(trial.run)).join(',')}`)}>Compare the first ${Math.min(8, trials.length)}</button>
      </header>
      <div class="panels sweep">
        <section class="panel wide"><h2>Parameters and ${sweep.metric}</h2><${Parallel} axes=${axes} sweep=${sweep} isInside=${isInside} brushes=${brushes} onBrush=${brush} marked=${marked} onMark=${mark} /></section>
        <section class="panel"><${Scatter} axes=${axes} sweep=${sweep} isInside=${isInside} marked=${marked} onMark=${mark} /></section>
        <section class="panel">
          <h2>How each parameter goes with ${sweep.metric}</h2>
          <p class="quiet">Spearman's rank correlation over ${plural(finished.length, 'finished trial')}: 1 rises with it, −1 falls, 0 says nothing. It sees one parameter at a time.</p>
          <table class="plain correlation"><tbody>${axes.slice(0, -1).map(axis => {
            const value = rankCorrelation(finished.map(trial => [axis.place(trial.params[axis.name]), trial.metric]));
            return html`<tr key=${axis.name}><th scope="row">${axis.name}</th><td><div class="bar"><i style=${{ left: `${50 + Math.min(0, value || 0) * 50}%`, width: `${Math.abs(value || 0) * 50}%` }}></i></div></td><td class="number">${axis.kind === 'word' && axis.words.length > 2 ? html`<span title="its values have no order">–</span>` : Number.isNaN(value) ? '–' : value.toFixed(2)}</td></tr>`;
          })}</tbody></table>
        </section>
        <section class="panel wide">
          <h2>Trials <span class="count">${trials.length}</span><span class="gap"></span><${IconButton} icon="csv" label="save as CSV" onClick=${save} /></h2>
          <div class="line"><label class="choice">order <select value=${key} onChange=${(/** @type {Event} */ event) => change({ order: /** @type {HTMLSelectElement} */ (event.target).value })}>
            ${['-metric', 'metric', ...sweep.parameters.flatMap(name => [name, `-${name}`])].map(option => html`<option key=${option} value=${option}>${option.replace(/^-?metric$/, sweep.metric)}${option.startsWith('-') ? ', falling' : ', rising'}</option>`)}
          </select></label></div>
          <${DataTable} label="trials" height=${Math.min(520, 26 + trials.length * 24)} count=${trials.length}
            columns=${[{ name: 'run' }, { name: 'state' }, { name: sweep.metric, isNumber: true }, ...sweep.parameters.map(name => ({ name, isNumber: true }))]}
            row=${(/** @type {number} */ i) => [html`<a href=${`/runs/${encodeURIComponent(trials[i].run)}`}>${trials[i].run}</a>`, html`<${StateMark} state=${trials[i].state} />`, number(trials[i].metric), ...sweep.parameters.map(name => plain(trials[i].params[name]))]} />
        </section>
      </div>
    </main>`;
}

/** @param {Trial[]} trials @param {string} key */
function sortTrials(trials, key) {
  const isFalling = key.startsWith('-');
  const name = isFalling ? key.slice(1) : key;
  const value = (/** @type {Trial} */ trial) => (name === 'metric' ? trial.metric : trial.params[name]);
  return [...trials].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    // What has no value comes last either way.
    const order = (x === null || x === undefined ? 1 : 0) - (y === null || y === undefined ? 1 : 0);
    return order !== 0 ? order : (isFalling ? -1 : 1) * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x) < String(y) ? -1 : String(x) > String(y) ? 1 : 0);
  });
}
