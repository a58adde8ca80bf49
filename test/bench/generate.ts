// Writes a dump of LLM traces that is the same on every machine: OTLP-JSON lines as the OpenTelemetry collector's file
// exporter writes them, one to 64 spans a line (512 in giants), several traces interleaved, spans in the order they end.
// node test/bench/generate.ts --mb 200 --seed 1 --giants 20000 --history full --out dump.jsonl

import { closeSync, openSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { seededRandom } from '../helpers/random.ts'
import { MessyLines } from './dump/messy-lines.ts'
import { OtlpLines, type DumpSpan, type SpanLines } from './dump/otlp-lines.ts'
import { TraceMaker } from './dump/traces.ts'

/**
 * `small` has only 640-byte spans, `distinct` no text that repeats; `messy` is `full` in a hand that nothing can take for
 * granted (dump/messy-lines.ts).
 */
export const dumpKinds = ['full', 'delta', 'small', 'distinct', 'messy'] as const
export type DumpKind = (typeof dumpKinds)[number]

export interface DumpOptions {
  readonly bytes: number
  readonly seed: number
  readonly kind: DumpKind
  /** Sizes of single huge traces, spread evenly over the dump. */
  readonly giants: readonly number[]
}

export interface DumpSummary {
  readonly bytes: number
  readonly lines: number
  readonly traces: number
  readonly spans: number
  readonly calls: number
}

/** Written one after another, a few spans at a time, as if several programs exported to one collector. */
interface OpenTrace {
  readonly spans: readonly DumpSpan[]
  readonly giant: boolean
  written: number
}

export function generateDump(path: string, options: DumpOptions): DumpSummary {
  const file = openSync(path, 'w')
  try {
    const { kind, seed } = options
    const out: SpanLines = kind === 'messy' ? new MessyLines(file, seed) : new OtlpLines(file)
    const maker = new TraceMaker(seed, kind === 'small' || kind === 'messy' ? 'full' : kind)
    const lines = kind === 'small' ? writeSmall(out, maker, options) : writeInterleaved(out, maker, options)
    out.flush()
    return { bytes: out.bytes, lines, traces: maker.traces, spans: maker.spans, calls: maker.calls }
  } finally {
    closeSync(file)
  }
}

function writeInterleaved(out: SpanLines, maker: TraceMaker, options: DumpOptions): number {
  const random = seededRandom(options.seed + 99)
  const open: OpenTrace[] = []
  const giants = [...options.giants]
  let lines = 0
  const write = (trace: OpenTrace, count: number, service: string) => {
    out.line(trace.spans.slice(trace.written, trace.written + count), service)
    trace.written += count
    lines++
  }
  while (out.bytes < options.bytes) {
    while (open.length < 8) {
      const placed = options.giants.length - giants.length
      const due = out.bytes >= (options.bytes * (placed + 1)) / (options.giants.length + 1)
      const size = due ? giants.shift() : undefined
      const spans = size === undefined ? maker.agentTrace() : maker.giantTrace(size)
      open.push({ spans, giant: size !== undefined, written: 0 })
    }
    const turn = random.below(open.length)
    const trace = open[turn]!
    const count = trace.giant ? 512 : random.below(20) === 0 ? 64 : 1 + random.below(16)
    write(trace, count, trace.giant ? 'billing-worker' : turn % 2 === 0 ? 'support-bot' : 'code-agent')
    if (trace.written >= trace.spans.length) open.splice(turn, 1)
  }
  for (const trace of open) while (trace.written < trace.spans.length) write(trace, 64, 'support-bot')
  return lines
}

function writeSmall(out: SpanLines, maker: TraceMaker, options: DumpOptions): number {
  let lines = 0
  while (out.bytes < options.bytes) {
    const spans = maker.giantTrace(Math.max(100, Math.min(20_000, Math.ceil(options.bytes / 640))))
    for (let i = 0; i < spans.length; i += 256, lines++) out.line(spans.slice(i, i + 256), 'support-bot')
  }
  return lines
}

export const dumpArguments = {
  mb: { type: 'string', default: '200' },
  seed: { type: 'string', default: '1' },
  history: { type: 'string', default: 'full' },
  giants: { type: 'string' },
} as const

/** One giant of 20,000 spans per 200 MB where nothing else is asked. */
export function readDumpOptions(given: {
  mb: string
  seed: string
  history: string
  giants?: string | undefined
}): DumpOptions {
  const kind = dumpKinds.find(kind => kind === given.history)
  if (kind === undefined) throw new Error(`--history is one of ${dumpKinds.join(', ')}.`)
  const bytes = Number(given.mb) * 1e6
  if (!(bytes > 0)) throw new Error('--mb is a number of megabytes.')
  const usual = Array.from({ length: Math.floor(bytes / 200e6) }, () => '20000').join(',')
  const giants = (given.giants ?? usual).split(',').filter(Boolean).map(Number)
  return { bytes, seed: Number(given.seed), kind, giants }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { ...dumpArguments, out: { type: 'string', default: 'dump.jsonl' } } })
  console.log(JSON.stringify(generateDump(values.out, readDumpOptions(values))))
}
