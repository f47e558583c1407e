import { useData } from '../core/api.js';
import { csv, download } from '../core/csv.js';
import { plain, plural } from '../core/format.js';
import { html } from '../core/html.js';
import { Empty, Fault, IconButton } from '../parts/basics.js';
import { DataTable } from '../parts/data-table.js';
import { KeptChoice, useKeptChoice } from './kept-choice.js';
import { keptIn, readArtifact } from './kept.js';

/** @typedef {import('../types.js').RunDetail} RunDetail */

/** Tables that were logged, each with its steps. @param {{ run: RunDetail }} properties */
export function Tables({ run }) {
  const choice = useKeptChoice(keptIn(run.artifacts, 'tables'));
  const { artifact } = choice;
  const { data, error, reload } = useData(async signal => (artifact ? /** @type {{ columns: string[], rows: unknown[][] }} */ (await readArtifact(run.id, artifact, signal)) : null), [run.id, artifact?.sha256]);
  if (!artifact) {
    return html`<${Empty} title="No table was logged"><p>In the program: <code>Run.Current.LogTable("mistakes", columns, rows)</code></p><//>`;
  }
  return html`
    <div class="scroll">
      <div class="chart-bar"><${KeptChoice} ...${choice} /><b>${choice.name}</b><span class="quiet">${data && plural(data.rows.length, 'row')}</span><span class="gap"></span>
        <${IconButton} icon="csv" label="save as CSV" disabled=${!data} onClick=${() => data && download(`${choice.name}.csv`, csv(data.columns, data.rows))} /></div>
      <${Fault} error=${error} retry=${reload} />
      ${data && html`<${DataTable} label=${choice.name} height="calc(100vh - 170px)" count=${data.rows.length}
        columns=${data.columns.map((name, i) => ({ name, isNumber: typeof data.rows[0]?.[i] === 'number' }))} row=${(/** @type {number} */ i) => data.rows[i].map(plain)} />`}
    </div>`;
}
