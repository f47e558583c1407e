import { bytes, moment, short } from '../core/format.js';
import { html } from '../core/html.js';
import { Empty } from '../parts/basics.js';
import { Chain } from './chain.js';
import { artifactAddress } from './kept.js';

/** @typedef {import('../types.js').RunDetail} RunDetail */

/** What the run left behind: files by content, and the chain of hashes. @param {{ run: RunDetail }} properties */
export const Artifacts = ({ run }) => html`
  <div class="panels">
    <section class="panel wide">
      <h2>Artifacts <span class="count">${run.artifacts.length}</span></h2>
      ${run.artifacts.length === 0 ? html`<${Empty} title="No artifact was logged"><p>In the program: <code>Run.Current.LogArtifact("model.safetensors")</code></p><//>` : html`
      <table class="plain">
        <thead><tr><th scope="col">name</th><th scope="col" class="number">size</th><th scope="col" class="number">step</th><th scope="col">time</th><th scope="col">SHA-256</th></tr></thead>
        <tbody>${run.artifacts.map(artifact => html`<tr key=${`${artifact.name} ${artifact.step}`}>
          <td><a download href=${artifactAddress(run.id, artifact)}>${artifact.name}</a></td>
          <td class="number">${bytes(artifact.size)}</td><td class="number">${artifact.step ?? '–'}</td><td>${moment(artifact.time)}</td><td><code title=${artifact.sha256}>${short(artifact.sha256)}</code></td>
        </tr>`)}</tbody>
      </table>`}
    </section>
    <${Chain} id=${run.id} />
  </div>`;
