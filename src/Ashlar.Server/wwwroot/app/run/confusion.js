import { useEffect, useRef } from 'preact/hooks';
import { useData } from '../core/api.js';
import { csv, download } from '../core/csv.js';
import { number, whole } from '../core/format.js';
import { html } from '../core/html.js';
import { scaleColor } from '../core/colors.js';
import { useTheme } from '../core/theme.js';
import { change, useAddress } from '../core/url.js';
import { Empty, Fault, IconButton } from '../parts/basics.js';
import { DataTable } from '../parts/data-table.js';
import { KeptChoice, useKeptChoice } from './kept-choice.js';
import { keptIn, readArtifact } from './kept.js';

/** @typedef {import('../types.js').RunDetail} RunDetail */

/** More classes than this are drawn as a picture, with the worst pairs beside it. */
const MostCells = 40;

/** Confusion matrices that were logged, each with its steps. @param {{ run: RunDetail }} properties */
export function Confusion({ run }) {
  const { query } = useAddress();
  const { isDark } = useTheme();
  const byRow = query.get('share') === 'rows';
  const choice = useKeptChoice(keptIn(run.artifacts, 'confusion'));
  const { artifact } = choice;
  const { data, error, reload } = useData(async signal => (artifact ? readArtifact(run.id, artifact, signal) : null), [run.id, artifact?.sha256]);
  if (error) {
    return html`<${Fault} error=${error} retry=${reload} />`;
  }
  if (data === undefined) {
    return null;
  }
  if (!data || !data.matrix || data.matrix.length === 0) {
    return html`<${Empty} title="No confusion matrix was logged"><p>In the program: <code>Run.Current.LogConfusionMatrix("validation", matrix, step)</code></p><//>`;
  }
  /** @type {{ classes: string[], matrix: number[][], step: number | null }} */
  const { classes, matrix, step } = data;
  const rows = matrix.map(row => row.reduce((sum, count) => sum + count, 0));
  const columns = classes.map((_, j) => matrix.reduce((sum, row) => sum + row[j], 0));
  const total = rows.reduce((sum, count) => sum + count, 0);
  const right = matrix.reduce((sum, row, i) => sum + row[i], 0);
  const pairs = matrix.flatMap((row, i) => row.map((count, j) => ({ i, j, count }))).filter(pair => pair.i !== pair.j && pair.count > 0).sort((a, b) => b.count - a.count);
  const greatest = Math.max(1, ...matrix.map(row => Math.max(...row)));
  /** @param {number} i @param {number} j */
  const share = (i, j) => (byRow ? (rows[i] > 0 ? matrix[i][j] / rows[i] : 0) : matrix[i][j] / greatest);
  return html`
    <div class="scroll">
      <div class="chart-bar">
        <${KeptChoice} ...${choice} />
        <button type="button" class="toggle" aria-pressed=${String(byRow)} onClick=${() => change({ share: byRow ? null : 'rows' })}>shares of each class</button>
        <span class="quiet">${step === null ? '' : `step ${step}, `}${whole(total)} examples, ${number(100 * right / Math.max(1, total))} % right</span>
        <span class="gap"></span>
        <${IconButton} icon="csv" label="save as CSV" onClick=${() => download(`${choice.name}-confusion.csv`, csv(['class', ...classes], matrix.map((row, i) => [classes[i], ...row])))} />
      </div>
      <div class="confusion">
        ${classes.length <= MostCells ? html`
          <table class="matrix"><caption>rows: the true class; columns: what was predicted</caption>
            <thead><tr><td></td>${classes.map(name => html`<th scope="col" key=${name}>${name}</th>`)}<th scope="col" class="figure">recall</th></tr></thead>
            <tbody>${matrix.map((row, i) => html`<tr key=${i}><th scope="row">${classes[i]}</th>
              ${row.map((count, j) => {
                const part = share(i, j);
                return html`<td key=${j} class=${count === 0 ? 'none' : ''} title=${`${classes[i]} taken for ${classes[j]}: ${count}`} style=${{ background: `color-mix(in srgb, var(${i === j ? '--accent' : '--bad'}) ${Math.round(100 * (i === j ? 0.75 : 1) * Math.sqrt(part))}%, transparent)`, color: part > 0.35 && i === j ? 'var(--accent-text)' : undefined }}>${byRow ? (part === 0 ? '0' : (100 * part).toFixed(part < 0.1 ? 1 : 0)) : count}</td>`;
              })}
              <td class="figure">${number(rows[i] > 0 ? Math.round(1000 * row[i] / rows[i]) / 1000 : NaN)}</td></tr>`)}
            </tbody>
            <tfoot><tr><th scope="row" class="figure">precision</th>${columns.map((sum, j) => html`<td key=${j} class="figure">${number(sum > 0 ? Math.round(1000 * matrix[j][j] / sum) / 1000 : NaN)}</td>`)}<td></td></tr></tfoot>
          </table>` : html`<${MatrixPicture} size=${classes.length} share=${share} isDark=${isDark} byRow=${byRow} />`}
        <section class="panel">
          <h2>Most often confused</h2>
          ${pairs.length === 0 ? html`<p class="quiet">Nothing was.</p>` : html`<${DataTable} label="most often confused" height=${Math.min(420, 26 + pairs.length * 24)} count=${pairs.length} columns=${[{ name: 'class' }, { name: 'taken for' }, { name: 'count', isNumber: true }, { name: 'of its class', isNumber: true }]}
            row=${(/** @type {number} */ k) => [classes[pairs[k].i], classes[pairs[k].j], pairs[k].count, `${(100 * pairs[k].count / rows[pairs[k].i]).toFixed(1)} %`]} />`}
        </section>
      </div>
    </div>`;
}

/** @param {{ size: number, share: (i: number, j: number) => number, isDark: boolean, byRow: boolean }} properties */
function MatrixPicture({ size, share, isDark, byRow }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) {
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          context.fillStyle = scaleColor(Math.sqrt(share(i, j)), isDark);
          context.fillRect(j, i, 1, 1);
        }
      }
    }
  }, [size, isDark, byRow, share]);
  return html`<canvas class="matrix-picture" ref=${canvas} width=${size} height=${size} role="img" aria-label="confusion matrix; the pairs beside it are its largest cells"></canvas>`;
}
