import { ask, ofRun, useData } from '../core/api.js';
import { bytes, short } from '../core/format.js';
import { html } from '../core/html.js';
import { change, useAddress } from '../core/url.js';
import { Empty, Fault } from '../parts/basics.js';

/** @typedef {import('../types.js').CodeRecord} CodeRecord */
/** @typedef {import('../types.js').RunDetail} RunDetail */

const MostLines = 5000;

/** The recorded sources, what git knew of them, and the change that was not committed. @param {{ id: string, run: RunDetail }} properties */
export function Code({ id, run }) {
  const { query } = useAddress();
  const { data: code, error, reload } = useData(signal => /** @type {Promise<CodeRecord>} */ (ask(`${ofRun(id)}/code`, {}, { signal })), [id]);
  // A recorded tool has assemblies among its files; what people wrote comes first.
  const first = code?.files.find(entry => /\.(cs|csproj|fs|json|ya?ml|txt|md)$/i.test(entry.path)) ?? code?.files[0];
  const file = query.get('file') ?? (code?.patch ? '' : first?.path) ?? '';
  const text = useData(async signal => (file ? ask(`${ofRun(id)}/code/file`, { path: file }, { signal, text: true }) : null), [id, file]);
  if (!code) {
    return html`<${Fault} error=${error} retry=${reload} />`;
  }
  if (code.files.length === 0 && !code.git) {
    return html`<${Empty} title="No source was recorded" commands=${['ashlar run train.cs']}><p>Programs that are started with this command have their sources kept by content:</p><//>`;
  }
  const { git } = code;
  return html`
    <div class="with-side code">
      <nav class="side panel" aria-label="recorded files">
        ${git && html`<h2>Git</h2><dl class="facts">
          <div><dt>commit</dt><dd><code>${short(git.commit)}</code></dd></div>
          ${git.branch && html`<div><dt>branch</dt><dd>${git.branch}</dd></div>`}
          <div><dt>changes</dt><dd>${git.patch || code.patch ? html`<button type="button" class="link" onClick=${() => change({ file: null })}>not committed</button>` : 'none'}</dd></div>
          ${(git.untracked ?? []).length > 0 && html`<div><dt>untracked</dt><dd>${git.untracked.join(', ')}</dd></div>`}
        </dl>`}
        <h2>Files <span class="count">${code.files.length}</span></h2>
        <ul class="file-list">${code.files.map(entry => html`<li key=${entry.path}><button type="button" aria-pressed=${String(entry.path === file)} title=${entry.sha256} onClick=${() => change({ file: entry.path })}><span>${entry.path}</span><small>${bytes(entry.size)}</small></button></li>`)}</ul>
        ${run.host && html`<h2>Environment</h2><dl class="facts">${['ashlar', 'numerics', 'runtime', 'system', 'architecture'].map(name => run.host?.[name] !== undefined && html`<div key=${name}><dt>${name}</dt><dd>${String(run.host?.[name])}</dd></div>`)}</dl>`}
        ${(code.locks ?? []).length > 0 && html`<h2>Locks</h2><dl class="facts">${code.locks?.map(lock => html`<div key=${lock.path}><dt>${lock.path}</dt><dd><code>${short(lock.sha256)}</code></dd></div>`)}</dl>`}
      </nav>
      <section class="source" tabIndex=${0} aria-label=${file || 'changes that were not committed'}>
        <${Fault} error=${text.error} retry=${text.reload} />
        ${file && text.data?.slice(0, 8000).includes('\0') ? html`<p class="hint">${file} is no text.</p>` : file ? html`<${Lines} text=${text.data ?? ''} kind=${() => ''} />` : code.patch ? html`<${Lines} text=${code.patch} kind=${patchKind} />` : html`<p class="hint">Choose a file.</p>`}
      </section>
    </div>`;
}

/** @param {string} line */
const patchKind = line => (/^(\+\+\+|---|diff |index )/.test(line) ? 'head' : line.startsWith('@@') ? 'place' : line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : '');

/** @param {{ text: string, kind: (line: string) => string }} properties */
function Lines({ text, kind }) {
  const lines = text.split('\n');
  return html`<ol class="code-lines">${lines.slice(0, MostLines).map((line, i) => html`<li key=${i} class=${kind(line)}>${line || ' '}</li>`)}</ol>
    ${lines.length > MostLines && html`<p class="hint">The first ${MostLines} of ${lines.length} lines.</p>`}`;
}
