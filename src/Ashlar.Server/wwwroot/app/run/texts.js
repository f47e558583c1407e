import { ask, ofRun, useData } from '../core/api.js';
import { moment, whole } from '../core/format.js';
import { html } from '../core/html.js';
import { useLive } from '../core/live.js';
import { change, useAddress } from '../core/url.js';
import { Empty, Fault } from '../parts/basics.js';

/** @typedef {import('../types.js').TextEntry} TextEntry */

const Most = 200;

/** Texts that were logged, the latest first. @param {{ id: string }} properties */
export function Texts({ id }) {
  const { query } = useAddress();
  const { data, error, reload } = useData(signal => /** @type {Promise<TextEntry[]>} */ (ask(`${ofRun(id)}/text`, {}, { signal })), [id]);
  useLive(event => event.id === id, reload, 3000);
  if (!data) {
    return html`<${Fault} error=${error} retry=${reload} />`;
  }
  const tags = [...new Set(data.map(entry => entry.tag))];
  if (tags.length === 0) {
    return html`<${Empty} title="No text was logged"><p>In the program: <code>Run.Current.LogText("sample", text, step)</code></p><//>`;
  }
  const tag = query.get('tag') ?? tags[0];
  const entries = data.filter(entry => entry.tag === tag).sort((a, b) => b.step - a.step);
  return html`
    <div class="scroll">
      <div class="chart-bar">
        <label class="choice">tag <select value=${tag} onChange=${(/** @type {Event} */ event) => change({ tag: /** @type {HTMLSelectElement} */ (event.target).value })}>${tags.map(name => html`<option key=${name} value=${name}>${name}</option>`)}</select></label>
        <span class="quiet">${whole(entries.length)} entries</span>
      </div>
      <ol class="texts">${entries.slice(0, Most).map((entry, i) => html`<li key=${i}><header><b>step ${entry.step}</b> <small>${moment(entry.time)}</small></header><pre class="wrap">${entry.text}</pre></li>`)}</ol>
      ${entries.length > Most && html`<p class="hint">The latest ${Most} of ${whole(entries.length)}.</p>`}
    </div>`;
}
