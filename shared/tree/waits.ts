import { spanKinds, type SpanKind } from '../domain/kind.ts'
import type { CriticalPath } from './critical-path.ts'

/** What a span's own time is spent on: waiting for a model, for a tool, or in the program itself. */
export const waits = ['own', 'model', 'tool'] as const
export type Wait = (typeof waits)[number]

/** `inherit`: a span of no known kind (an HTTP request) belongs to what surrounds it. */
const waitOfKind: { readonly [kind in SpanKind]: Wait | 'inherit' } = {
  generation: 'model',
  embedding: 'model',
  reranker: 'model',
  retrieval: 'tool',
  tool: 'tool',
  memory: 'tool',
  agent: 'own',
  workflow: 'own',
  chain: 'own',
  guardrail: 'own',
  evaluator: 'own',
  prompt: 'own',
  other: 'inherit',
}
const codes = spanKinds.map(kind => {
  const wait = waitOfKind[kind]
  return wait === 'inherit' ? -1 : waits.indexOf(wait)
})

/** For each span of a trace in reading order its place in `waits`. */
export function waitsOf(kind: ArrayLike<number>, last: ArrayLike<number>): Uint8Array {
  const found = new Uint8Array(kind.length)
  const open: number[] = []
  for (let row = 0; row < found.length; row++) {
    while (open.length > 0 && last[open.at(-1)!]! < row) open.pop()
    const own = codes[kind[row]!] ?? -1
    const above = open.at(-1)
    found[row] = own >= 0 ? own : above === undefined ? 0 : found[above]!
    if (last[row]! > row) open.push(row)
  }
  return found
}

/** Microseconds of a critical path by what they were spent on. */
export type TimeSplit = { readonly [wait in Wait]: number }

export function splitTime(path: CriticalPath, wait: Uint8Array): TimeSplit {
  const sums = [0, 0, 0]
  for (let i = 0; i < path.row.length; i++) sums[wait[path.row[i]!]!]! += path.to[i]! - path.from[i]!
  return { own: sums[0]!, model: sums[1]!, tool: sums[2]! }
}
