/** @typedef {import('../types.js').GraphSide} GraphSide */

/**
 * Puts the nodes of an acyclic graph into levels (longest path from a source; sources stand just above their first reader),
 * and orders each level by the mean place of its neighbours, twice down and up (Sugiyama, Tagawa, Toda 1981).
 * @param {GraphSide} graph
 * @returns {(string | number)[][]}
 */
export function layers({ nodes, edges }) {
  const known = new Set(nodes.map(node => node.id));
  /** @type {Map<string | number, (string | number)[]>} */
  const above = new Map(nodes.map(node => [node.id, []]));
  /** @type {Map<string | number, (string | number)[]>} */
  const below = new Map(nodes.map(node => [node.id, []]));
  for (const { from, to } of edges) {
    if (known.has(from) && known.has(to)) {
      above.get(to)?.push(from);
      below.get(from)?.push(to);
    }
  }
  const level = levels(nodes.map(node => node.id), above, below);
  for (const { id } of nodes) {
    const readers = below.get(id) ?? [];
    if (above.get(id)?.length === 0 && readers.length > 0) {
      level.set(id, Math.min(...readers.map(reader => level.get(reader) ?? 0)) - 1);
    }
  }
  /** @type {(string | number)[][]} */
  const rows = [];
  for (const { id } of nodes) {
    (rows[Math.max(0, level.get(id) ?? 0)] ??= []).push(id);
  }
  const filled = rows.filter(row => row !== undefined && row.length > 0);
  for (let turn = 0; turn < 2; turn++) {
    for (let i = 1; i < filled.length; i++) {
      settle(filled[i], filled[i - 1], above);
    }
    for (let i = filled.length - 2; i >= 0; i--) {
      settle(filled[i], filled[i + 1], below);
    }
  }
  return filled;
}

/**
 * @param {(string | number)[]} ids
 * @param {Map<string | number, (string | number)[]>} above
 * @param {Map<string | number, (string | number)[]>} below
 */
function levels(ids, above, below) {
  const waiting = new Map(ids.map(id => [id, above.get(id)?.length ?? 0]));
  const level = new Map(ids.map(id => [id, 0]));
  const ready = ids.filter(id => waiting.get(id) === 0);
  for (let i = 0; i < ready.length; i++) {
    for (const next of below.get(ready[i]) ?? []) {
      level.set(next, Math.max(level.get(next) ?? 0, (level.get(ready[i]) ?? 0) + 1));
      waiting.set(next, (waiting.get(next) ?? 0) - 1);
      if (waiting.get(next) === 0) {
        ready.push(next);
      }
    }
  }
  return level;
}

/**
 * @param {(string | number)[]} row
 * @param {(string | number)[]} other
 * @param {Map<string | number, (string | number)[]>} neighbours
 */
function settle(row, other, neighbours) {
  const place = new Map(other.map((id, i) => [id, i - (other.length - 1) / 2]));
  const wanted = new Map(row.map((id, i) => {
    const found = (neighbours.get(id) ?? []).flatMap(neighbour => place.get(neighbour) ?? []);
    return [id, found.length > 0 ? found.reduce((sum, value) => sum + value, 0) / found.length : i - (row.length - 1) / 2];
  }));
  row.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
}
