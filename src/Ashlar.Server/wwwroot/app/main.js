import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ask, setToken, takeToken, useData } from './core/api.js';
import { html } from './core/html.js';
import { useKeys } from './core/keys.js';
import { connect, useConnection } from './core/live.js';
import { nextTheme, useTheme } from './core/theme.js';
import { go, useAddress } from './core/url.js';
import { ComparePage } from './compare/page.js';
import { Empty, IconButton } from './parts/basics.js';
import { KeyHelp } from './parts/key-help.js';
import { RunPage } from './run/page.js';
import { RunsPage } from './runs/page.js';
import { SweepList, SweepPage } from './sweep/page.js';

/** @param {string} path */
function pageOf(path) {
  const [head, ...rest] = path.split('/').filter(part => part !== '');
  const id = rest.length > 0 ? decodeURIComponent(rest.join('/')) : null;
  return head === undefined || (head === 'runs' && !id) ? { name: 'runs', title: 'Runs', page: html`<${RunsPage} />` }
    : head === 'runs' ? { name: 'runs', title: id, page: html`<${RunPage} key=${id} id=${id} />` }
    : head === 'compare' ? { name: 'compare', title: 'Compare', page: html`<${ComparePage} />` }
    : head === 'sweeps' && !id ? { name: 'sweeps', title: 'Sweeps', page: html`<${SweepList} />` }
    : head === 'sweeps' ? { name: 'sweeps', title: id, page: html`<${SweepPage} key=${id} id=${id} />` }
    : { name: '', title: 'Not found', page: html`<main class="page"><${Empty} title="There is no such page"><p><a href="/">All runs</a></p><//></main>` };
}

function Studio() {
  const { path } = useAddress();
  const [withHelp, setHelp] = useState(false);
  const [isAsked, setAsked] = useState(0);
  const version = useData(signal => ask('/version', {}, { signal }), [isAsked]);
  const { name, title, page } = pageOf(path);
  useEffect(() => {
    document.title = title === 'Runs' ? 'Ashlar studio' : `${title} · Ashlar studio`;
  }, [title]);
  const isOpen = version.data !== undefined;
  useEffect(() => {
    if (isOpen) {
      connect();
    }
  }, [isOpen]);
  useKeys({ '?': () => setHelp(true), t: nextTheme, 1: () => go('/'), 2: () => go('/compare'), 3: () => go('/sweeps') });

  const fault = version.error;
  if (fault && 'status' in fault && (fault.status === 401 || fault.status === 403)) {
    return html`<${TokenForm} onToken=${(/** @type {string} */ value) => { setToken(value); setAsked(n => n + 1); }} isWrong=${isAsked > 0} />`;
  }
  return html`
    <${Header} name=${name} onHelp=${() => setHelp(true)} />
    ${fault ? html`<main class="page"><${Empty} title="The studio does not answer" commands=${['ashlar studio']}><p>${fault.message}</p><//></main>` : isOpen ? page : html`<main class="page"></main>`}
    ${withHelp && html`<${KeyHelp} onClose=${() => setHelp(false)} />`}`;
}

/** @param {{ name: string, onHelp: () => void }} properties */
function Header({ name, onHelp }) {
  const { chosen } = useTheme();
  const isOpen = useConnection();
  return html`
    <header class="top">
      <a class="brand" href="/"><img src="/favicon.svg" width="18" height="18" alt="" />Ashlar studio</a>
      <nav aria-label="pages">
        ${[['runs', '/', 'Runs'], ['compare', '/compare', 'Compare'], ['sweeps', '/sweeps', 'Sweeps']].map(([key, target, text]) => html`<a key=${key} href=${target} aria-current=${key === name ? 'page' : undefined}>${text}</a>`)}
      </nav>
      <span class="gap"></span>
      <span class="connection ${isOpen ? 'open' : ''}" title=${isOpen ? 'The page follows what is logged.' : 'No events arrive now; the page tries again by itself.'}><i></i>${isOpen ? 'live' : 'not live'}</span>
      <${IconButton} icon=${{ auto: 'auto', light: 'sun', dark: 'moon' }[chosen]} label=${`theme: ${chosen} (t)`} onClick=${nextTheme} />
      <button type="button" class="icon-button" aria-label="keys (?)" title="keys (?)" onClick=${onHelp}>?</button>
    </header>`;
}

/** @param {{ onToken: (value: string) => void, isWrong: boolean }} properties */
const TokenForm = ({ onToken, isWrong }) => html`
  <main class="page"><div class="empty">
    <h2>This studio wants a token</h2>
    <p>The command that started it printed one.${isWrong && html` <span class="bad">That was not it.</span>`}</p>
    <form onSubmit=${(/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      onToken(String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('token') ?? '').trim());
    }}><input name="token" type="password" autocomplete="off" aria-label="token" /> <button type="submit" class="primary">Open</button></form>
  </div></main>`;

takeToken();
const page = /** @type {HTMLElement} */ (document.getElementById('page'));
page.replaceChildren();
render(html`<${Studio} />`, page);
