import path from 'node:path'
import { existsSync, statSync } from 'node:fs'
import { generateDump, readDumpOptions, type DumpKind, type DumpSummary } from './generate.ts'

/** What an import of one corpus may cost at most: times as multiples of its `JSON.parse` floor. */
export interface Goals {
  readonly import: number
  /** Store bytes of dump bytes. */
  readonly store?: number
  readonly again?: number
}

export interface Corpus {
  readonly name: string
  readonly kind: DumpKind
  readonly mb: number
  readonly goals: Goals
}

/** Worst cases are allowed 2.3: nothing repeats in them, or everything must be read twice. */
export const corpora: readonly Corpus[] = [
  { name: 'full', kind: 'full', mb: 1000, goals: { import: 0.9, store: 0.06, again: 0.6 } },
  { name: 'full-4000', kind: 'full', mb: 4000, goals: { import: 0.7, store: 0.06, again: 0.6 } },
  { name: 'delta', kind: 'delta', mb: 500, goals: { import: 1, store: 0.12 } },
  { name: 'small', kind: 'small', mb: 500, goals: { import: 2.3 } },
  { name: 'distinct', kind: 'distinct', mb: 500, goals: { import: 2.3, store: 0.35 } },
  { name: 'messy', kind: 'messy', mb: 500, goals: { import: 2.3 } },
]

/** Peak memory of the import process: at most, and how much more for 4 GB than for 1 GB. */
export const memoryGoals = { peakMb: 600, growth: 1.25 } as const

export interface Dump {
  readonly file: string
  readonly summary: DumpSummary
}

/** Writes a corpus into a folder, unless it lies there. */
export function makeDump(folder: string, kind: DumpKind, mb: number, seed = 1): Dump {
  const file = path.join(folder, `dump-${kind}-${mb}-${seed}.jsonl`)
  const giants = kind === 'distinct' || kind === 'delta' ? '' : undefined
  const options = readDumpOptions({ mb: String(mb), seed: String(seed), history: kind, giants })
  const known = summaries.get(file)
  const summary = known && existsSync(file) && statSync(file).size === known.bytes ? known : generateDump(file, options)
  summaries.set(file, summary)
  return { file, summary }
}

const summaries = new Map<string, DumpSummary>()
