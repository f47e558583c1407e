import { useEffect, useState } from 'preact/hooks';
import { ask, ofRun } from '../core/api.js';
import { useLive } from '../core/live.js';

/** @typedef {import('../types.js').MetricInfo} MetricInfo */

const Page = 1000;

/**
 * The metrics of some runs, page by page: the first are there at once, however many there are.
 * @param {string[]} ids
 * @returns {{ metrics: MetricInfo[], isComplete: boolean, error: Error | undefined }}
 */
export function useMetrics(ids) {
  const [state, setState] = useState(/** @type {{ metrics: MetricInfo[], isComplete: boolean, error: Error | undefined }} */ ({ metrics: [], isComplete: false, error: undefined }));
  const [turn, setTurn] = useState(0);
  const key = ids.join();
  useLive(event => ids.includes(event.id) && event.kind !== 'removed', () => setTurn(n => n + 1), 5000);
  useEffect(() => {
    const controller = new AbortController();
    load(ids, controller.signal, (metrics, isComplete) => setState(before => (!isComplete && metrics.length < before.metrics.length ? before : { metrics, isComplete, error: undefined })))
      .catch(error => controller.signal.aborted || setState(before => ({ ...before, isComplete: true, error })));
    return () => controller.abort();
  }, [key, turn]);
  useEffect(() => setState({ metrics: [], isComplete: ids.length === 0, error: undefined }), [key]);
  return state;
}

/**
 * @param {string[]} ids
 * @param {AbortSignal} signal
 * @param {(metrics: MetricInfo[], isComplete: boolean) => void} show
 */
async function load(ids, signal, show) {
  /** @type {Map<string, MetricInfo>} */
  const found = new Map();
  const inOrder = () => [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (const id of ids) {
    for (let offset = 0; ; offset += Page) {
      /** @type {MetricInfo[]} */
      const page = await ask(`${ofRun(id)}/metrics`, { limit: Page, offset }, { signal });
      for (const metric of page) {
        if (!found.has(metric.name)) {
          found.set(metric.name, metric);
        }
      }
      if (page.length < Page) {
        break;
      }
      show(inOrder(), false);
    }
  }
  if (ids.length > 0) {
    show(inOrder(), true);
  }
}
