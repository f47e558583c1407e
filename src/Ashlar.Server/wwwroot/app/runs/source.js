import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ask } from '../core/api.js';
import { useLive } from '../core/live.js';

/** @typedef {import('../types.js').RunRow} RunRow */

const Page = 100;

/** Everything that may be put into groups at once: more would hide what the groups are for. */
export const MostGrouped = 2000;

/**
 * The runs that a filter leaves, in order, page by page as they are looked at.
 * @param {{ where: string, sort: string, columns: string[] }} query
 */
export function useRuns({ where, sort, columns }) {
  const [, draw] = useState(0);
  const key = `${where}\n${sort}\n${columns.join()}`;
  const store = useRef(fresh(key));
  if (store.current.key !== key) {
    // The old rows stay until the new ones are here, so that the table does not blink.
    store.current = { ...fresh(key), old: store.current.pages.size > 0 ? store.current.pages : store.current.old, total: store.current.total };
  }
  const current = store.current;

  const api = useMemo(() => {
    /** @param {typeof current} owner @param {number} page @param {boolean} [again] */
    const load = (owner, page, again) => {
      if (owner.asked.has(page) && !again) {
        return;
      }
      owner.asked.add(page);
      ask('/runs', { where, sort, limit: Page, offset: page * Page, columns: columns.join(',') }, { signal: owner.controller.signal }).then(answer => {
        owner.pages.set(page, answer.runs);
        owner.total = answer.total;
        owner.error = undefined;
        owner.isLoaded = true;
        owner.old = undefined;
        draw(turn => turn + 1);
      }, error => {
        if (!owner.controller.signal.aborted) {
          owner.error = error;
          owner.isLoaded = true;
          draw(turn => turn + 1);
        }
      });
    };
    return {
      /** @param {number} first @param {number} end */
      see(first, end) {
        current.seen = [Math.floor(first / Page), Math.floor(Math.max(first, end - 1) / Page)];
        for (let page = current.seen[0]; page <= current.seen[1]; page++) {
          load(current, page);
        }
      },
      /** @param {number} index @returns {RunRow | undefined} */
      at(index) {
        const page = Math.floor(index / Page);
        return (current.pages.get(page) ?? current.old?.get(page))?.[index % Page];
      },
      /** @returns {RunRow[]} */
      loaded: () => [...(current.pages.size > 0 ? current.pages : current.old ?? new Map()).entries()].sort((a, b) => a[0] - b[0]).flatMap(entry => entry[1]),
      refresh() {
        for (const page of [...current.asked]) {
          if (page >= current.seen[0] && page <= current.seen[1]) {
            load(current, page, true);
          } else {
            current.asked.delete(page);
          }
        }
      },
    };
  }, [key]);

  useEffect(() => {
    api.see(0, 1);
    return () => current.controller.abort();
  }, [key]);
  useLive(() => true, api.refresh, 1500);
  return { ...api, total: current.total, error: current.error, isLoaded: current.isLoaded };
}

/** @param {string} key */
function fresh(key) {
  return {
    key,
    controller: new AbortController(),
    /** @type {Map<number, RunRow[]>} */
    pages: new Map(),
    /** @type {Map<number, RunRow[]> | undefined} */
    old: undefined,
    /** @type {Set<number>} */
    asked: new Set(),
    /** @type {[number, number]} */
    seen: [0, 0],
    total: 0,
    isLoaded: false,
    /** @type {Error | undefined} */
    error: undefined,
  };
}

/**
 * Names that columns and filters can have.
 * @param {RunRow[]} loaded What to fall back on.
 */
export function useNames(loaded) {
  const [names, setNames] = useState(/** @type {{ params: string[], metrics: string[], tags: string[] } | null} */ (null));
  useEffect(() => {
    const controller = new AbortController();
    ask('/columns', {}, { signal: controller.signal }).then(setNames, () => {});
    return () => controller.abort();
  }, []);
  return useMemo(() => names ?? {
    params: [...new Set(loaded.flatMap(run => Object.keys(run.params)))],
    metrics: [...new Set(loaded.flatMap(run => Object.keys(run.metrics)))],
    tags: [...new Set(loaded.flatMap(run => Object.keys(run.tags)))],
  }, [names, loaded.length]);
}
