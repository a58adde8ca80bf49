import type { CancelSignal, Input, Output, RequestName } from '../contract/index.ts'
import type { Question } from '../contract/search.ts'
import { formatPlural } from '../format/numbers.ts'
import { unknownWords } from '../money/cost-words.ts'
import { doubtSentences } from '../money/cost-doubts.ts'
import { unknownCosts, whyUnknown } from '../money/unknown-cost.ts'
import { mostScores } from '../query/cost-measures.ts'
import { untimedSentences } from '../query/latency-measures.ts'
import { successName, successQueries } from '../query/success.ts'
import { lacksOf } from './lacks.ts'
import { rowsOf, totalLine } from './lines.ts'
import { clauseOfMonth, monthAt, monthBefore, nameOfMonth, namesOfDays, type Month } from './month.ts'
import type { MonthReport, ReportDay, ReportSection, ReportSuccess, UnpricedModel } from './month-report.ts'
import { withTexts } from './prompt-texts.ts'
import { reportMeasures, sections, type Section } from './sections.ts'

export type Ask = <K extends RequestName>(name: K, input: Input<K>, signal?: CancelSignal) => Promise<Output<K>>

export interface ReportWish {
  readonly month: Month
  readonly zone: string
  /** What time it is: milliseconds since 1970. */
  readonly now: number
  /** Quotes a text of each of the dearest prompts. */
  readonly withPrompts: boolean
}

/** How far it is, in questions. */
export type Progress = (done: number, all: number) => void

/** More rows than a reader reads; what is left out is counted. */
const mostRows = 10_000
/** Measures of success that a reader compares. */
const mostSuccesses = 30

/** All that a report of a month says, asked question by question; a signal ends it. */
export async function gatherReport(
  ask: Ask,
  wish: ReportWish,
  progress: Progress = () => {},
  signal?: CancelSignal,
): Promise<MonthReport> {
  const { month, zone, now } = wish
  const before = monthBefore(month)
  const question = (query: string): Question => ({ query, now, zone, scan: true })
  const names = await ask('search.values', { field: 'score.', prefix: '', limit: mostScores }, signal)
  const scoreNames = names.values.map(one => one.value)
  const { successes } = await ask('success.list', {}, signal)
  const all = sections.length + Math.min(successes.length, mostSuccesses) + 6
  let done = 0
  let isPartial = false
  const table = async (more: Partial<Input<'costs.table'>>, clause = ''): Promise<Output<'costs.table'>> => {
    const answer = await ask(
      'costs.table',
      {
        where: question(`${clauseOfMonth(month)} ${clause}`.trim()),
        by: [],
        zone,
        measures: reportMeasures,
        sort: { by: 'cost', descending: true },
        limit: mostRows,
        ...more,
      },
      signal,
    )
    isPartial ||= !answer.exact
    return answer
  }
  const compared = { compare: question(clauseOfMonth(before)), scores: scoreNames }
  const step = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work
    progress(++done, all)
    return result
  }

  const whole = await step(table(compared))
  const split: ReportSection[] = []
  for (const section of sections) split.push(await step(sectionOf(section, by => table({ ...compared, by }))))
  const perDay = await step(table({ per: 'day', sort: { by: 'key', descending: false }, measures: ['calls', 'cost'] }))
  const without = await step(table({ by: ['provider', 'model', whyUnknown], measures: ['calls'] }, 'is:unpriced'))
  const judged: ReportSuccess[] = []
  for (const { success } of successes.slice(0, mostSuccesses)) {
    const { query, among } = successQueries([success], successName(success))!
    const asked = { success: question(query), ...(among === undefined ? {} : { successAmong: question(among) }) }
    const answer = await step(table({ ...asked, compare: compared.compare, measures: ['outcomes', 'costPerOutcome'] }))
    judged.push({
      name: successName(success),
      query: success.query,
      successes: answer.total[0]!,
      costPerSuccess: answer.total[1]!,
      successesBefore: answer.beforeTotal![0]!,
      costPerSuccessBefore: answer.beforeTotal![1]!,
    })
  }
  const callsWith = async (clause: string) => (await table({ measures: ['calls'] }, clause)).total[0]!
  const undated = await step(
    table({ where: question('-has:started'), measures: ['calls'] }).then(answer => answer.total[0]!),
  )
  const total = totalLine(whole)
  const lacks = await step(lacksOf({ month, zone, total, scoreNames, sections: split, undated, callsWith }))
  const { used } = await step(ask('prices.status', {}, signal))
  return {
    month,
    before,
    withPrompts: wish.withPrompts,
    zone,
    made: now,
    isPartial,
    total,
    filled: whole.filled,
    scoreNames,
    sections: wish.withPrompts ? await withTexts(split, { ask, question, month, signal }) : split,
    days: daysOf(month, perDay),
    unpriced: unpricedOf(without),
    successes: judged,
    prices: used,
    lacks: [
      ...unfinished(wish),
      ...lacks,
      ...doubtSentences({ doubts: whole.doubts, replays: whole.replays }),
      ...untimedSentences(whole.untimed),
    ],
  }
}

/** Of a month that goes on: its changes are less than they seem. */
function unfinished({ month, zone, now }: ReportWish): string[] {
  if (monthAt(now, zone) !== month) return []
  return [
    `${nameOfMonth(month)} is not over: as much of it as there is stands beside all of ${nameOfMonth(monthBefore(month))}.`,
  ]
}

/** Every day of the month, those without calls too. */
function daysOf(month: Month, { keys, values }: Output<'costs.table'>): ReportDay[] {
  const at = new Map(keys.map(([day], r) => [String(day), r]))
  return namesOfDays(month).map(day => {
    const r = at.get(day)
    return r === undefined
      ? { day, calls: 0, cost: Number.NaN }
      : { day, calls: values[r]!, cost: values[keys.length + r]! }
  })
}

/** The first fields that any call of the month says. */
async function sectionOf(
  { id, title, keys, by }: Section,
  ask: (by: readonly string[]) => Promise<Output<'costs.table'>>,
): Promise<ReportSection> {
  for (const fields of by) {
    const answer = await ask(fields)
    const says = answer.keys.some((key, r) => answer.values[answer.keys.length + r]! > 0 && key.at(-1) !== null)
    if (!says && answer.keys.every(key => key[0] === null)) continue
    return {
      id,
      title,
      keys,
      by: fields,
      rows: rowsOf(answer),
      count: answer.rows,
      overlaps: answer.overlaps.length > 0,
    }
  }
  return { id, title, keys, by: [], rows: [], count: 0, overlaps: false }
}

function unpricedOf({ keys, values }: Output<'costs.table'>): UnpricedModel[] {
  const found = new Map<
    string,
    { provider: string; model: string; calls: number; whys: [words: string, calls: number][] }
  >()
  for (const [r, key] of keys.entries()) {
    const [provider = '', model = '', why = ''] = key.map(value => (value === null ? '' : String(value)))
    const of = JSON.stringify([provider, model])
    const one = found.get(of) ?? { provider, model, calls: 0, whys: [] }
    found.set(of, one)
    one.calls += values[r]!
    const reason = unknownCosts.find(known => known === why)
    if (reason) one.whys.push([unknownWords(reason), values[r]!])
  }
  return [...found.values()]
    .sort((a, b) => b.calls - a.calls)
    .map(({ whys, ...one }) => (whys.length === 0 ? one : { ...one, why: wordsOf(whys) }))
}

/** Most calls first; of several reasons how many calls each has. */
function wordsOf(whys: [words: string, calls: number][]): string {
  if (whys.length === 1) return whys[0]![0]
  const ordered = whys.toSorted(([, a], [, b]) => b - a)
  return ordered.map(([words, calls]) => `${words} (${formatPlural(calls, 'call')})`).join('; ')
}
