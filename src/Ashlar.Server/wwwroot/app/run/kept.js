import { apiAddress, ask, ofRun } from '../core/api.js';

/** @typedef {import('../types.js').Artifact} Artifact */

/** @param {string} id @param {Artifact} artifact */
const route = (id, artifact) => `${ofRun(id)}/artifacts/${artifact.name.split('/').map(encodeURIComponent).join('/')}`;

/** Where the browser finds the bytes. @param {string} id @param {Artifact} artifact */
export const artifactAddress = (id, artifact) => apiAddress(route(id, artifact), { sha256: artifact.sha256 });

/** @param {string} id @param {Artifact} artifact @param {AbortSignal} signal @param {{ text?: boolean }} [options] */
export const readArtifact = (id, artifact, signal, options) => ask(route(id, artifact), { sha256: artifact.sha256 }, { signal, ...options });

/**
 * Artifacts below a folder by their names without folder and ending, each with its steps in their order.
 * @param {Artifact[]} artifacts
 * @param {string} folder
 * @returns {Map<string, Artifact[]>}
 */
export function keptIn(artifacts, folder) {
  const found = new Map();
  for (const artifact of artifacts) {
    if (artifact.name.startsWith(`${folder}/`) && artifact.name.endsWith('.json')) {
      const name = artifact.name.slice(folder.length + 1, -5);
      found.set(name, [...(found.get(name) ?? []), artifact]);
    }
  }
  return found;
}
