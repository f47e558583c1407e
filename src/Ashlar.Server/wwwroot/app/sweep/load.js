import { ask } from '../core/api.js';

/** @typedef {import('../types.js').Sweep} Sweep */
/** @typedef {import('../types.js').RunRow} RunRow */

/** Smaller is better for what has such a name, unless the sweep says otherwise. */
const IsCost = /loss|error|perplex|nll|mae|mse|rmse/i;

/** @param {string} name */
const rank = name => (/^(system|host)\//.test(name) ? -4 : 0) + (/val|test|eval/i.test(name) ? 2 : 0) + (/acc|loss|f1|auc|score|perplex/i.test(name) ? 1 : 0);

/**
 * A sweep with its trials. What its description leaves open follows from its runs: the metric by its name, the parameters by what differs.
 * @param {string} id
 * @param {string | null} chosen The metric that a person chose.
 * @param {AbortSignal} signal
 * @returns {Promise<Sweep>}
 */
export async function loadSweep(id, chosen, signal) {
  const answer = await ask(`/sweeps/${encodeURIComponent(id)}`, {}, { signal });
  const told = { ...answer.description, ...answer };
  const runs = /** @type {(RunRow & { run: string })[]} */ (answer.trials);
  const metrics = [...new Set(runs.flatMap(run => Object.keys(run.metrics ?? {}).slice(0, 500)))].sort((a, b) => rank(b) - rank(a) || (a < b ? -1 : 1));
  const wanted = chosen ?? told.metric ?? metrics[0] ?? 'metric';
  const isTold = wanted === told.metric;
  const asked = Array.isArray(told.parameters) ? told.parameters.map((/** @type {string | { name: string }} */ one) => (typeof one === 'string' ? one : one.name)) : Object.keys(told.parameters ?? {});
  const differing = [...new Set(runs.flatMap(run => Object.keys(run.params)))].filter(name => new Set(runs.map(run => JSON.stringify(run.params[name]))).size > 1);
  return {
    id,
    name: told.name ?? id,
    method: told.method ?? 'sweep',
    metric: wanted,
    metrics,
    maximize: isTold && told.maximize !== undefined ? told.maximize : !IsCost.test(wanted),
    parameters: asked.length > 0 ? asked : differing.slice(0, 12),
    trials: runs.map(run => ({ run: run.run ?? run.id, params: run.params, metric: run.metrics?.[wanted] ?? null, state: run.state })),
  };
}
