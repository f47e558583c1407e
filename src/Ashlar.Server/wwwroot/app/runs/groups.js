import { useData, ask } from '../core/api.js';
import { plain } from '../core/format.js';
import { useLive } from '../core/live.js';
import { columnOf, fieldOf } from './columns.js';
import { MostGrouped } from './source.js';

/** @typedef {import('../types.js').RunRow} RunRow */
/** @typedef {{ key: string, title: string, runs: RunRow[] }} Group */

const Page = 500;

/**
 * All runs of a filter, in groups by the value of one column.
 * @param {{ where: string, sort: string, columns: string[], by: string | null }} query
 * @returns {{ groups: Group[] | null, isCut: boolean, error: Error | undefined }}
 */
export function useGroups({ where, sort, columns, by }) {
  const column = by ? columnOf(by) : null;
  const { data, error, reload } = useData(async signal => {
    if (!column || !by) {
      return null;
    }
    const dot = by.indexOf('.');
    const first = column.field ?? (dot > 0 ? fieldOf(by.slice(0, dot), by.slice(dot + 1)) : 'name');
    /** @type {RunRow[]} */
    const runs = [];
    let total = Infinity;
    while (runs.length < Math.min(total, MostGrouped)) {
      const answer = await ask('/runs', { where, sort: `${first},${sort}`, limit: Page, offset: runs.length, columns: [...new Set([...columns, by])].join(',') }, { signal });
      total = answer.total;
      runs.push(...answer.runs);
      if (answer.runs.length === 0) {
        break;
      }
    }
    /** @type {Map<string, Group>} */
    const groups = new Map();
    for (const run of runs) {
      const title = plain(column.value(run));
      const group = groups.get(title);
      if (group) {
        group.runs.push(run);
      } else {
        groups.set(title, { key: title, title, runs: [run] });
      }
    }
    return { groups: [...groups.values()], isCut: total > runs.length };
  }, [where, sort, columns.join(), by]);
  useLive(() => by !== null, reload, 3000);
  return { groups: data?.groups ?? null, isCut: data?.isCut ?? false, error };
}
