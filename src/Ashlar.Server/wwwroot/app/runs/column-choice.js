import { useState } from 'preact/hooks';
import { html } from '../core/html.js';
import { Dialog, IconButton } from '../parts/basics.js';
import { columnOf, RunColumns } from './columns.js';

const Most = 200;

/**
 * Which columns the table has, and in which order.
 * @param {{ chosen: string[], names: { params: string[], metrics: string[], tags: string[] }, onChange: (columns: string[] | null) => void, onClose: () => void }} properties
 */
export function ColumnChoice({ chosen, names, onChange, onClose }) {
  const [search, setSearch] = useState('');
  const groups = [
    { title: 'run', keys: RunColumns },
    { title: 'metrics', keys: names.metrics.map(name => `metrics.${name}`) },
    { title: 'configuration', keys: names.params.map(name => `params.${name}`) },
    { title: 'tags', keys: names.tags.map(name => `tags.${name}`) },
  ];
  /** @param {number} from @param {number} by */
  const move = (from, by) => {
    const next = [...chosen];
    const [key] = next.splice(from, 1);
    next.splice(Math.max(0, from + by), 0, key);
    onChange(next);
  };
  return html`
    <${Dialog} title="Columns" onClose=${onClose}>
      <div class="column-choice">
        <div>
          <h3>Shown</h3>
          <ol>${chosen.map((key, i) => html`<li key=${key}>
            <span>${columnOf(key)?.title ?? key}</span>
            <${IconButton} icon="up" label=${`move ${key} to the left`} disabled=${i === 0} onClick=${() => move(i, -1)} />
            <${IconButton} icon="down" label=${`move ${key} to the right`} disabled=${i === chosen.length - 1} onClick=${() => move(i, 1)} />
            <${IconButton} icon="close" label=${`hide ${key}`} onClick=${() => onChange(chosen.filter(other => other !== key))} />
          </li>`)}</ol>
          <button type="button" onClick=${() => onChange(null)}>The usual ones</button>
        </div>
        <div>
          <input type="text" class="search" aria-label="search columns" placeholder="search columns" value=${search} onInput=${(/** @type {InputEvent} */ event) => setSearch(/** @type {HTMLInputElement} */ (event.target).value)} />
          ${groups.map(({ title, keys }) => {
            const found = keys.filter(key => key.toLowerCase().includes(search.toLowerCase()));
            return found.length > 0 && html`<fieldset key=${title}><legend>${title}</legend>
              ${found.slice(0, Most).map(key => html`<label key=${key}><input type="checkbox" checked=${chosen.includes(key)} onChange=${() => onChange(chosen.includes(key) ? chosen.filter(other => other !== key) : [...chosen, key])} /> ${columnOf(key)?.title ?? key}</label>`)}
              ${found.length > Most && html`<p class="hint">and ${found.length - Most} more: search.</p>`}
            </fieldset>`;
          })}
        </div>
      </div>
    <//>`;
}
