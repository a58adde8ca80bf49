import type { FieldId } from '../../../shared/query/fields.ts'
import { computedSql, costSql, traceComputedSql, traceCostSql } from './price-function.ts'

// Where the store has the value of a field. `s` is the span asked about.

/** A number of the span's own row or of its trace's; nanoseconds for times. */
export const spanNumbers: { readonly [id in FieldId]?: string } = {
  started: '(s.start * 1000 + s.start_ns)',
  // Of one that ends before it starts nobody knows how long it took.
  duration: 'CASE WHEN s.dur * 1000 + s.dur_ns >= 0 THEN s.dur * 1000 + s.dur_ns END',
  offset: '(s.start * 1000 + s.start_ns - (SELECT t.start * 1000 + t.start_ns FROM trace t WHERE t.id = s.trace))',
  depth: 's.depth',
  spans: '(SELECT t.spans FROM trace t WHERE t.id = s.trace)',
}

const tokens = 'CASE WHEN input IS NOT NULL OR output IS NOT NULL THEN ifnull(input, 0) + ifnull(output, 0) END'

/** A number of the span's row in `call`. */
export const callNumbers: { readonly [id in FieldId]?: string } = {
  tokens,
  'tokens.input': 'input',
  'tokens.output': 'output',
  'tokens.cached': 'cache_read',
  'tokens.reasoning': 'reasoning',
  cost: costSql,
  'cost.computed': computedSql,
  'cost.recorded': 'cost',
  ttft: 'first_token * 1000',
}

/** What `trace:(…)` means of these: the trace's totals. `t` is the trace. */
export const traceNumbers: { readonly [id in FieldId]?: string } = {
  tokens: tokens.replaceAll('input', 't.input').replaceAll('output', 't.output'),
  cost: traceCostSql('t'),
  'cost.recorded': 't.cost',
  'cost.computed': traceComputedSql('t'),
  duration: 'max(t.dur * 1000 + t.dur_ns, 0)',
  spans: 't.spans',
}

/** Columns of `call` that hold ids of names. */
export const callNames: { readonly [id in FieldId]?: string } = {
  model: 'model',
  provider: 'provider',
  prompt: 'prompt',
  'prompt.version': 'prompt_version',
}

/** Columns of `label` that hold ids of names. */
export const labelNames: { readonly [id in FieldId]?: string } = {
  session: 'session',
  user: 'user',
  tenant: 'tenant',
  environment: 'environment',
  release: 'release',
  application: 'application',
  feature: 'feature',
}
