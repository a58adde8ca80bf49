// `.devtools/generations.json` of the AI SDK's DevTools: one document with all runs and their steps.
// https://ai-sdk.dev/docs/ai-sdk-core/devtools
// A run is a trace, or hangs below the step that started it. Its end is that of its last step.

import type { JsonObject } from '../../../shared/domain/json.ts'
import type { RawSpan } from '../../../shared/domain/raw-span.ts'
import { millisecondsToNano, parseTime } from '../../../shared/domain/times.ts'
import { parseJson } from '../../../shared/conventions/json-text.ts'
import { rawNumber } from '../numbers.ts'
import { stateless, type Certainty, type Defer, type RecordSink, type TraceFormat } from '../format.ts'
import { spanOfFields } from './span-fields.ts'
import { isObject, listOf, plainAttributes, textIn, type Fields } from './values.ts'

function detect(record: JsonObject): Certainty {
  const { runs, steps } = record
  if (!Array.isArray(runs) || !Array.isArray(steps)) return 'no'
  const [run, step] = [runs[0], steps[0]]
  if (isObject(step) && 'run_id' in step && 'step_number' in step) return 'certain'
  return isObject(run) && 'started_at' in run && 'function_id' in run ? 'certain' : 'no'
}

interface Run {
  readonly row: Fields
  steps: number
  end: bigint | undefined
}

/** Runs inside runs, as deep as they may be. */
const deepest = 64

function read(record: JsonObject, sink: RecordSink): void {
  const runs = new Map<string, Run>()
  const text = (value: unknown) => (typeof value === 'string' ? sink.text(value) : '')
  for (const row of listOf(record['runs'])) {
    if (isObject(row)) runs.set(text(row['id']), { row, steps: 0, end: undefined })
    else sink.unreadable('import/not-a-span', 'A run that is not an object.')
  }
  const rootOf = (id: string): string => {
    let root = id
    for (let i = 0; i < deepest; i++) {
      const parent = text(runs.get(root)?.row['parent_run_id'])
      if (parent === '') break
      root = parent
    }
    return root
  }
  const roots = new Map<string, { readonly trace_id: string }>()
  for (const step of listOf(record['steps'])) {
    if (!isObject(step)) {
      sink.unreadable('import/not-a-span', 'A step that is not an object.')
      continue
    }
    const id = text(step['run_id'])
    const run = runs.get(id)
    if (run) {
      run.steps++
      const end = endOf(step)
      if (end !== undefined && (run.end === undefined || end > run.end)) run.end = end
    }
    let around = roots.get(id)
    if (!around) roots.set(id, (around = { trace_id: rootOf(id) }))
    sink.span(step, around)
  }
  for (const [id, { row, steps, end }] of runs) {
    sink.span(row, { trace_id: rootOf(id), steps, ...(end === undefined ? {} : { ended_at: end.toString() }) })
  }
}

function endOf(step: Fields): bigint | undefined {
  const start = parseTime(step['started_at'])?.ns
  const length = millisecondsToNano(rawNumber(step['duration_ms']) ?? step['duration_ms'])
  return start === undefined || length === undefined ? undefined : start + length
}

function rawSpan(record: object, context: object, defer: Defer): RawSpan {
  const row = record as Fields
  const around = context as Fields
  const isStep = 'run_id' in row
  const error = textIn(row['error'], defer) ?? row['error']
  const failed = error !== null && error !== undefined && error !== ''
  const end = isStep ? endOf(row)?.toString() : around['ended_at']
  const raw = spanOfFields(
    {
      traceId: around['trace_id'],
      spanId: row['id'],
      parentId: isStep ? row['run_id'] : (row['parent_step_id'] ?? row['parent_run_id']),
      name: isStep ? row['model_id'] : (row['function_id'] ?? 'run'),
      start: row['started_at'],
      end,
      status: failed ? 'ERROR' : undefined,
      message: messageOf(error),
      attributes: plainAttributes(row, defer),
      resource: isStep ? undefined : { steps: around['steps'] },
    },
    defer,
  )
  const inferred = isStep || end === undefined ? [] : (['inferred-time'] as const)
  return { ...raw, marks: [...raw.marks, ...inferred], dialect: 'ai-sdk-devtools' }
}

/** An error is a text, or an object (or JSON text of one) with a message. */
function messageOf(error: unknown): unknown {
  const value = typeof error === 'string' ? (parseJson(error) ?? error) : error
  return isObject(value) ? value['message'] : value
}

export const aiSdkDevtools: TraceFormat = {
  id: 'ai-sdk-devtools',
  label: 'AI SDK DevTools',
  detect,
  open: stateless(read),
  rawSpan,
}
