import { ago, moment, number, plain, took } from '../core/format.js';
import { html } from '../core/html.js';
import { StateMark } from '../parts/basics.js';

/** @typedef {import('../types.js').RunRow} RunRow */

/**
 * @typedef {object} Column
 * @property {string} key As it stands in the address: state, took, params.lr, metrics.accuracy, tags.owner.
 * @property {string} title
 * @property {string} kind What comes before the name: run, params, metrics or tags.
 * @property {string | null} field How the filter and sorting spell it; null where the server cannot sort.
 * @property {boolean} isNumber
 * @property {number} width Pixels.
 * @property {(run: RunRow) => any} cell
 * @property {(run: RunRow) => string | number | boolean | null | undefined} value For groups and CSV.
 */

/** @param {string} prefix @param {string} name */
export const fieldOf = (prefix, name) => `${prefix}.${/^[A-Za-z_]\w*(\.\w+)*$/.test(name) ? name : `\`${name}\``}`;

/** @param {Record<string, string>} tags */
const tagMarks = tags => Object.entries(tags).map(([key, value]) => html`<span class="tag" key=${key}>${key}${value && value !== 'true' ? `: ${value}` : ''}</span>`);

/** @type {Record<string, Omit<Column, 'key' | 'kind'>>} */
const OfRun = {
  state: { title: 'state', field: 'state', isNumber: false, width: 118, cell: run => html`<${StateMark} state=${run.state} />`, value: run => run.state },
  experiment: { title: 'experiment', field: 'experiment', isNumber: false, width: 100, cell: run => run.experiment, value: run => run.experiment },
  start: { title: 'started', field: 'start', isNumber: false, width: 92, cell: run => html`<time title=${moment(run.start)}>${ago(run.start)}</time>`, value: run => run.start },
  took: { title: 'took', field: null, isNumber: true, width: 88, cell: run => took(run), value: run => (run.start && run.end ? (Date.parse(run.end) - Date.parse(run.start)) / 1000 : null) },
  tags: { title: 'tags', field: null, isNumber: false, width: 130, cell: run => tagMarks(run.tags), value: run => Object.entries(run.tags).map(([key, value]) => (value ? `${key}: ${value}` : key)).join('; ') },
  sweep: { title: 'sweep', field: 'sweep', isNumber: false, width: 110, cell: run => run.sweep && html`<a href=${`/sweeps/${encodeURIComponent(run.sweep)}`} tabIndex=${-1}>${run.sweep}</a>`, value: run => run.sweep },
  id: { title: 'id', field: 'id', isNumber: false, width: 176, cell: run => html`<code>${run.id}</code>`, value: run => run.id },
};

export const RunColumns = Object.keys(OfRun);

/** @param {string} key @returns {Column | null} */
export function columnOf(key) {
  if (key in OfRun) {
    return { key, kind: 'run', ...OfRun[key] };
  }
  const dot = key.indexOf('.');
  const kind = key.slice(0, dot);
  const name = key.slice(dot + 1);
  const width = Math.min(200, Math.max(84, name.length * 7.2 + 30));
  if (kind === 'metrics') {
    return { key, kind, title: name, field: fieldOf(kind, name), isNumber: true, width, cell: run => (name in run.metrics ? number(run.metrics[name] ?? NaN) : ''), value: run => run.metrics[name] };
  }
  if (kind === 'params') {
    return {
      key, kind, title: name, field: fieldOf(kind, name), isNumber: true, width,
      cell: run => (name in run.params ? plain(run.params[name]) : ''), value: run => run.params[name],
    };
  }
  return kind === 'tags' ? { key, kind, title: name, field: fieldOf(kind, name), isNumber: false, width, cell: run => run.tags[name], value: run => run.tags[name] } : null;
}

/**
 * What a table shows before anyone chose: parameters that differ, and metrics whose names say that they sum up a run.
 * @param {RunRow[]} runs
 */
export function usualColumns(runs) {
  const params = new Map();
  const metrics = new Map();
  for (const run of runs) {
    for (const [name, value] of Object.entries(run.params)) {
      params.set(name, (params.get(name) ?? new Set()).add(String(value)));
    }
    for (const name of Object.keys(run.metrics).slice(0, 200)) {
      metrics.set(name, (metrics.get(name) ?? 0) + 1);
    }
  }
  const differing = [...params].filter(([name, values]) => values.size > 1 && !/seed/i.test(name)).slice(0, 3).map(([name]) => `params.${name}`);
  /** @param {string} name */
  const rank = name => (/system|learning_?rate|gradient|throughput|time|epoch/i.test(name) ? 0 : 1) + (/val|test|eval/i.test(name) ? 2 : 0) + (/acc|loss|f1|auc|score|perplex/i.test(name) ? 4 : 0);
  const telling = [...metrics].sort((a, b) => rank(b[0]) - rank(a[0]) || b[1] - a[1]).filter(([name]) => rank(name) > 0).slice(0, 2).map(([name]) => `metrics.${name}`);
  return ['state', 'start', ...telling, ...differing, 'took'];
}
