import { useEffect, useRef, useState } from 'preact/hooks';
import { apiAddress } from './api.js';

/** @typedef {import('../types.js').LiveEvent} LiveEvent */

/** @type {Set<(event: LiveEvent) => void>} */
const handlers = new Set();
/** @type {Set<(open: boolean) => void>} */
const watchers = new Set();
/** @type {EventSource | null} */
let source = null;
let open = false;

/** Listens to the studio's events; the browser connects again by itself. */
export function connect() {
  source?.close();
  source = new EventSource(apiAddress('/events'));
  source.onopen = () => setOpen(true);
  source.onerror = () => setOpen(false);
  source.addEventListener('run', message => {
    const event = /** @type {LiveEvent} */ (JSON.parse(/** @type {MessageEvent} */ (message).data));
    for (const handler of [...handlers]) {
      handler(event);
    }
  });
}

/** @param {boolean} value */
function setOpen(value) {
  open = value;
  for (const watcher of [...watchers]) {
    watcher(open);
  }
}

/** Whether events arrive. */
export function useConnection() {
  const [value, setValue] = useState(open);
  useEffect(() => {
    watchers.add(setValue);
    return () => void watchers.delete(setValue);
  }, []);
  return value;
}

/**
 * Calls back at most once in each interval for events that are wanted; the first at once. Waits while the page is hidden.
 * @param {(event: LiveEvent) => boolean} wanted
 * @param {() => void} callback
 * @param {number} [interval] Milliseconds.
 */
export function useLive(wanted, callback, interval = 1000) {
  const latest = useRef({ wanted, callback });
  latest.current = { wanted, callback };
  useEffect(() => {
    /** @type {number | undefined} */
    let timer;
    let last = -Infinity;
    const run = () => {
      timer = undefined;
      if (document.hidden) {
        timer = setTimeout(run, interval);
        return;
      }
      last = performance.now();
      latest.current.callback();
    };
    /** @param {LiveEvent} event */
    const handler = event => {
      if (timer === undefined && latest.current.wanted(event)) {
        timer = setTimeout(run, Math.max(0, last + interval - performance.now()));
      }
    };
    handlers.add(handler);
    return () => {
      handlers.delete(handler);
      clearTimeout(timer);
    };
  }, [interval]);
}
