import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { address } from './url.js';

// Where the studio asks for a token, it comes with the first address (?token=…) or is asked for, and stays in this tab only.
const Key = 'ashlar.token';
/** @type {string | null} */
let token = null;

export class ApiError extends Error {
  /**
   * @param {number} status HTTP's; 0 when no answer came.
   * @param {string} message
   */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Takes the token out of the address, so that it is in no bookmark and no screenshot. */
export function takeToken() {
  const query = new URLSearchParams(location.search);
  const given = query.get('token');
  if (given) {
    setToken(given);
    query.delete('token');
    history.replaceState(null, '', address(location.pathname, query));
  } else {
    token = sessionStorage.getItem(Key);
  }
}

/** @param {string} value */
export function setToken(value) {
  token = value;
  sessionStorage.setItem(Key, value);
}

/**
 * The address of a route, for what the browser itself fetches (pictures, downloads, events), with the token where there is one.
 * @param {string} route Below /api, beginning with a slash, parts already encoded.
 * @param {Record<string, string | number | boolean | null | undefined>} [query]
 */
export const apiAddress = (route, query = {}) => address(`/api${route}`, token ? { ...query, token } : query);

/**
 * Asks the API.
 * @param {string} route
 * @param {Record<string, string | number | boolean | null | undefined>} [query]
 * @param {{ signal?: AbortSignal, method?: string, body?: unknown, text?: boolean }} [options]
 * @returns {Promise<any>}
 */
export async function ask(route, query = {}, { signal, method = 'GET', body, text = false } = {}) {
  /** @type {Record<string, string>} */
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  /** @type {Response} */
  let response;
  try {
    response = await fetch(address(`/api${route}`, query), { signal, method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (error) {
    if (signal?.aborted) {
      throw error;
    }
    throw new ApiError(0, 'The studio does not answer. See whether its command still runs, or start it again: ashlar studio');
  }
  if (!response.ok) {
    const said = await response.json().catch(() => null);
    throw new ApiError(response.status, said?.error ?? `The studio answered ${response.status} to ${route}.`);
  }
  return text ? response.text() : response.status === 204 ? null : response.json();
}

/** @param {string} id */
export const ofRun = id => `/runs/${encodeURIComponent(id)}`;

/**
 * Loads when the component appears and when one of the dependencies changes; keeps what it had while it loads again.
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} load
 * @param {unknown[]} dependencies
 */
export function useData(load, dependencies) {
  const [state, setState] = useState(/** @type {{ data?: T, error?: Error, loading: boolean }} */ ({ loading: true }));
  const [turn, setTurn] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    const controller = new AbortController();
    setState(before => ({ ...before, loading: true }));
    latest.current(controller.signal).then(
      data => controller.signal.aborted || setState({ data, loading: false }),
      error => controller.signal.aborted || setState(before => ({ data: before.data, error, loading: false })),
    );
    return () => controller.abort();
  }, [...dependencies, turn]);
  const reload = useCallback(() => setTurn(n => n + 1), []);
  return { ...state, reload };
}
