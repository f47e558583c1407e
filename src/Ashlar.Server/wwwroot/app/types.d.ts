// The API's answers as the page uses them. core/api.js brings what differs (null for numbers that JSON does not know) into this form.

export type State = 'running' | 'finished' | 'failed' | 'interrupted';
export type Value = string | number | boolean | null;

export interface RunRow {
  id: string;
  name: string;
  experiment: string;
  state: State;
  start: string | null;
  end: string | null;
  tags: Record<string, string>;
  params: Record<string, Value>;
  metrics: Record<string, number | null>;
  sweep: string | null;
  parent: string | null;
}

export interface Artifact {
  name: string;
  sha256: string;
  size: number;
  mediaType: string | null;
  step: number | null;
  time: string | null;
}

export interface Claim {
  claim: string;
  recorded: string;
  reproduced: string;
  difference: string;
  verdict: string;
}

export interface RunDetail extends RunRow {
  host: Record<string, Value> | null;
  command: string[] | null;
  folder?: string | null;
  config: { values: Record<string, { value: unknown; source: string }> } | null;
  weights: string | null;
  error: string | null;
  exitCode?: number | null;
  artifacts: Artifact[];
  summary: string | null;
  reproduce: ({ verdict?: string; time?: string; level?: number; claims?: Claim[] } & Record<string, unknown>) | null;
}

export interface MetricInfo {
  name: string;
  count: number;
  last: number | null;
  min: number | null;
  max: number | null;
}

export interface Series {
  run: string;
  total: number;
  exact: boolean;
  step: number[];
  time: number[];
  value: (number | null)[];
}

export interface Histogram {
  step: number;
  time: number;
  limits: number[];
  counts: number[];
  min: number;
  max: number;
  count?: number;
}

export interface ImageInfo {
  number: number;
  tag: string;
  step: number;
  time: number;
}

export interface TextEntry {
  tag: string;
  step: number;
  time: number;
  text: string;
}

export interface CodeRecord {
  project?: string | null;
  files: { path: string; sha256: string; size: number }[];
  git: { commit: string; branch: string | null; patch: string | null; untracked: string[] } | null;
  patch: string | null;
  locks?: { path: string; sha256: string }[];
}

export interface GraphSide {
  nodes: { id: string | number; label: string; kind?: string; shape?: string; weights?: string; operations?: string }[];
  edges: { from: string | number; to: string | number }[];
  facts?: Record<string, string>;
}

export interface ComparisonRow {
  name: string;
  values: (Value | undefined)[];
  differs: boolean;
}

export interface Comparison {
  runs: RunRow[];
  sections: { name: string; rows: ComparisonRow[] }[];
}

export interface SweepRow {
  id: string;
  method?: string;
  metric?: string;
  maximize?: boolean;
  start?: string;
  trials?: number;
}

export interface Trial {
  run: string;
  params: Record<string, Value>;
  metric: number | null;
  state: State | string;
}

export interface Sweep {
  id: string;
  name: string;
  method: string;
  metric: string;
  maximize: boolean;
  metrics: string[];
  parameters: string[];
  trials: Trial[];
}

export interface LiveEvent {
  id: string;
  kind: 'new' | 'changed' | 'points' | 'finished' | 'removed';
}

export type Axis = 'step' | 'relative' | 'time';

/** How the charts of a page are drawn: the part of the address that all of them share. */
export interface ChartView {
  axis: Axis;
  smoothing: number;
  logX: boolean;
  logY: boolean;
  outliers: boolean;
  zoom: [number, number] | null;
}

/** One line of a chart. */
export interface Line {
  key: string;
  label: string;
  color: string;
  dash: number[];
  width: number;
  faint: boolean;
  x: number[];
  y: (number | null)[];
}

/** A run as charts name and colour it. */
export interface Shown {
  id: string;
  name: string;
  start: string | null;
  slot: number;
}
