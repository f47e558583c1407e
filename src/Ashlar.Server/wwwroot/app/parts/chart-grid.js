import { useRef } from 'preact/hooks';
import { whole } from '../core/format.js';
import { html } from '../core/html.js';
import { change, list, useAddress } from '../core/url.js';
import { Dialog, Field } from './basics.js';
import { ChartCard } from './chart-card.js';
import { ChartBar, useChartView } from './chart-view.js';
import { Icon } from './icons.js';
import { Legend } from './legend.js';
import { useWindow } from './virtual.js';

/** @typedef {import('../types.js').Shown} Shown */

const CardHeight = 236;
const HeadHeight = 30;
const LeastWidth = 250;

/** What sums up a run comes first, the machine last; all else keeps its order. @param {string} group */
const rank = group => (/^(val|test|eval)/i.test(group) ? 0 : /^train/i.test(group) ? 1 : /^(system|host|process)/i.test(group) ? 3 : 2);

/** Metrics by what stands before their first slash. @param {string[]} names */
function sections(names) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const name of names) {
    const slash = name.indexOf('/');
    const group = slash > 0 ? name.slice(0, slash) : '';
    const members = groups.get(group);
    if (members) {
      members.push(name);
    } else {
      groups.set(group, [name]);
    }
  }
  // A single metric is no section of its own.
  const alone = [...groups].filter(([group, members]) => group === '' || members.length === 1).flatMap(([, members]) => members);
  const others = [...groups].filter(([group, members]) => group !== '' && members.length > 1).sort((a, b) => rank(a[0]) - rank(b[0]));
  return alone.length > 0 ? /** @type {[string, string[]][]} */ ([['', alone], ...others]) : others;
}

/**
 * Rows of the grid: heads of sections, and cards side by side. Each knows where it stands, so that only what is seen is drawn.
 * @param {[string, string[]][]} groups
 * @param {string[]} closed
 * @param {number} across
 */
function layOut(groups, closed, across) {
  /** @type {{ top: number, height: number, group?: string, count?: number, isClosed?: boolean, metrics?: string[] }[]} */
  const rows = [];
  let top = 0;
  for (const [group, metrics] of groups) {
    const isClosed = group !== '' && closed.includes(group);
    if (group !== '') {
      rows.push({ top, height: HeadHeight, group, count: metrics.length, isClosed });
      top += HeadHeight;
    }
    for (let i = 0; !isClosed && i < metrics.length; i += across) {
      rows.push({ top, height: CardHeight, metrics: metrics.slice(i, i + across) });
      top += CardHeight;
    }
  }
  return { rows, height: top };
}

/**
 * The charts of some runs: any number of metrics, of which only those on the screen are drawn and asked for.
 * @param {{ runs: Shown[], metrics: string[], isComplete?: boolean, empty?: any }} properties
 */
export function ChartGrid({ runs, metrics, isComplete = true, empty }) {
  const { query } = useAddress();
  const view = useChartView();
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const seen = useWindow(box);
  const wanted = query.get('chart-search') ?? '';
  const tables = list(query.get('tables'));
  const closed = list(query.get('closed'));
  const large = query.get('chart');

  const words = wanted.toLowerCase().split(/\s+/).filter(word => word !== '');
  const found = words.length === 0 ? metrics : metrics.filter(name => words.every(word => name.toLowerCase().includes(word)));
  const across = Math.max(1, Math.floor((seen.width || 800) / LeastWidth));
  const { rows, height } = layOut(sections(found), closed, across);
  const drawn = rows.filter(row => row.top + row.height > seen.top - 300 && row.top < seen.top + seen.height + 300);

  /** @param {string[]} names @param {string} name */
  const toggled = (names, name) => (names.includes(name) ? names.filter(other => other !== name) : [...names, name]).join(',');

  return html`
    <div class="charts">
      <${ChartBar} view=${view}>
        <${Field} label="search metrics" placeholder=${`search ${whole(metrics.length)}${isComplete ? '' : '+'} metrics`} class="search" value=${wanted} onChange=${(/** @type {string} */ text) => change({ 'chart-search': text })} />
      <//>
      <div class="chart-scroll" ref=${box}>
        ${found.length === 0 && (metrics.length === 0 ? empty : html`<p class="hint">No metric has "${wanted}" in its name.</p>`)}
        <div class="chart-space" style=${{ height: `${height}px` }}>
          ${drawn.map(row => (row.metrics
            ? html`<div class="chart-row" key=${row.metrics[0]} style=${{ transform: `translateY(${row.top}px)`, gridTemplateColumns: `repeat(${across}, minmax(0, 1fr))` }}>
                ${row.metrics.map(metric => html`<${ChartCard} key=${metric} metric=${metric} runs=${runs} view=${view} isTable=${tables.includes(metric)}
                  onTable=${() => change({ tables: toggled(tables, metric) })} onExpand=${() => change({ chart: metric }, { push: true })} />`)}
              </div>`
            : html`<button type="button" class="chart-head" key=${`head ${row.group}`} style=${{ transform: `translateY(${row.top}px)` }} aria-expanded=${String(!row.isClosed)}
                onClick=${() => change({ closed: toggled(closed, row.group ?? '') })}><${Icon} name="chevron" />${row.group}<span class="count">${whole(row.count ?? 0)}</span></button>`))}
        </div>
      </div>
      ${large && html`<${Dialog} title=${large} wide onClose=${() => change({ chart: null })}>
        <${ChartBar} view=${view} />
        <${ChartCard} metric=${large} runs=${runs} view=${view} height=${Math.max(240, innerHeight - 300)} isTable=${tables.includes(large)} onTable=${() => change({ tables: toggled(tables, large) })} />
        <${Legend} runs=${runs} />
      <//>`}
    </div>`;
}
