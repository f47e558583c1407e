import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { html } from '../core/html.js';
import { fieldOf } from './columns.js';

const Words = ['state', 'name', 'experiment', 'start', 'end', 'sweep', 'parent', 'id', 'weights'];

/** @param {string} text */
export const quoted = text => `"${text.replaceAll('"', '')}"`;

/**
 * The filter, in the language of `ashlar runs ls --where`, with names offered while one is typed.
 * @param {{ value: string, onChange: (text: string) => void, names: { params: string[], metrics: string[], tags: string[] }, error: string | null }} properties
 */
export function Where({ value, onChange, names, error }) {
  const [text, setText] = useState(value);
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const timer = useRef(/** @type {number | undefined} */ (undefined));
  useEffect(() => setText(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const all = useMemo(() => [
    ...Words,
    ...names.metrics.slice(0, 20_000).map(name => fieldOf('metrics', name)),
    ...names.params.map(name => fieldOf('params', name)),
    ...names.tags.map(name => fieldOf('tags', name)),
  ], [names]);
  const word = /[\w./`]*$/.exec(text.slice(0, input.current?.selectionStart ?? text.length))?.[0] ?? '';
  const offers = isOpen && word.length > 0 ? all.filter(name => name !== word && name.toLowerCase().replaceAll('`', '').includes(word.toLowerCase().replaceAll('`', ''))).slice(0, 8) : [];

  /** @param {string} next @param {boolean} [now] */
  const write = (next, now) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(next.trim()), now ? 0 : 400);
  };
  /** @param {string} name */
  const accept = name => {
    const end = input.current?.selectionStart ?? text.length;
    const next = `${text.slice(0, end - word.length)}${name} ${text.slice(end).trimStart()}`;
    setOpen(false);
    const place = end - word.length + name.length + 1;
    if (input.current) {
      // At once, not when the page is drawn next: who types on fast must find the cursor behind the name.
      input.current.value = next;
      input.current.focus();
      input.current.setSelectionRange(place, place);
    }
    write(next);
  };
  /** @param {KeyboardEvent} event */
  const onKeyDown = event => {
    const moves = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (offers.length > 0 && moves !== 0) {
      setAt((at + moves + offers.length) % offers.length);
      event.preventDefault();
    } else if (offers.length > 0 && (event.key === 'Tab' || (event.key === 'Enter' && at > 0))) {
      accept(offers[Math.min(at, offers.length - 1)]);
      event.preventDefault();
    } else if (event.key === 'Enter') {
      setOpen(false);
      write(text, true);
    } else if (event.key === 'Escape') {
      if (isOpen) {
        setOpen(false);
      } else {
        input.current?.blur();
      }
    }
  };

  return html`
    <div class="where ${error ? 'wrong' : ''}">
      <label for="where">where</label>
      <input id="where" ref=${input} type="text" spellcheck=${false} autocomplete="off" role="combobox" aria-expanded=${String(offers.length > 0)} aria-controls="where-offers" aria-autocomplete="list"
        aria-invalid=${error ? 'true' : undefined} aria-describedby=${error ? 'where-error' : undefined}
        aria-activedescendant=${offers.length > 0 ? `offer-${Math.min(at, offers.length - 1)}` : undefined}
        placeholder="metrics.accuracy > 0.9 and params.lr < 1e-2" value=${text}
        onInput=${(/** @type {InputEvent} */ event) => {
          setOpen(true);
          setAt(0);
          write(/** @type {HTMLInputElement} */ (event.target).value);
        }}
        onKeyDown=${onKeyDown} onBlur=${() => setTimeout(() => setOpen(false), 150)} />
      ${offers.length > 0 && html`<ul id="where-offers" role="listbox" aria-label="names">${offers.map((name, i) => html`
        <li key=${name} id=${`offer-${i}`} role="option" aria-selected=${String(i === at)} onMouseDown=${(/** @type {MouseEvent} */ event) => { event.preventDefault(); accept(name); }}>${name}</li>`)}</ul>`}
      ${error && offers.length === 0 && html`<p id="where-error" role="alert">${error}</p>`}
    </div>`;
}
