import { printCell, type Cell } from '../format/csv-cell.ts'
import { dollarsOf } from './dollars.ts'
import type { MonthReport, ReportLine } from './month-report.ts'

/** All rows of the month: the total, each section's, days, unpriced models and successes. Unknown is an empty cell. */
export function printCsv(report: MonthReport): string {
  const { month, scoreNames, total, sections, days, unpriced, successes, prices, lacks } = report
  const width = numbers.length + 2 * scoreNames.length
  const line = (section: string, names: readonly Cell[], one: ReportLine): Cell[] => [
    month,
    section,
    ...names,
    ...numbers.map(({ read }) => read(one)),
    ...scoreNames.flatMap((_, s) => [known(one.scores[s] ?? Number.NaN), one.scored[s]]),
  ]
  const with2 = (section: string, names: readonly Cell[], at: { readonly [column: string]: Cell }): Cell[] => [
    month,
    section,
    ...names,
    ...Array.from({ length: width }, (_, n) => at[numbers[n]?.name ?? '']),
  ]
  const lines: Cell[][] = [
    line('total', [undefined, undefined], total),
    ...sections.flatMap(({ id, rows }) => rows.map(row => line(id, [named(row.key[0]), named(row.key[1])], row))),
    ...days.map(({ day, calls, cost }) => with2('day', [day, undefined], { calls, cost_usd: dollars(cost) })),
    ...unpriced.map(one =>
      with2('unpriced', [one.provider || undefined, one.model || undefined], {
        calls: one.calls,
        unpriced_calls: one.calls,
        note: one.why,
      }),
    ),
    ...successes.map(one =>
      with2('success', [one.name, undefined], {
        successes: one.successes,
        cost_per_success_usd: dollars(one.costPerSuccess),
        note: one.query,
      }),
    ),
    with2('prices', [prices.source, prices.version], { note: `of ${prices.date}; own rules: ${prices.rules}` }),
    ...lacks.map(note => with2('lacks', [undefined, undefined], { note })),
  ]
  const head = [
    'month',
    'section',
    'name',
    'name_2',
    ...numbers.map(({ name }) => name),
    ...scoreNames.flatMap(name => [`score ${name}`, `traces with ${name}`]),
  ]
  return [head, ...lines].map(cells => `${cells.map(printCell).join(',')}\r\n`).join('')
}

interface Column {
  readonly name: string
  readonly read: (line: ReportLine) => Cell
}

const milliseconds = (us: number): Cell => known(us / 1000)

const numbers: readonly Column[] = [
  { name: 'calls', read: ({ now }) => now.calls },
  { name: 'traces', read: ({ now }) => now.traces },
  { name: 'input_tokens', read: ({ now }) => known(now.input) },
  { name: 'cache_read_tokens', read: ({ now }) => known(now.cacheRead) },
  { name: 'output_tokens', read: ({ now }) => known(now.output) },
  { name: 'reasoning_tokens', read: ({ now }) => known(now.reasoning) },
  { name: 'cost_usd', read: ({ now }) => dollars(now.cost) },
  { name: 'recorded_usd', read: ({ recorded }) => digits(recorded) },
  { name: 'computed_usd', read: ({ computed }) => digits(computed) },
  { name: 'cost_per_call_usd', read: ({ now }) => dollars(now.costPerCall) },
  { name: 'unpriced_calls', read: ({ now }) => now.unpriced },
  { name: 'failed_calls', read: ({ now }) => now.errors },
  { name: 'failed_usd', read: ({ now }) => dollars(now.errorCost) },
  { name: 'retried_calls', read: ({ now }) => now.retries },
  { name: 'retried_usd', read: ({ now }) => dollars(now.retryCost) },
  { name: 'latency_p50_ms', read: ({ now }) => milliseconds(now['latency.p50']) },
  { name: 'latency_p95_ms', read: ({ now }) => milliseconds(now['latency.p95']) },
  { name: 'first_token_p50_ms', read: ({ now }) => milliseconds(now['ttft.p50']) },
  { name: 'calls_before', read: ({ before }) => known(before.calls) },
  { name: 'cost_before_usd', read: ({ before }) => dollars(before.cost) },
  { name: 'successes', read: () => undefined },
  { name: 'cost_per_success_usd', read: () => undefined },
  { name: 'note', read: () => undefined },
]

/** Twelve digits: what a mean is made of holds no more, and 0.1 + 0.2 is 0.3. */
function known(number: number): Cell {
  if (Number.isInteger(number)) return number
  return Number.isNaN(number) ? undefined : Number(number.toPrecision(12))
}

function dollars(nano: number): Cell {
  return digits(dollarsOf(nano) ?? null)
}

function digits(decimal: string | null): Cell {
  return decimal === null ? undefined : { digits: decimal }
}

function named(value: string | number | null | undefined): Cell {
  return value === null || value === undefined ? undefined : String(value)
}
