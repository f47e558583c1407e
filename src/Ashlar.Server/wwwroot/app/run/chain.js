import { ask, ofRun, useData } from '../core/api.js';
import { csv, download } from '../core/csv.js';
import { short, whole } from '../core/format.js';
import { html } from '../core/html.js';
import { Fault, IconButton } from '../parts/basics.js';
import { DataTable } from '../parts/data-table.js';

const Parts = ['weights', 'optimizer', 'loader', 'counters', 'hash'];

/** The chain of hashes: two runs are equal as far as their chains are. @param {{ id: string }} properties */
export function Chain({ id }) {
  const { data, error } = useData(signal => ask(`${ofRun(id)}/chain`, {}, { signal }), [id]);
  const links = /** @type {Record<string, string | number>[]} */ (Array.isArray(data) ? data : data?.links ?? []);
  return html`
    <section class="panel wide">
      <h2>Hash chain <span class="count">${whole(links.length)}</span><span class="gap"></span>${links.length > 0 && html`<${IconButton} icon="csv" label="save as CSV" onClick=${() => download(`${id}-chain.csv`, csv(['step', ...Parts], links.map(link => ['step', ...Parts].map(part => link[part]))))} />`}</h2>
      <${Fault} error=${error} />
      ${links.length === 0 ? html`<p class="quiet">No link was written. A trainer with <code>Run.Current.Chain</code> among its callbacks writes one every few steps and at each checkpoint.</p>` : html`
        <p class="quiet">Each line names weights, optimizer, loader and counters at a step. The first line that differs between two runs is the interval in which they parted.</p>
        <${DataTable} label="hash chain" height=${Math.min(320, 26 + links.length * 24)} count=${links.length} columns=${[{ name: 'step', isNumber: true }, ...Parts.map(name => ({ name }))]}
          row=${(/** @type {number} */ i) => [links[i].step, ...Parts.map(part => html`<code title=${links[i][part]}>${short(String(links[i][part] ?? ''))}</code>`)]} />`}
    </section>`;
}
