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
const WideNode = 252;
const NodeHeight = 36;
const Across = 22;
const Down = 30;

/**
 * The server names nodes, operations and attributes as event files do; the page shows a label, a kind and a shape.
 * @param {{ nodes: { name: string, operation?: string, attributes?: Record<string, string> }[], edges: [string, string][], facts?: Record<string, string> } | null} side
 * @returns {GraphSide | null}
 */
const sideOf = side => side && {
  nodes: side.nodes.map(({ name, operation, attributes }) => ({ id: name, label: attributes?.label ?? name, kind: attributes?.kind ?? operation, shape: attributes?.shape ?? attributes?._output_shapes, weights: attributes?.weights, operations: attributes?.operations })),
  edges: side.edges.map(([from, to]) => ({ from, to })),
  facts: side.facts,
};

/** The model as a table of layers, as a graph before and after fusion, and as the ONNX files that the run kept. @param {{ run: RunDetail }} properties */
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
  const files = [...new Set(run.artifacts.map(artifact => artifact.name).filter(name => name.toLowerCase().endsWith('.onnx')))];
  const asked = query.get('graph') ?? '';
  const file = files.includes(asked) ? asked : data === null ? files[0] : undefined;
  const newest = run.artifacts.findLast(artifact => artifact.name === file)?.sha256;
  const onnx = useData(async signal => (file ? sideOf(await ask(`${ofRun(id)}/onnx`, { name: file }, { signal })) : null), [id, file, newest]);
  const side = asked === 'before' || (data && !data.after) ? 'before' : 'after';
  const isTable = query.get('nodes') === 'table';
  /** @type {GraphSide | null} */
  const graph = (file ? onnx.data : data?.[side]) ?? null;
  /** @type {[string, string, number | undefined][]} */
  const choices = [
    ...(data ? /** @type {[string, string, number | undefined][]} */ ([['before', 'as written', data.before?.nodes.length ?? 0], ['after', 'fused', data.after?.nodes.length ?? 0]]) : []),
    ...files.map(name => /** @type {[string, string, number | undefined]} */ ([name, name, name === file ? graph?.nodes.length : undefined])),
  ];
  const chosen = file ?? side;
  const hasWeights = graph?.nodes.some(node => node.weights) ?? false;
  if (!summary && !written && data === null && files.length === 0) {
    return html`<${Empty} title="No model was logged"><p>In the program: <code>Run.Current.LogModel(model)</code></p><//>`;
  }
  return html`
    <div class="model">
      ${summary && html`<section class="panel"><h2>Layers</h2><pre class="summary">${summary}</pre></section>`}
      <section class="panel graph-panel">
        <h2>Graph<span class="gap"></span>
          ${choices.length > 0 && html`
            <div class="segments" role="group" aria-label="which graph">
              ${choices.map(([key, text, count]) => html`<button type="button" key=${key} aria-pressed=${String(key === chosen)} onClick=${() => change({ graph: key })}>${text}${count !== undefined && html`<span class="count">${count}</span>`}</button>`)}
            </div>`}
          ${graph && html`
            <${IconButton} icon="table" label="table of the nodes" pressed=${isTable} onClick=${() => change({ nodes: isTable ? null : 'table' })} />
            <${IconButton} icon="csv" label="save the nodes as CSV" onClick=${() => download(`${id}-graph-${chosen}.csv`, csv(['id', 'label', 'kind', 'shape', 'from', 'weights', 'operations'], graph.nodes.map(node => [node.id, node.label, node.kind, node.shape, graph.edges.filter(edge => edge.to === node.id).map(edge => edge.from).join(' '), node.weights, node.operations])))} />`}
        </h2>
        <${Fault} error=${error ?? onnx.error} retry=${file ? onnx.reload : reload} />
        ${data === null && files.length === 0 && html`<p class="quiet">No graph was logged.</p>`}
        ${graph?.facts && html`<dl class="graph-facts">${Object.entries(graph.facts).filter(([, value]) => value).map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd title=${value}>${value}</dd></div>`)}</dl>`}
        ${graph && (isTable || graph.nodes.length > MostNodes
          ? html`${graph.nodes.length > MostNodes && html`<p class="quiet">A graph of ${graph.nodes.length} nodes is shown as a table.</p>`}
            <${DataTable} label="nodes" height="60vh" count=${graph.nodes.length} columns=${[{ name: 'id' }, { name: 'node' }, { name: 'kind' }, { name: 'shape' }, ...(hasWeights ? [{ name: 'weights' }, { name: 'operations' }] : [])]} row=${(/** @type {number} */ i) => [graph.nodes[i].id, graph.nodes[i].label, graph.nodes[i].kind, html`<code>${graph.nodes[i].shape}</code>`, ...(hasWeights ? [graph.nodes[i].weights, graph.nodes[i].operations] : [])]} />`
          : html`<${Drawing} graph=${graph} />`)}
      </section>
    </div>`;
}

/** @param {{ graph: GraphSide }} properties */
function Drawing({ graph }) {
  // Shapes with the names of axes are longer than extents.
  const across = graph.facts ? WideNode : NodeWidth;
  const { places, width, height } = useMemo(() => {
    const rows = layers(graph);
    const widest = Math.max(1, ...rows.map(row => row.length));
    const places = new Map();
    rows.forEach((row, level) => row.forEach((id, i) => places.set(id, {
      x: (widest - row.length) * (across + Across) / 2 + i * (across + Across) + 10,
      y: level * (NodeHeight + Down) + 10,
    })));
    return { places, width: widest * (across + Across), height: rows.length * (NodeHeight + Down) };
  }, [graph, across]);
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
          const [x1, y1, x2, y2] = [from.x + across / 2, from.y + NodeHeight, to.x + across / 2, to.y];
          // An edge over several levels goes round the nodes between.
          const aside = y2 - y1 > 2 * Down && Math.abs(x2 - x1) < across ? across * 0.85 : 0;
          return html`<path key=${i} class="edge" d=${`M${x1},${y1} C${x1 + aside},${y1 + Down * 0.7} ${x2 + aside},${y2 - Down * 0.7} ${x2},${y2}`} />`;
        })}
        ${graph.nodes.map(node => {
          const place = places.get(node.id);
          return place && html`<g key=${node.id} class=${`node kind-${(node.kind ?? '').toLowerCase()}`} transform=${`translate(${place.x},${place.y})`}>
            <title>${[node.label, node.kind, node.shape, node.weights, node.operations && `${node.operations} operations`].filter(Boolean).join('\n')}</title>
            <rect width=${across} height=${NodeHeight} rx="5" />
            <text x="8" y="15">${cut(node.label, Math.floor(across / 7))}</text><text x="8" y="29" class="shape">${cut([node.kind, node.shape].filter(Boolean).join(' '), Math.floor(across / 6.4))}</text>
          </g>`;
        })}
      </svg>
    </div>`;
}
