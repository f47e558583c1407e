import { bytes, plain } from '../core/format.js';
import { html } from '../core/html.js';
import { ChartGrid } from '../parts/chart-grid.js';

/** @typedef {import('../types.js').RunDetail} RunDetail */

/**
 * The machine, and what the run used of it.
 * @param {{ run: RunDetail, shown: import('../types.js').Shown[], metrics: string[], isComplete: boolean }} properties
 */
export const System = ({ run, shown, metrics, isComplete }) => html`
  <div class="with-side">
    <section class="side panel">
      <h2>Machine</h2>
      ${run.host ? html`<dl class="facts">${Object.entries(run.host).map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${name === 'memory' && typeof value === 'number' ? bytes(value) : plain(value)}</dd></div>`)}</dl>` : html`<p class="quiet">Not recorded.</p>`}
      <p class="quiet">Threads, vector sets and the system may differ between runs: the bits must not.</p>
    </section>
    <${ChartGrid} runs=${shown} metrics=${metrics} isComplete=${isComplete} empty=${isComplete && html`<p class="hint">No figures of the machine were recorded. Runs started with <code>ashlar run</code> or <code>ashlar train</code> have them from their second second on.</p>`} />
  </div>`;
