import { useEffect, useState } from 'preact/hooks';

// The address holds the whole view: what a page shows is a function of it, so that a view can be kept, shared and gone back to.

/** @type {Set<() => void>} */
const listeners = new Set();

addEventListener('popstate', tell);

function tell() {
  for (const listener of [...listeners]) {
    listener();
  }
}

/**
 * The text of an address. Commas, slashes and colons stay readable.
 * @param {string} path
 * @param {Record<string, string | number | boolean | null | undefined> | URLSearchParams} [query]
 */
export function address(path, query) {
  const parameters = query instanceof URLSearchParams ? query : new URLSearchParams();
  if (query && !(query instanceof URLSearchParams)) {
    for (const [name, value] of Object.entries(query)) {
      if (value !== null && value !== undefined && value !== '' && value !== false) {
        parameters.set(name, value === true ? '1' : String(value));
      }
    }
  }
  const text = parameters.toString().replace(/%2C/g, ',').replace(/%2F/g, '/').replace(/%3A/g, ':').replace(/%40/g, '@');
  return text ? `${path}?${text}` : path;
}

/** @param {string} target An address of this page. */
export function go(target) {
  history.pushState(null, '', target);
  tell();
}

/**
 * Changes parts of the query and keeps the rest. An empty value takes the part out.
 * @param {Record<string, string | number | boolean | null | undefined>} changes
 * @param {{ push?: boolean }} [options] push: a step of its own for the browser's back button.
 */
export function change(changes, { push = false } = {}) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === '' || value === false) {
      query.delete(name);
    } else {
      query.set(name, value === true ? '1' : String(value));
    }
  }
  const target = address(location.pathname, query);
  if (target !== location.pathname + location.search) {
    history[push ? 'pushState' : 'replaceState'](null, '', target);
    tell();
  }
}

/** The present address; the component is drawn again when it changes. */
export function useAddress() {
  const [, draw] = useState(0);
  useEffect(() => {
    const listener = () => draw(turn => turn + 1);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

/** @param {string | null} text Names separated by commas. */
export const list = text => (text ? text.split(',').filter(part => part !== '') : []);

// Links of the page change the view without loading it again; everything else is left to the browser.
addEventListener('click', event => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
    return;
  }
  if (link.origin !== location.origin || link.hasAttribute('download') || link.target || link.pathname.startsWith('/api/')) {
    return;
  }
  event.preventDefault();
  go(link.pathname + link.search);
});
