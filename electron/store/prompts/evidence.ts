import type { Input, Output } from '../../../shared/contract/index.ts'
import { estimateSide } from '../../../shared/statistics/estimates.ts'
import type { Asked } from '../lists/asking.ts'
import { countReplays } from '../pivot/calls.ts'
import type { Table } from '../table/table.ts'
import { promptsOfCalls } from './columns.ts'
import { answeredBy, callsOfPrompt, nameNumber, tallyVersions } from './registry.ts'
import { clustersOf, measuresOf, sampleOf, type Measure } from './samples.ts'

/** Versions that are measured where nobody names any: those seen last. */
const mostVersions = 20

/** Measures of each version of a prompt, in turns. */
export function* evidenceOf(
  asked: Asked,
  { prompt, versions }: Omit<Input<'prompts.evidence'>, 'where'>,
): Generator<void, Output<'prompts.evidence'>> {
  const { table } = asked.subject
  const id = nameNumber(table, prompt)
  const calls = callsOfPrompt(asked, id)
  const wanted = versions ?? latestVersions(asked, id)
  const { version } = promptsOfCalls(table)
  yield
  const sets = wanted.map(name => {
    const number = name === null ? 0 : nameNumber(table, name)
    return name !== null && number === 0 ? new Uint32Array() : calls.filter(i => version[i] === number)
  })
  const measures = table.asking(asked.elsewhere, () => measuresOf(table)).filter(one => knows(one, calls))
  const found: Output<'prompts.evidence'>['versions'] = []
  for (const [n, set] of sets.entries()) {
    const values: Output<'prompts.evidence'>['versions'][number]['values'] = []
    for (const measure of measures) {
      const { calls: known, unknown, estimate } = estimateSide(sampleOf(table, measure, set), measure.quantity)
      values.push({ calls: known, unknown, ...(estimate && { estimate }) })
      yield
    }
    const replays = countReplays(table, set)
    const told = { ...(replays > 0 ? { replays } : {}), ...sessionsIn(table, set) }
    found.push({ version: wanted[n]!, calls: set.length, ...told, values })
  }
  return { ...answeredBy(asked), measures: measures.map(({ about }) => about), versions: found }
}

export function knows({ numbers }: Measure, ...sets: readonly Uint32Array[]): boolean {
  return sets.some(set => set.some(i => !Number.isNaN(numbers[i]!)))
}

function latestVersions(asked: Asked, id: number): (string | null)[] {
  const { names } = asked.subject.table
  const latest = tallyVersions(asked, id).toSorted((a, b) => b.last - a.last || b.calls - a.calls)
  return latest.slice(0, mostVersions).map(one => (one.id === 0 ? null : names.text(one.id)))
}

function sessionsIn(table: Table, set: Uint32Array): { readonly sessions?: number } {
  const clusters = clustersOf(table)
  const sessions = new Set(Array.from(set, i => clusters[i]!)).size
  return sessions < set.length ? { sessions } : {}
}
