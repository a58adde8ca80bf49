import { statuses } from '../../../shared/domain/kind.ts'
import type { Success } from '../../../shared/query/success.ts'
import { knownValues } from '../lists/known-values.ts'
import { valueCodes } from '../lists/item-words.ts'
import { countedCalls } from '../pivot/calls.ts'
import { scoresOfTraces } from '../pivot/trace-scores.ts'
import { listSuccesses } from '../successes.ts'
import { codedField } from '../table/coded.ts'
import type { Table } from '../table/table.ts'
import { answerBits } from './answer-facts.ts'
import { promptsOfCalls } from './columns.ts'

/** Why a call is not good. */
export type NotGood = 'failed' | 'refused' | 'unsuccessful' | 'low' | 'unjudged'

/** Scores that are looked at: the most frequent. */
const mostScores = 20
const failed = statuses.indexOf('error')

/** Of the feature that the call is of; of one without definitions of its own those for all. */
export function successesOf(table: Table, call: number): Success[] {
  const all = listSuccesses(table.store).map(one => one.success)
  const feature = featureOf(table, call)
  const own = all.filter(one => one.feature !== undefined && one.feature === feature)
  return own.length > 0 ? own : all.filter(one => one.feature === undefined)
}

export function featureOf(table: Table, call: number): string | undefined {
  const coded = valueCodes(table, { id: 'feature' })
  const code = coded?.codes[countedCalls(table).row[call]!]
  return coded === undefined || code === undefined || code === coded.none ? undefined : String(coded.decode(code))
}

/** A definition of success that applies, with 1 for every trace that is one. */
export interface Applying {
  readonly name: string
  readonly traces: Uint8Array
}

export interface Judge {
  readonly because: 'success' | 'score' | 'no error'
  /** Names of scores that tell good calls from others. */
  readonly scores: readonly string[]
  /** Undefined: it is good. */
  readonly against: (call: number) => NotGood | undefined
}

/**
 * Judges calls of one prompt. A score is good from the middle between the least and the greatest that any of these calls
 * has: of yes and no that is yes, and nobody need say what scale it has. `lenient`: what nobody judged is good too.
 */
export function judgeOf(
  table: Table,
  calls: readonly number[],
  successes: readonly Applying[],
  lenient: boolean,
): Judge {
  const status = table.column('status')
  const { row } = countedCalls(table)
  const { answer } = promptsOfCalls(table)
  const refused = answerBits.text | answerBits.refused
  const scores = knownValues(table.store, { id: 'score' }, '', mostScores).flatMap(({ value: name }) => {
    const numbers = scoresOfCalls(table, name)
    let [least, greatest] = [Infinity, -Infinity]
    for (const i of calls) {
      if (numbers[i]! < least) least = numbers[i]!
      if (numbers[i]! > greatest) greatest = numbers[i]!
    }
    return least < greatest ? { name, numbers, from: (least + greatest) / 2 } : []
  })
  const against = (i: number): NotGood | undefined => {
    if (status[row[i]!] === failed) return 'failed'
    if ((answer[i]! & refused) === refused) return 'refused'
    const trace = table.layout.trace[row[i]!]!
    if (successes.some(one => one.traces[trace] !== 1)) return 'unsuccessful'
    if (scores.some(one => one.numbers[i]! < one.from)) return 'low'
    const isJudged = lenient || successes.length > 0 || scores.length === 0
    return isJudged || scores.some(one => one.numbers[i]! >= one.from) ? undefined : 'unjudged'
  }
  const because = successes.length > 0 ? 'success' : scores.length > 0 && !lenient ? 'score' : 'no error'
  return { because, scores: scores.map(one => one.name), against }
}

/** Of the call itself, else of its trace; NaN where neither was scored. */
function scoresOfCalls(table: Table, name: string): Float64Array {
  const { mean } = scoresOfTraces(table, name)
  return table.ofField({ id: 'score' }, `prompt own score ${name.toLowerCase()}`, () => {
    const sum = new Float64Array(table.rows)
    const given = new Uint32Array(table.rows)
    const { rows = new Uint32Array(), codes, decode } = codedField(table, { id: 'score', name })!
    for (let e = 0; e < rows.length; e++) {
      const value = decode(codes[e]!)
      if (typeof value !== 'number' || !Number.isFinite(value)) continue
      sum[rows[e]!]! += value
      given[rows[e]!]!++
    }
    return Float64Array.from(countedCalls(table).row, row =>
      given[row]! > 0 ? sum[row]! / given[row]! : mean[table.layout.trace[row]!]!,
    )
  })
}
