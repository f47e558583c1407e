import { useState } from 'preact/hooks';
import { ask, ofRun, useData } from '../core/api.js';
import { ago, moment, took } from '../core/format.js';
import { html } from '../core/html.js';
import { useKeys } from '../core/keys.js';
import { useLive } from '../core/live.js';
import { change, go, useAddress } from '../core/url.js';
import { Dialog, Empty, Fault, IconButton, StateMark, Tabs } from '../parts/basics.js';
import { ChartGrid } from '../parts/chart-grid.js';
import { useMetrics } from '../parts/metric-names.js';
import { Artifacts } from './artifacts.js';
import { Code } from './code.js';
import { Confusion } from './confusion.js';
import { Graph } from './graph.js';
import { Histograms } from './histograms.js';
import { Images } from './images.js';
import { Log } from './log.js';
import { Overview } from './overview.js';
import { System } from './system.js';
import { Tables } from './tables.js';
import { Texts } from './texts.js';

/** @typedef {import('../types.js').RunDetail} RunDetail */
/** @typedef {import('../types.js').Shown} Shown */

const TabNames = ['overview', 'charts', 'histograms', 'images', 'text', 'tables', 'confusion', 'log', 'system', 'code', 'model', 'artifacts'];
const IsOfMachine = /^(system|host|process)\//;

/** @param {{ id: string }} properties */
export function RunPage({ id }) {
  const { query } = useAddress();
  const tab = TabNames.includes(query.get('tab') ?? '') ? /** @type {string} */ (query.get('tab')) : 'overview';
  const [isChanging, setChanging] = useState(false);
  const { data: run, error, reload } = useData(signal => /** @type {Promise<RunDetail>} */ (ask(ofRun(id), {}, { signal })), [id]);
  const { metrics, isComplete } = useMetrics([id]);
  useLive(event => event.id === id && event.kind !== 'removed', reload, 2000);
  /** @param {number} by */
  const step = by => change({ tab: TabNames[(TabNames.indexOf(tab) + by + TabNames.length) % TabNames.length] });
  useKeys({ '[': () => step(-1), ']': () => step(1) });

  if (!run) {
    return html`<main class="page">${error && html`<${Empty} title="This run cannot be shown" commands=${['ashlar runs ls']}><p>${error.message}</p><p><a href="/">All runs</a></p><//>`}</main>`;
  }
  const shown = [{ id, name: run.name, start: run.start, slot: 0 }];
  const names = metrics.map(metric => metric.name);
  const own = names.filter(name => !IsOfMachine.test(name));
  return html`
    <main class="page run-page">
      <header class="run-head">
        <h1>${run.name}</h1>
        <${StateMark} state=${run.state} />
        <span class="quiet" title=${moment(run.start)}>${ago(run.start)}, ${took(run)}</span>
        <code class="quiet">${run.id}</code>
        ${Object.entries(run.tags).map(([key, value]) => html`<span class="tag" key=${key}>${key}${value ? `: ${value}` : ''}</span>`)}
        <span class="gap"></span>
        <${IconButton} icon="pencil" label="name, tags, removal" text="edit" onClick=${() => setChanging(true)} />
        <a class="quiet" href=${`/compare?runs=${encodeURIComponent(run.id)}`}>compare with…</a>
      </header>
      <${Tabs} label="parts of the run" value=${tab} tabs=${TabNames.map(key => ({ key, text: key, ...(key === 'charts' && own.length > 0 ? { count: own.length } : key === 'artifacts' && run.artifacts.length > 0 ? { count: run.artifacts.length } : {}) }))}
        onChange=${(/** @type {string} */ key) => change({ tab: key === 'overview' ? null : key })} />
      <div class="run-body" role="tabpanel" aria-label=${tab}>
        <${Fault} error=${error} retry=${reload} />
        ${tab === 'overview' ? html`<${Overview} run=${run} metrics=${metrics} />`
          : tab === 'charts' ? html`<${ChartGrid} runs=${shown} metrics=${own} isComplete=${isComplete} empty=${isComplete && html`<${Empty} title="No metric was logged" commands=${['ashlar run train.cs']}><p>In the program: <code>Run.Current.Log("loss", loss, step)</code></p><//>`} />`
          : tab === 'histograms' ? html`<${Histograms} id=${id} />`
          : tab === 'images' ? html`<${Images} id=${id} />`
          : tab === 'text' ? html`<${Texts} id=${id} />`
          : tab === 'confusion' ? html`<${Confusion} run=${run} />`
          : tab === 'tables' ? html`<${Tables} run=${run} />`
          : tab === 'log' ? html`<${Log} id=${id} isRunning=${run.state === 'running'} />`
          : tab === 'system' ? html`<${System} run=${run} shown=${shown} metrics=${names.filter(name => IsOfMachine.test(name))} isComplete=${isComplete} />`
          : tab === 'code' ? html`<${Code} id=${id} run=${run} />`
          : tab === 'model' ? html`<${Graph} run=${run} />`
          : html`<${Artifacts} run=${run} />`}
      </div>
      ${isChanging && html`<${Change} run=${run} onClose=${() => setChanging(false)} onDone=${reload} />`}
    </main>`;
}

/** Name, tags and removal. @param {{ run: RunDetail, onClose: () => void, onDone: () => void }} properties */
function Change({ run, onClose, onDone }) {
  const [error, setError] = useState(/** @type {Error | undefined} */ (undefined));
  const [isSure, setSure] = useState(false);
  /** @param {Record<string, unknown>} body */
  const patch = body => ask(ofRun(run.id), {}, { method: 'PATCH', body }).then(onDone, setError);
  /** @param {SubmitEvent} event @param {(form: FormData) => Promise<unknown>} act */
  const submit = (event, act) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    void act(new FormData(form)).then(() => form.reset());
  };
  const remove = () => (isSure
    ? ask(ofRun(run.id), {}, { method: 'DELETE' }).then(() => go('/'), setError)
    : setSure(true));
  return html`
    <${Dialog} title="Edit ${run.name}" onClose=${onClose}>
      <${Fault} error=${error} />
      <form class="line" onSubmit=${(/** @type {SubmitEvent} */ event) => submit(event, form => patch({ name: form.get('name') }))}>
        <label>name <input type="text" name="name" value=${run.name} required /></label><button type="submit">Rename</button>
      </form>
      <ul class="tag-list">${Object.entries(run.tags).map(([key, value]) => html`<li key=${key}><span class="tag">${key}${value ? `: ${value}` : ''}</span><${IconButton} icon="close" label=${`remove the tag ${key}`} onClick=${() => patch({ tags: { [key]: null } })} /></li>`)}</ul>
      <form class="line" onSubmit=${(/** @type {SubmitEvent} */ event) => submit(event, form => patch({ tags: { [String(form.get('key'))]: String(form.get('value')) } }))}>
        <label>tag <input type="text" name="key" required /></label><label>value <input type="text" name="value" /></label><button type="submit">Add</button>
      </form>
      <p class="line"><button type="button" class="bad" disabled=${run.state === 'running'} onClick=${remove}>${isSure ? 'Yes, move it to the trash' : 'Remove this run'}</button><span class="quiet">It goes to <code>.ashlar/trash</code>, from where it can be moved back.</span></p>
    <//>`;
}

