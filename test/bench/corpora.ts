import path from 'node:path'
import { generateDump, readDumpOptions, type DumpKind, type DumpSummary } from './generate.ts'

/** What an import of one corpus may cost at most: times as multiples of its `JSON.parse` floor. */
export interface Goals {
  readonly import: number
  /** Store bytes of dump bytes. */
  readonly store?: number
  /** Import and whole index of texts, and bytes of both. */
  readonly withTexts?: number
  readonly textsShare?: number
  readonly again?: number
}

export interface Corpus {
  readonly name: string
  readonly kind: DumpKind
  readonly mb: number
  /** Sizes of single huge traces; one of 20,000 spans per 200 MB where nothing else is said. */
  readonly giants?: string
  readonly goals: Goals
}

/** Worst cases are allowed 2.3: nothing repeats in them, or everything must be read twice. */
export const corpora: readonly Corpus[] = [
  {
    name: 'full',
    kind: 'full',
    mb: 1000,
    goals: { import: 0.9, store: 0.06, again: 0.6, withTexts: 1.35, textsShare: 0.12 },
  },
  {
    name: 'full-4000',
    kind: 'full',
    mb: 4000,
    giants: '20000,30000,50000,100000',
    goals: { import: 0.7, store: 0.06, again: 0.6, withTexts: 1.35, textsShare: 0.12 },
  },
  { name: 'delta', kind: 'delta', mb: 500, giants: '', goals: { import: 1, store: 0.12 } },
  { name: 'small', kind: 'small', mb: 500, goals: { import: 2.3 } },
  { name: 'distinct', kind: 'distinct', mb: 500, giants: '', goals: { import: 2.3, store: 0.35 } },
  { name: 'messy', kind: 'messy', mb: 500, goals: { import: 2.3 } },
]

/** Peak memory of the import process: at most, and how much more for 4 GB than for 1 GB. */
export const memoryGoals = { peakMb: 600, growth: 1.25 } as const

export interface Dump {
  readonly file: string
  readonly summary: DumpSummary
}

/** Writes a corpus into a folder. */
export function makeDump(
  folder: string,
  { kind, mb, giants }: { readonly kind: DumpKind; readonly mb: number; readonly giants?: string },
  seed = 1,
): Dump {
  const file = path.join(folder, `dump-${kind}-${mb}-${seed}.jsonl`)
  const options = readDumpOptions({ mb: String(mb), seed: String(seed), history: kind, giants })
  return { file, summary: generateDump(file, options) }
}
