import type { JsonValue } from '../../shared/domain/json.ts'
import { printCell, type Cell } from '../../shared/format/csv-cell.ts'
import { nanoToDecimal } from '../../shared/domain/numbers.ts'
import type { NanoDollars, NanosecondText } from '../../shared/domain/units.ts'
import type { Store } from '../store/open.ts'
import { isoTime, shifted } from './cells.ts'
import type { Piece, Scope } from './export.ts'
import { exportedSpans, type ExportedSpan } from './spans.ts'

type Columns = { readonly [title: string]: (exported: ExportedSpan) => Cell }

const common: Columns = {
  trace_id: ({ traceId }) => traceId,
  span_id: ({ span }) => span.id,
  parent_span_id: ({ span }) => span.parentId,
  name: ({ span }) => span.name,
  kind: ({ span }) => span.kind,
  status: ({ span }) => span.status,
  error_type: ({ span }) => span.errorType,
  status_message: ({ span }) => span.statusMessage,
  start_time: ({ span }) => isoTime(span.startTime),
  duration_s: ({ span }) => seconds(span.durationNs),
}

const usage: Columns = {
  provider: ({ span }) => span.provider,
  model: ({ span }) => span.model,
  input_tokens: ({ span }) => span.usage?.input,
  output_tokens: ({ span }) => span.usage?.output,
  cache_read_tokens: ({ span }) => span.usage?.cacheRead,
  cache_write_tokens: ({ span }) => span.usage?.cacheWrite,
  reasoning_tokens: ({ span }) => span.usage?.reasoning,
  recorded_cost_usd: ({ span }) => number(span.recordedCost),
  computed_cost_usd: ({ computed }) => dollars(computed()),
}

const origin: Columns = {
  session: ({ span }) => span.session,
  user: ({ span }) => span.user,
  tenant: ({ span }) => span.tenant,
  team: ({ span }) => span.team,
  environment: ({ span }) => span.environment,
  release: ({ span }) => span.release,
  application: ({ span }) => span.application,
  feature: ({ span }) => span.feature,
  tags: ({ said }) => said().tags?.join(', '),
  starred: ({ said }) => (said().starred ? 1 : undefined),
  note: ({ said }) => said().note,
  trace_tags: ({ onTrace }) => onTrace().tags?.join(', '),
  trace_starred: ({ onTrace }) => (onTrace().starred ? 1 : undefined),
  trace_note: ({ onTrace }) => onTrace().note,
}

const ofSpans: Columns = {
  ...common,
  ...usage,
  counted: ({ counted }) => (counted === 0 ? undefined : 1),
  tool: ({ span }) => span.tool?.name,
  agent: ({ span }) => span.agent,
  ...origin,
}

const ofCalls: Columns = {
  ...common,
  ...usage,
  request_model: ({ span }) => span.requestModel,
  time_to_first_token_s: ({ span }) => seconds(span.timeToFirstTokenNs),
  finish_reasons: ({ span }) => span.finishReasons?.join(', '),
  response_id: ({ span }) => span.responseId,
  prompt_name: ({ span }) => span.prompt?.name,
  prompt_version: ({ span }) => span.prompt?.version,
  prompt_variables: ({ span }) => json(span.prompt?.variables),
  recovered_prompt_name: ({ recovered }) => recovered()?.name,
  recovered_prompt_version: ({ recovered }) => recovered()?.version,
  recovered_prompt_variables: ({ recovered }) => json(recovered()?.variables),
  ...origin,
}

function json(value: JsonValue | undefined): Cell {
  return value === undefined ? undefined : JSON.stringify(value)
}

/** One row a span. `counted` is 1 where a total adds its tokens: wrappers restate those of their calls. */
export function exportSpans(store: Store, scope: Scope): Generator<Piece> {
  return exportRows(store, ofSpans, () => true, scope)
}

/** One row a call, each counted once. */
export function exportCalls(store: Store, scope: Scope): Generator<Piece> {
  return exportRows(store, ofCalls, ({ counted }) => counted === 1, scope)
}

function* exportRows(
  store: Store,
  columns: Columns,
  holds: (exported: ExportedSpan) => boolean,
  scope: Scope,
): Generator<Piece> {
  const cells = Object.values(columns)
  yield { text: row(Object.keys(columns)), spans: 0 }
  for (const exported of exportedSpans(store, scope)) {
    yield { text: holds(exported) ? row(cells.map(read => read(exported))) : '', spans: 1 }
  }
}

/** RFC 4180: texts in quotes, lines end with CR LF. */
function row(cells: readonly Cell[]): string {
  return `${cells.map(printCell).join(',')}\r\n`
}

function number(decimal: string | undefined): Cell {
  return decimal !== undefined && /^-?\d+(?:\.\d+)?$/.test(decimal) ? { digits: decimal } : decimal
}

function dollars(nano: NanoDollars | undefined): Cell {
  return nano === undefined ? undefined : { digits: nanoToDecimal(nano) }
}

function seconds(time: NanosecondText | undefined): Cell {
  return number(shifted(time, 9))
}
