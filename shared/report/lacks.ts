import { formatCount, formatPlural, formatShare } from '../format/numbers.ts'
import { nameOfMonth, type Month } from './month.ts'
import type { ReportLine, ReportSection } from './month-report.ts'
import { sections as ways } from './sections.ts'

interface Asked {
  readonly month: Month
  readonly zone: string
  readonly total: ReportLine
  readonly scoreNames: readonly string[]
  readonly sections: readonly ReportSection[]
  /** Calls without a time, of the whole store. */
  readonly undated: number
  /** How many calls of the month match a clause. */
  readonly callsWith: (clause: string) => Promise<number>
}

/** What else a report would tell, and the clause of the calls that lack it. */
const others = [
  ['user', '-has:user'],
  ['session', '-has:session'],
  ['time to the first token', '-has:ttft'],
  ['token count', '-has:tokens'],
] as const

/** What the month does not say, so that nobody takes a gap for a zero. */
export async function lacksOf(asked: Asked): Promise<string[]> {
  const { total, sections, scoreNames, undated, callsWith, month, zone } = asked
  const { calls, traces } = total.now
  const found: string[] = []
  if (undated > 0) found.push(undatedWords(undated))
  if (calls === 0) return [...found, `No call started in ${nameOfMonth(month)} by the clock of ${zone}.`]
  for (const section of sections) {
    const { lack } = ways.find(one => one.id === section.id)!
    const [first, second] = section.by
    if (first === undefined) found.push(sentence(lack, calls, calls))
    else {
      const silent = section.rows.filter(row => row.key.at(-1) === null && row.key[0] === null)
      const none = silent.reduce((sum, row) => sum + row.now.calls, 0)
      if (none > 0) found.push(sentence(lack, none, calls))
      const nameless = section.rows.filter(row => row.key.at(-1) === null && row.key[0] !== null)
      const some = nameless.reduce((sum, row) => sum + row.now.calls, 0)
      if (second !== undefined && some > 0) found.push(sentence(section.keys.at(-1)!.toLowerCase(), some, calls))
      if (first !== section.id && section.id !== 'model') found.push(standIn(lack, first))
    }
  }
  for (const [what, clause] of others) {
    const none = await callsWith(clause)
    if (none > 0) found.push(sentence(what, none, calls))
  }
  if (scoreNames.length === 0) found.push('No score is logged or imported: quality stands beside no cost.')
  else {
    const most = Math.max(0, ...total.scored)
    if (most < traces) {
      found.push(
        `No score of one name covers more than ${formatShare(most, traces)} of the traces.`.replace('100%', 'all'),
      )
    }
  }
  return found
}

function undatedWords(calls: number): string {
  const rest = calls === 1 ? 'says no time and stands' : 'say no time and stand'
  return `${formatPlural(calls, 'call')} of the store ${rest} in no month.`
}

function sentence(what: string, none: number, calls: number): string {
  const end = none === calls ? '' : ` (${formatCount(none)} of ${formatCount(calls)})`
  return `No ${what} is logged in ${formatShare(none, calls)} of calls${end}.`
}

const standIns: { readonly [field: string]: string } = {
  tenant: 'the tenant',
  application: 'the application',
}

function standIn(lack: string, field: string): string {
  const [scope, name] = field.startsWith('root.') ? ['the root of its trace', field.slice(5)] : ['the call', field]
  const said = standIns[name] ?? `the ${name}`
  return `Rows by ${lack} show ${said} that ${scope} names.`
}
