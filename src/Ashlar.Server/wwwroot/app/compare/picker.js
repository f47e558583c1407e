import { useState } from 'preact/hooks';
import { ask, useData } from '../core/api.js';
import { ago } from '../core/format.js';
import { html } from '../core/html.js';
import { Dialog, Fault, StateMark } from '../parts/basics.js';
import { quoted } from '../runs/where.js';

/** @typedef {import('../types.js').RunRow} RunRow */

/** Adds runs to a comparison and takes them out. @param {{ chosen: string[], onChoose: (ids: string[]) => void, onClose: () => void }} properties */
export function Picker({ chosen, onChoose, onClose }) {
  const [search, setSearch] = useState('');
  const where = search.trim() ? `name contains ${quoted(search.trim())} or id contains ${quoted(search.trim())}` : '';
  const { data, error } = useData(signal => ask('/runs', { where, limit: 50, columns: 'state' }, { signal }), [where]);
  return html`
    <${Dialog} title="Add runs" onClose=${onClose}>
      <input type="text" class="search" aria-label="search runs" placeholder="search names and ids" value=${search} onInput=${(/** @type {InputEvent} */ event) => setSearch(/** @type {HTMLInputElement} */ (event.target).value)} />
      <${Fault} error=${error} />
      <ul class="picker">${/** @type {RunRow[]} */ (data?.runs ?? []).map(run => html`<li key=${run.id}><label>
        <input type="checkbox" checked=${chosen.includes(run.id)} onChange=${() => onChoose(chosen.includes(run.id) ? chosen.filter(id => id !== run.id) : [...chosen, run.id])} />
        <b>${run.name}</b> <code class="quiet">${run.id}</code><span class="gap"></span><${StateMark} state=${run.state} /><small>${ago(run.start)}</small></label></li>`)}</ul>
    <//>`;
}
