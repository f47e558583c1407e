import { useMemo } from 'preact/hooks';
import { ask, ofRun, useData } from '../core/api.js';
import { csv, download } from '../core/csv.js';
import { html } from '../core/html.js';
import { change, useAddress } from '../core/url.js';
import { Empty, Fault, IconButton } from '../parts/basics.js';
import { DataTable } from '../parts/data-table.js';
import { readArtifact } from './kept.js';
import { layers } from './layers.js';

/** @typedef {import('../types.js').GraphSide} GraphSide */
/** @typedef {import('../types.js').RunDetail} RunDetail */

const MostNodes = 600;
const NodeWidth = 176;
const NodeHeight = 36;
const Across = 22;
const Down = 30;

/**
 * The server names nodes, operations and attributes as event files do; the page shows a label, a kind and a shape.
 * @param {{ nodes: { name: string, operation?: string, attributes?: Record<string, string> }[], edges: [string, string][] } | null} side
 * @returns {GraphSide | null}
 */
const sideOf = side => side && {
  nodes: side.nodes.map(({ name, operation, attributes }) => ({ id: name, label: attributes?.label ?? name, kind: attributes?.kind ?? operation, shape: attributes?.shape ?? attributes?._output_shapes })),
  edges: side.edges.map(([from, to]) => ({ from, to })),
};

/** The model as a table of layers and as a graph before and after fusion. @param {{ run: RunDetail }} properties */
export function Graph({ run }) {
  const { query } = useAddress();
  const { id } = run;
  // LogModel keeps the layers as text beside the weights.
  const written = run.artifacts.findLast(artifact => artifact.name.endsWith('.txt') && run.artifacts.some(other => other.name === artifact.name.replace(/\.txt$/, '.safetensors')));
  const text = useData(async signal => (written ? readArtifact(id, written, signal, { text: true }) : null), [id, written?.sha256]);
  const summary = run.summary ?? text.data ?? null;
  const { data, error, reload } = useData(async signal => {
    const answer = await ask(`${ofRun(id)}/graph`, {}, { signal });
    return answer && { before: sideOf(answer.before), after: sideOf(answer.after) };
  }, [id]);
  const side = query.get('graph') === 'before' || (data && !data.after) ? 'before' : 'after';
  const isTable = query.get('nodes') === 'table';
  /** @type {GraphSide | null} */
  const graph = data?.[side] ?? null;
  if (!summary && !written && data === null) {
    return html`<${Empty} title="No model was logged"><p>In the program: <code>Run.Current.LogModel(model)</code></p><//>`;
  }
  return html`
    <div class="model">
      ${summary && html`<section class="panel"><h2>Layers</h2><pre class="summary">${summary}</pre></section>`}
      <section class="panel graph-panel">
        <h2>Graph<span class="gap"></span>
          ${graph && html`
            <div class="segments" role="group" aria-label="which graph">
              ${/** @type {const} */ ([['before', 'as written'], ['after', 'fused']]).map(([key, text]) => html`<button type="button" key=${key} aria-pressed=${String(key === side)} onClick=${() => change({ graph: key === 'after' ? null : key })}>${text}<span class="count">${data?.[key]?.nodes.length ?? 0}</span></button>`)}
            </div>
            <${IconButton} icon="table" label="table of the nodes" pressed=${isTable} onClick=${() => change({ nodes: isTable ? null : 'table' })} />
            <${IconButton} icon="csv" label="save the nodes as CSV" onClick=${() => download(`${id}-graph-${side}.csv`, csv(['id', 'label', 'kind', 'shape', 'from'], graph.nodes.map(node => [node.id, node.label, node.kind, node.shape, graph.edges.filter(edge => edge.to === node.id).map(edge => edge.from).join(' ')])))} />`}
        </h2>
        <${Fault} error=${error} retry=${reload} />
        ${data === null && html`<p class="quiet">No graph was logged.</p>`}
        ${graph && (isTable || graph.nodes.length > MostNodes
          ? html`${graph.nodes.length > MostNodes && html`<p class="quiet">A graph of ${graph.nodes.length} nodes is shown as a table.</p>`}
            <${DataTable} label="nodes" height="60vh" count=${graph.nodes.length} columns=${[{ name: 'id' }, { name: 'node' }, { name: 'kind' }, { name: 'shape' }]} row=${(/** @type {number} */ i) => [graph.nodes[i].id, graph.nodes[i].label, graph.nodes[i].kind, html`<code>${graph.nodes[i].shape}</code>`]} />`
          : html`<${Drawing} graph=${graph} />`)}
      </section>
    </div>`;
}

/** @param {{ graph: GraphSide }} properties */
function Drawing({ graph }) {
  const { places, width, height } = useMemo(() => {
    const rows = layers(graph);
    const widest = Math.max(1, ...rows.map(row => row.length));
    const places = new Map();
    rows.forEach((row, level) => row.forEach((id, i) => places.set(id, {
      x: (widest - row.length) * (NodeWidth + Across) / 2 + i * (NodeWidth + Across) + 10,
      y: level * (NodeHeight + Down) + 10,
    })));
    return { places, width: widest * (NodeWidth + Across), height: rows.length * (NodeHeight + Down) };
  }, [graph]);
  /** @param {string | undefined} text @param {number} most */
  const cut = (text, most) => (text && text.length > most ? `${text.slice(0, most - 1)}…` : text);
  return html`
    <div class="graph-scroll" tabIndex=${0} role="region" aria-label="graph of the model">
      <svg width=${width + 10} height=${height} role="img" aria-label=${`${graph.nodes.length} nodes and ${graph.edges.length} edges; the table lists them`}>
        ${graph.edges.map((edge, i) => {
          const from = places.get(edge.from);
          const to = places.get(edge.to);
          if (!from || !to) {
            return null;
          }
          const [x1, y1, x2, y2] = [from.x + NodeWidth / 2, from.y + NodeHeight, to.x + NodeWidth / 2, to.y];
          // An edge over several levels goes round the nodes between.
          const aside = y2 - y1 > 2 * Down && Math.abs(x2 - x1) < NodeWidth ? NodeWidth * 0.85 : 0;
          return html`<path key=${i} class="edge" d=${`M${x1},${y1} C${x1 + aside},${y1 + Down * 0.7} ${x2 + aside},${y2 - Down * 0.7} ${x2},${y2}`} />`;
        })}
        ${graph.nodes.map(node => {
          const place = places.get(node.id);
          return place && html`<g key=${node.id} class=${`node kind-${(node.kind ?? '').toLowerCase()}`} transform=${`translate(${place.x},${place.y})`}>
            <title>${[node.label, node.kind, node.shape].filter(Boolean).join('\n')}</title>
            <rect width=${NodeWidth} height=${NodeHeight} rx="5" />
            <text x="8" y="15">${cut(node.label, 25)}</text><text x="8" y="29" class="shape">${cut([node.kind, node.shape].filter(Boolean).join(' '), 27)}</text>
          </g>`;
        })}
      </svg>
    </div>`;
}
