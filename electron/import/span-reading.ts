import { readFacts, type Facts } from '../../shared/conventions/index.ts'
import { spanKinds, statuses } from '../../shared/domain/kind.ts'
import { decimalToNano, restOfNano } from '../../shared/domain/numbers.ts'
import { printCallMore, rareParts } from '../../shared/money/call-more.ts'
import type { RawSpan } from '../../shared/domain/raw-span.ts'
import { splitTime } from '../../shared/domain/units.ts'
import type { CallReading, SpanReading } from '../store/reread.ts'
import { spanTag } from '../../shared/domain/span-tag.ts'
import { traitText } from './trait-text.ts'

/** The furthest time from 1970 whose microseconds a double holds exactly: the year 2255. Past it the store has none. */
const furthest = 1n << 63n

/** What the store's columns say of a span. The same while importing and when its records are read again. */
export function readSpanColumns(raw: RawSpan): SpanReading {
  const { facts, conventions, marks, messages } = readFacts(raw)
  const start = raw.start === undefined ? none : split(raw.start)
  const length = raw.start !== undefined && raw.end !== undefined ? raw.end - raw.start : raw.duration
  const duration = length === undefined ? none : split(length)
  return {
    parentTag: raw.parentId === undefined ? 0 : spanTag(raw.parentId),
    name: raw.name,
    kind: spanKinds.indexOf(facts.kind ?? 'other'),
    status: statuses.indexOf(facts.status ?? raw.status),
    start: start.us,
    startNs: start.ns,
    duration: duration.us,
    durationNs: duration.ns,
    marks,
    conventions,
    traceName: facts.traceName,
    session: facts.session,
    user: facts.user,
    environment: facts.environment,
    release: facts.release,
    application: facts.application,
    feature: facts.feature,
    tenant: facts.tenant,
    traits: traitText(facts, raw),
    call: readCall(facts, messages),
    scores: facts.scores ?? noScores,
  }
}

const none = { us: NaN, ns: 0 }
const noScores: readonly never[] = []

function split(time: bigint): { us: number; ns: number } {
  if (time >= furthest || time <= -furthest) return none
  return splitTime(time)
}

function hasRare(usage: Facts['usage']): boolean {
  return usage !== undefined && rareParts.some(part => usage[part] !== undefined)
}

function readCall(facts: Facts, messages: number | undefined): CallReading | undefined {
  const { usage } = facts
  const isCall = facts.kind === 'generation' || facts.kind === 'embedding' || facts.kind === 'reranker'
  if (!isCall && usage === undefined && facts.recordedCost === undefined && facts.model === undefined) return undefined
  const cost = facts.recordedCost === undefined ? undefined : decimalToNano(facts.recordedCost)
  return {
    model: facts.model ?? facts.requestModel,
    provider: facts.provider,
    responseId: facts.responseId,
    promptName: facts.promptName,
    promptVersion: facts.promptVersion,
    input: usage?.input ?? NaN,
    output: usage?.output ?? NaN,
    cacheRead: usage?.cacheRead ?? NaN,
    cacheWrite: usage?.cacheWrite ?? NaN,
    reasoning: usage?.reasoning ?? NaN,
    cacheWrite1h: usage?.cacheWrite1h ?? NaN,
    cost: cost ?? NaN,
    costRest: cost === undefined ? 0 : restOfNano(facts.recordedCost!, cost),
    more: facts.terms === undefined && !hasRare(usage) ? undefined : printCallMore(facts.terms ?? {}, usage),
    firstToken: facts.timeToFirstToken === undefined ? NaN : Number(facts.timeToFirstToken) / 1000,
    messages: messages ?? NaN,
  }
}
