import { useState } from 'preact/hooks';
import { apiAddress, ask, ofRun, useData } from '../core/api.js';
import { html } from '../core/html.js';
import { useLive } from '../core/live.js';
import { change, useAddress } from '../core/url.js';
import { Empty, Fault } from '../parts/basics.js';

/** @typedef {import('../types.js').ImageInfo} ImageInfo */

/** Pictures by tag, each tag with its steps. @param {{ id: string }} properties */
export function Images({ id }) {
  const { query } = useAddress();
  const { data, error, reload } = useData(signal => /** @type {Promise<ImageInfo[]>} */ (ask(`${ofRun(id)}/images`, {}, { signal })), [id]);
  useLive(event => event.id === id, reload, 3000);
  const scale = Math.min(16, Math.max(1, Number(query.get('scale')) || 4));
  const at = Number(query.get('at') ?? NaN);
  if (!data) {
    return html`<${Fault} error=${error} retry=${reload} />`;
  }
  if (data.length === 0) {
    return html`<${Empty} title="No image was logged"><p>In the program: <code>Run.Current.LogImage("samples", image, step)</code></p><//>`;
  }
  const tags = [...new Set(data.map(image => image.tag))];
  const steps = [...new Set(data.map(image => image.step))].sort((a, b) => a - b);
  const step = Number.isNaN(at) ? steps[steps.length - 1] : at;
  return html`
    <div class="scroll">
      <div class="chart-bar">
        <label class="slider wide">step <input type="range" min="0" max=${steps.length - 1} step="1" value=${Math.max(0, steps.findLastIndex(candidate => candidate <= step))}
          onInput=${(/** @type {InputEvent} */ event) => change({ at: steps[Number(/** @type {HTMLInputElement} */ (event.target).value)] })} /><output>${step}</output></label>
        <label class="slider">size <input type="range" min="1" max="16" step="1" value=${scale} onInput=${(/** @type {InputEvent} */ event) => change({ scale: /** @type {HTMLInputElement} */ (event.target).value })} /><output>${scale}×</output></label>
      </div>
      <div class="images">${tags.map(tag => {
        // The latest picture at or before the step: tags need not be logged at the same steps.
        const ofTag = data.filter(image => image.tag === tag);
        const last = Math.max(...ofTag.filter(image => image.step <= step).map(image => image.step));
        return ofTag.filter(image => image.step === last).map(image => html`<${Picture} key=${`${tag} ${image.number}`} id=${id} image=${image} scale=${scale} />`);
      })}</div>
    </div>`;
}

/** A picture at a whole multiple of its size, so that its dots stay dots. @param {{ id: string, image: ImageInfo, scale: number }} properties */
function Picture({ id, image, scale }) {
  const [size, setSize] = useState({ width: 0, height: 0 });
  return html`
    <figure>
      <img loading="lazy" src=${apiAddress(`${ofRun(id)}/image/${image.number}`)} width=${size.width * scale || undefined} height=${size.height * scale || undefined} alt=${`${image.tag} at step ${image.step}`}
        onLoad=${(/** @type {Event} */ event) => {
          const { naturalWidth: width, naturalHeight: height } = /** @type {HTMLImageElement} */ (event.target);
          setSize({ width, height });
        }} />
      <figcaption>${image.tag} <small>step ${image.step}${size.width ? `, ${size.width} × ${size.height}` : ''}</small></figcaption>
    </figure>`;
}
