import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../core/html.js';
import { Icon } from './icons.js';

/** @typedef {import('../types.js').State} State */

/** @type {Record<string, { icon: string | null, text: string }>} */
const States = {
  running: { icon: null, text: 'running' },
  finished: { icon: 'check', text: 'finished' },
  failed: { icon: 'cross', text: 'failed' },
  interrupted: { icon: 'pause', text: 'interrupted' },
};

/** A state by its shape and word as well as its colour. @param {{ state: State | string }} properties */
export function StateMark({ state }) {
  const { icon, text } = States[state] ?? { icon: null, text: state };
  return html`<span class="state state-${state}">${icon ? html`<${Icon} name=${icon} size=${12} />` : html`<i class="pulse"></i>`}${text}</span>`;
}

/**
 * @param {{ icon: string, label: string, onClick: (event: MouseEvent) => void, pressed?: boolean, disabled?: boolean, text?: string }} properties
 */
export const IconButton = ({ icon, label, onClick, pressed, disabled, text }) => html`
  <button type="button" class="icon-button" title=${label} aria-label=${label} aria-pressed=${pressed === undefined ? undefined : String(pressed)} disabled=${disabled} onClick=${onClick}><${Icon} name=${icon} />${text}</button>`;

/** What to show where there is nothing: why, and the command that changes it. @param {{ title: string, commands?: string[], children?: any }} properties */
export const Empty = ({ title, commands = [], children }) => html`
  <div class="empty">
    <h2>${title}</h2>
    ${children}
    ${commands.map(command => html`<${Command} text=${command} />`)}
  </div>`;

/** A command with a button that copies it. @param {{ text: string }} properties */
export function Command({ text }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return html`<div class="command"><code>${text}</code><${IconButton} icon=${isCopied ? 'check' : 'copy'} label=${isCopied ? 'copied' : 'copy the command'} onClick=${copy} /></div>`;
}

/** @param {{ error: Error | undefined, retry?: () => void }} properties */
export const Fault = ({ error, retry }) => (error ? html`<div class="fault" role="alert">${error.message}${retry && html` <button type="button" class="link" onClick=${retry}>Try again</button>`}</div>` : null);

/** @param {{ title: string, onClose: () => void, wide?: boolean, children?: any }} properties */
export function Dialog({ title, onClose, wide, children }) {
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    const before = document.activeElement;
    box.current?.showModal();
    return () => before instanceof HTMLElement && before.focus();
  }, []);
  return html`
    <dialog ref=${box} class=${wide ? 'wide' : ''} aria-label=${title} onClose=${onClose} onClick=${(/** @type {MouseEvent} */ event) => event.target === box.current && onClose()}>
      <header><h2>${title}</h2><${IconButton} icon="close" label="close" onClick=${onClose} /></header>
      <div class="dialog-body">${children}</div>
    </dialog>`;
}

/**
 * @param {{ label: string, value: string, tabs: { key: string, text: string, count?: number }[], onChange: (key: string) => void }} properties
 */
export function Tabs({ label, value, tabs, onChange }) {
  /** @param {KeyboardEvent} event */
  const onKeyDown = event => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const at = tabs.findIndex(tab => tab.key === value);
      onChange(tabs[(at + step + tabs.length) % tabs.length].key);
      const row = /** @type {HTMLElement} */ (event.currentTarget);
      requestAnimationFrame(() => /** @type {HTMLElement | null} */ (row.querySelector('[aria-selected=true]'))?.focus());
    }
  };
  return html`
    <div class="tabs" role="tablist" aria-label=${label} onKeyDown=${onKeyDown}>
      ${tabs.map(tab => html`<button type="button" role="tab" key=${tab.key} aria-selected=${String(tab.key === value)} tabIndex=${tab.key === value ? 0 : -1} onClick=${() => onChange(tab.key)}>${tab.text}${tab.count === undefined ? null : html`<span class="count">${tab.count}</span>`}</button>`)}
    </div>`;
}

/**
 * A field whose value is taken over when typing pauses, on Enter, and when it is left.
 * @param {{ label: string, value: string, onChange: (value: string) => void, placeholder?: string, id?: string, wait?: number, class?: string }} properties
 */
export function Field({ label, value, onChange, placeholder, id, wait = 250, class: kind }) {
  const [text, setText] = useState(value);
  const timer = useRef(/** @type {number | undefined} */ (undefined));
  useEffect(() => setText(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  /** @param {string} next */
  const take = next => {
    clearTimeout(timer.current);
    onChange(next);
  };
  return html`<input type="text" id=${id} class=${kind} aria-label=${label} placeholder=${placeholder} spellcheck=${false} autocomplete="off" value=${text}
    onInput=${(/** @type {InputEvent} */ event) => {
      const next = /** @type {HTMLInputElement} */ (event.target).value;
      setText(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => onChange(next), wait);
    }}
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Enter') {
        take(text);
      } else if (event.key === 'Escape') {
        /** @type {HTMLElement} */ (event.target).blur();
      }
    }}
    onBlur=${() => text !== value && take(text)} />`;
}
