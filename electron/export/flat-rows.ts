import type { JsonValue } from '../../shared/domain/json.ts'
import type { Message, Prompt } from '../../shared/domain/message.ts'
import { exportedMarks, ownNames } from '../../shared/domain/own-names.ts'
import type { Span } from '../../shared/domain/span.ts'
import type { Store } from '../store/open.ts'
import { isoTime, shifted } from './cells.ts'
import type { Piece, Scope } from './export.ts'
import { exportedSpans, type ExportedSpan } from './spans.ts'

/** One row a span under the names of the flat schema (shared/conventions/flat.ts). Absent facts are absent. */
export function* exportFlat(store: Store, scope: Scope): Generator<Piece> {
  for (const exported of exportedSpans(store, scope)) {
    yield { text: `${JSON.stringify(rowOf(exported))}\n`, spans: 1 }
  }
}

function rowOf({ traceId, said, recovered, onTrace }: ExportedSpan): object {
  const span = said()
  const { usage, prompt } = span
  return {
    trace_id: traceId,
    span_id: span.id,
    parent_span_id: span.parentId,
    name: span.name,
    kind: span.kind,
    start_time: isoTime(span.startTime),
    end_time: isoTime(span.endTime),
    latency_ms: number(shifted(span.durationNs, 6)),
    status: span.status === 'unset' ? undefined : span.status === 'ok' ? 'success' : 'error',
    error_type: span.errorType,
    environment: span.environment,
    application: span.application,
    feature: span.feature,
    tenant_id: span.tenant,
    team: span.team,
    user_id: span.user,
    session_id: span.session,
    release: span.release,
    prompt_name: prompt?.name,
    prompt_version: prompt?.version,
    prompt_variables: prompt?.variables,
    ...recoveredColumns(recovered()),
    model_provider: span.provider,
    model_name: span.model,
    temperature: span.parameters?.['temperature'],
    input_tokens: usage?.input,
    output_tokens: usage?.output,
    cache_read_tokens: usage?.cacheRead,
    cache_write_tokens: usage?.cacheWrite,
    reasoning_tokens: usage?.reasoning,
    cost_usd: number(span.recordedCost),
    response_id: span.responseId,
    messages: span.inputMessages?.map(messageOf),
    completion: span.outputMessages?.map(messageOf),
    input: span.inputMessages ? undefined : (span.input ?? span.tool?.arguments ?? span.query),
    output: span.outputMessages ? undefined : (span.output ?? span.tool?.result),
    tool_calls: toolCalls(span.outputMessages),
    retrieval_document_ids: span.documents?.flatMap(({ id }) => id ?? []),
    eval_scores: scoresOf(span),
    tags: span.tags,
    starred: span.starred,
    note: span.note,
    trace_tags: onTrace().tags,
    trace_starred: onTrace().starred,
    trace_note: onTrace().note,
    metadata: span.metadata,
    // Read back, a request that was given back is no call, and a replay is one.
    ...Object.fromEntries(exportedMarks.map(mark => [ownNames[mark], span.marks?.includes(mark) ? true : undefined])),
  }
}

/** Under names of their own: read back, what was recovered is not what a file says. */
function recoveredColumns(prompt: Prompt | undefined): object {
  return prompt === undefined
    ? {}
    : {
        recovered_prompt_name: prompt.name,
        recovered_prompt_version: prompt.version,
        recovered_prompt_variables: prompt.variables,
      }
}

function number(decimal: string | undefined): number | undefined {
  return decimal === undefined || !Number.isFinite(Number(decimal)) ? undefined : Number(decimal)
}

function messageOf({ role, name, parts }: Message): object {
  const [only] = parts
  return { role, name, content: parts.length === 1 && only?.type === 'text' ? only.text : parts }
}

function toolCalls(messages: readonly Message[] | undefined): object[] | undefined {
  const calls = messages?.flatMap(({ parts }) =>
    parts.flatMap(part =>
      part.type === 'tool_call' ? { tool_name: part.name, tool_call_id: part.id, arguments: part.arguments } : [],
    ),
  )
  return calls && calls.length > 0 ? calls : undefined
}

function scoresOf({ scores }: Span): object | undefined {
  if (!scores || scores.length === 0) return undefined
  const named: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>
  for (const { name, value, label, explanation } of scores) {
    named[name] =
      label === undefined && explanation === undefined
        ? (value ?? null)
        : { score: value ?? null, label: label ?? null, explanation: explanation ?? null }
  }
  return named
}
