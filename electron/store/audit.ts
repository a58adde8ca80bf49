import { auditGaps, type Audit, type AuditGap, type AuditGroup, type AuditSilence } from '../../shared/domain/audit.ts'
import { marksToBits } from '../../shared/domain/marks.ts'
import type { Store } from './open.ts'

const mostGroups = 200
const mostSilences = 10
/** Microseconds. */
const hour = 3_600_000_000
const unusual = 20

type Lacks = { readonly [gap in AuditGap]: number }

interface GroupRow extends Omit<Lacks, 'environment'> {
  readonly environment: string | null
  readonly feature: string | null
  readonly calls: number
  readonly noEnvironment: number
}

type TraceRow = Audit['incomplete'] & { readonly traces: number; readonly spans: number }

/** What the log lacks: of the whole store, or of what one import brought. Reads every span once. */
export function audit(store: Store, importId?: number): Audit {
  return store.snapshot(() => {
    const of = { import: importId ?? null }
    const groups = store.query<[typeof of], GroupRow>('audit-calls').all(of).map(groupOf)
    const fragment = marksToBits(['fragment'])
    const { traces, spans, ...incomplete } = store
      .query<[typeof of & { fragment: number }], TraceRow>('audit-traces')
      .get({ ...of, fragment })!
    const silences = findSilences(store.query<[typeof of], { start: number }>('audit-starts').all(of))
    const longest = silences.toSorted((a, b) => b.until - b.from - (a.until - a.from)).slice(0, mostSilences)
    return {
      traces,
      spans,
      calls: groups.reduce((sum, group) => sum + group.calls, 0),
      lacks: lacksOf(gap => groups.reduce((sum, group) => sum + group.lacks[gap], 0)),
      groups: groups.slice(0, mostGroups),
      groupCount: groups.length,
      silences: longest.toSorted((a, b) => a.from - b.from).map(toText),
      silenceCount: silences.length,
      incomplete,
    }
  })
}

function lacksOf(count: (gap: AuditGap) => number): Lacks {
  return Object.fromEntries(auditGaps.map(gap => [gap, count(gap)])) as unknown as Lacks
}

function groupOf({ environment, feature, calls, noEnvironment, ...lacks }: GroupRow): AuditGroup {
  return {
    ...(environment === null ? {} : { environment }),
    ...(feature === null ? {} : { feature }),
    calls,
    lacks: lacksOf(gap => (gap === 'environment' ? noEnvironment : lacks[gap])),
  }
}

interface Silence {
  readonly from: number
  readonly until: number
}

function findSilences(starts: readonly { readonly start: number }[]): Silence[] {
  const between = starts.slice(1).map(({ start }, i) => ({ from: starts[i]!.start, until: start }))
  const lengths = between.map(({ from, until }) => until - from).sort((a, b) => a - b)
  const usual = lengths[lengths.length >> 1] ?? 0
  return between.filter(({ from, until }) => until - from > Math.max(hour, usual * unusual))
}

function toText({ from, until }: Silence): AuditSilence {
  return { from: `${from}000`, until: `${until}000` }
}
