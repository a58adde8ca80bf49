import type { EvidenceMeasured } from '../../../shared/contract/prompt-evidence.ts'
import { aboutMeasures, evidenceMeasures, type EvidenceMeasure } from '../../../shared/prompts/measures.ts'
import type { Quantity } from '../../../shared/statistics/estimates.ts'
import type { Sample } from '../../../shared/statistics/sample.ts'
import { knownValues } from '../lists/known-values.ts'
import {
  callLengths,
  callNumbers,
  countedCalls,
  failedCalls,
  ofCounted,
  retriedCalls,
  sessionsOfCalls,
} from '../pivot/calls.ts'
import { scoresOfTraces } from '../pivot/trace-scores.ts'
import { callCosts } from '../table/call-costs.ts'
import { sessionsOf } from '../table/sessions.ts'
import type { Table } from '../table/table.ts'
import { answerBits } from './answer-facts.ts'
import { promptsOfCalls } from './columns.ts'

/** Scores that are measured at most: the most frequent. */
const mostScores = 20

/** Something that is measured of calls: a number each, by their numbers among those counted; NaN is unknown. */
export interface Measure {
  readonly about: EvidenceMeasured
  readonly quantity: Quantity
  readonly numbers: Float64Array
  /** What the number is a part of. */
  readonly of?: Float64Array
  /** Of a trace, not of a call: it counts once for each. */
  readonly isOfTrace?: true
}

/** Everything that is measured of a table's calls, of which some call knows something. */
export function measuresOf(table: Table): Measure[] {
  const named = evidenceMeasures.map(name => measureOf(table, name))
  const scores = knownValues(table.store, { id: 'score' }, '', mostScores).map(({ value }) => scoreOf(table, value))
  return [...named, ...scores]
}

export function measureOf(table: Table, name: EvidenceMeasure): Measure {
  const { label, unit, better, quantity, percentile } = aboutMeasures[name]
  return {
    about: { name, label, unit, ...(better && { better }) },
    quantity: quantity === 'percentile' ? { percentile: percentile ?? 50 } : quantity,
    numbers: numbersOfMeasure(table, name),
    ...(name === 'cached' && { of: callNumbers(table, 'input') }),
  }
}

function scoreOf(table: Table, name: string): Measure {
  const { mean } = scoresOfTraces(table, name)
  const trace = tracePlaces(table)
  return {
    about: { name: `score.${name}`, label: name, unit: 'score', better: 'more' },
    quantity: 'mean',
    numbers: Float64Array.from(trace, place => mean[place]!),
    isOfTrace: true,
  }
}

function numbersOfMeasure(table: Table, name: EvidenceMeasure): Float64Array {
  switch (name) {
    case 'errors':
      return asNumbers(table, name, () => failedCalls(table))
    case 'retries':
      return asNumbers(table, name, () => retriedCalls(table))
    case 'refusals':
      return answers(table, answerBits.text, answerBits.refused)
    case 'json':
      return answersWithText(table)
    case 'tools':
      return answers(table, answerBits.text, answerBits.tools)
    case 'length':
      return promptsOfCalls(table).length
    case 'cached':
      return callNumbers(table, 'cache_read')
    case 'cost':
      return table.derived('prompt costs', () => ofCounted(table, callCosts(table).cost))
    case 'ttft.p50':
      return callNumbers(table, 'first_token')
    case 'input':
    case 'output':
      return callNumbers(table, name)
    default:
      return callLengths(table)
  }
}

function asNumbers(table: Table, name: string, flags: () => Uint8Array): Float64Array {
  return table.derived(`prompt ${name}`, () => Float64Array.from(flags()))
}

/** 1 where a bit is set, of answers in which the other one is. */
function answers(table: Table, among: number, bit: number): Float64Array {
  return Float64Array.from(promptsOfCalls(table).answer, bits =>
    (bits & among) === 0 ? Number.NaN : (bits & bit) === 0 ? 0 : 1,
  )
}

/** An answer that only asks for tools is neither JSON nor prose. */
function answersWithText(table: Table): Float64Array {
  const { answer, length } = promptsOfCalls(table)
  return Float64Array.from(answer, (bits, i) =>
    length[i]! > 0 ? ((bits & answerBits.json) === 0 ? 0 : 1) : Number.NaN,
  )
}

function tracePlaces(table: Table): Uint32Array {
  return table.derived('prompt traces', () =>
    Uint32Array.from(countedCalls(table).row, row => table.layout.trace[row]!),
  )
}

/** Sessions of calls; a call in none stands with those of its trace. */
export function clustersOf(table: Table): Uint32Array {
  return table.derived('prompt clusters', () => {
    const { count } = sessionsOf(table)
    const trace = tracePlaces(table)
    return Uint32Array.from(sessionsOfCalls(table).of, (session, i) => (session < 0 ? count + trace[i]! : session))
  })
}

/** A measure of some calls, as statistics take it. */
export function sampleOf(table: Table, measure: Measure, calls: Uint32Array): Sample {
  const clusters = clustersOf(table)
  const seen = new Set<number>()
  const trace = tracePlaces(table)
  const at = measure.isOfTrace
    ? calls.filter(i => {
        if (seen.has(trace[i]!)) return false
        seen.add(trace[i]!)
        return true
      })
    : calls
  const known = measure.isOfTrace ? undefined : clustersOfCalls.get(calls)
  const own = known ?? clustersAmong(clusters, at)
  if (!measure.isOfTrace) clustersOfCalls.set(calls, own)
  return {
    values: Float64Array.from(at, i => measure.numbers[i]!),
    ...(measure.of && { of: Float64Array.from(at, i => measure.of![i]!) }),
    ...(own.isClustered && { clusters: own.of }),
  }
}

/** Of sets of calls of which many measures are asked. */
const clustersOfCalls = new WeakMap<Uint32Array, ReturnType<typeof clustersAmong>>()

function clustersAmong(clusters: Uint32Array, calls: Uint32Array) {
  const of = Float64Array.from(calls, i => clusters[i]!)
  return { of, isClustered: new Set(of).size < of.length }
}
