import { csv, download } from '../core/csv.js';
import { command, moment, number, plain, took, whole } from '../core/format.js';
import { html } from '../core/html.js';
import { Command, IconButton } from '../parts/basics.js';
import { DataTable } from '../parts/data-table.js';

/** @typedef {import('../types.js').RunDetail} RunDetail */
/** @typedef {import('../types.js').MetricInfo} MetricInfo */

/** @param {{ run: RunDetail, metrics: MetricInfo[] }} properties */
export function Overview({ run, metrics }) {
  const config = Object.entries(run.config?.values ?? {});
  const saveMetrics = () => download(`${run.id}-metrics.csv`, csv(['metric', 'last', 'min', 'max', 'count'], metrics.map(metric => [metric.name, metric.last ?? 'NaN', metric.min ?? 'NaN', metric.max ?? 'NaN', metric.count])));
  return html`
    <div class="panels">
      ${run.error && html`<section class="panel wide fault" role="alert"><h2>It ended with an error</h2><pre class="wrap">${run.error}</pre></section>`}
      <section class="panel">
        <h2>Run</h2>
        <dl class="facts">
          ${[['experiment', run.experiment], ['started', moment(run.start)], ['ended', run.end ? moment(run.end) : '–'], ['took', took(run)], ['folder', run.folder], ['exit code', run.exitCode]]
            .filter(([, value]) => value !== undefined && value !== null).map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}
          ${run.parent && html`<div><dt>comes from</dt><dd><a href=${`/runs/${encodeURIComponent(run.parent)}`}>${run.parent}</a></dd></div>`}
          ${run.sweep && html`<div><dt>trial of</dt><dd><a href=${`/sweeps/${encodeURIComponent(run.sweep)}`}>${run.sweep}</a></dd></div>`}
          ${run.weights && html`<div><dt>weights</dt><dd><code class="break">${run.weights}</code></dd></div>`}
        </dl>
        ${run.command && run.command.length > 0 && html`<h3>Command</h3><${Command} text=${command(run.command)} />`}
      </section>
      <${Reproduce} run=${run} />
      <section class="panel">
        <h2>Metrics <span class="count">${whole(metrics.length)}</span><span class="gap"></span><${IconButton} icon="csv" label="save as CSV" onClick=${saveMetrics} /></h2>
        ${metrics.length === 0 ? html`<p class="quiet">None was logged.</p>` : html`<${DataTable} label="metrics" height=${Math.min(360, 26 + metrics.length * 24)} count=${metrics.length}
          columns=${[{ name: 'metric' }, { name: 'last', isNumber: true }, { name: 'least', isNumber: true }, { name: 'greatest', isNumber: true }, { name: 'points', isNumber: true }]}
          row=${(/** @type {number} */ i) => [metrics[i].name, number(metrics[i].last ?? NaN), number(metrics[i].min ?? NaN), number(metrics[i].max ?? NaN), whole(metrics[i].count)]} />`}
      </section>
      <section class="panel">
        <h2>Configuration <span class="count">${config.length}</span></h2>
        ${config.length === 0 ? html`<p class="quiet">This run recorded none. In the program: <code>Run.Current.Configuration${'<'}Settings${'>'}()</code></p>` : html`
          <table class="plain"><thead><tr><th scope="col">name</th><th scope="col">value</th><th scope="col">from</th></tr></thead>
            <tbody>${config.map(([name, { value, source }]) => html`<tr key=${name}><td>${name}</td><td><code>${plain(value)}</code></td><td class=${source === 'default' ? 'quiet' : ''}>${source}</td></tr>`)}</tbody></table>`}
      </section>
    </div>`;
}

/** What was not looked at, or may differ, is neither good nor bad. @param {string | undefined} verdict */
const tone = verdict => (verdict === 'equal' ? 'good' : verdict === 'differs' || verdict === 'failed' ? 'bad' : 'quiet');

/** The command that repeats the run, and what the last repetition found. @param {{ run: RunDetail }} properties */
function Reproduce({ run }) {
  const last = run.reproduce;
  const claims = last?.claims ?? [];
  return html`
    <section class=${`panel ${claims.length > 0 ? 'wide' : ''}`}>
      <h2>Reproduce</h2>
      <${Command} text=${`ashlar reproduce ${run.id}`} />
      ${last ? html`
        <p>Last verdict: <strong class=${tone(last.verdict)}>${last.verdict}</strong>${last.level !== undefined && html`<span class="quiet">, level ${last.level}</span>`}${last.time && html`<span class="quiet">, ${moment(last.time)}</span>`}</p>
        ${claims.length > 0 && html`<div class="claims" tabindex="0" role="region" aria-label="claims"><table class="plain"><thead><tr><th scope="col">claim</th><th scope="col">verdict</th><th scope="col">recorded</th><th scope="col">reproduced</th><th scope="col">difference</th></tr></thead>
          <tbody>${claims.map(claim => html`<tr key=${claim.claim}><td>${claim.claim}</td><td class=${tone(claim.verdict)}>${claim.verdict}</td><td><code>${claim.recorded}</code></td><td><code>${claim.reproduced}</code></td><td>${claim.difference}</td></tr>`)}</tbody></table></div>`}`
        : html`<p class="quiet">It was not repeated yet. The command builds the recorded code, checks the data by hash, runs, and says whether the bits are equal.</p>`}
      <h3>Take it along</h3>
      <${Command} text=${`ashlar pack ${run.id}`} />
    </section>`;
}
