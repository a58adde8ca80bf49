// Holds `spanwise costs` and the report of a month against a reading of the dump that shares no code with them. By hand:
// `node test/costs/check-month.ts --calls 1000000 [--folder /tmp/month]` after a build; `--calls 3000` in npm test.

import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { spanwise } from '../helpers/product.ts'
import { countMonth, dollars, percentile, type Fields, type Grouping, type Sums } from './count-month.ts'
import { writeMonth } from './month-dump.ts'
import { readCsv } from './read-csv.ts'

const [month, before, zone] = ['2026-10', '2026-09', 'Europe/Berlin']
const minutes = 60_000

/** As `spanwise costs` is asked; days by the clock of the zone. */
const asked: readonly (readonly Fields[])[] = [
  [],
  ['model'],
  ['provider', 'model', 'feature'],
  ['team', 'prompt', 'prompt.version'],
  ['user'],
  ['environment', 'model', 'day'],
  ['day'],
]

const sections: { readonly [id: string]: readonly Fields[] } = {
  total: [],
  team: ['team'],
  feature: ['feature'],
  model: ['provider', 'model'],
  prompt: ['prompt', 'prompt.version'],
  day: ['day'],
}

export interface Checked {
  readonly tables: number
  readonly rows: number
  readonly figures: number
  /** What differs. */
  readonly wrong: readonly string[]
}

/** Imports a generated month and compares every figure. */
export async function checkMonth(folder: string, calls: number): Promise<Checked> {
  const [dump, store] = [path.join(folder, `month-${calls}.jsonl`), path.join(folder, `month-${calls}.spanwise`)]
  mkdirSync(folder, { recursive: true })
  process.env['TZ'] = zone
  if (!existsSync(store)) {
    await writeMonth(dump, calls)
    await answered(['import', dump, '--store', store])
  }
  const groupings: Grouping[] = [
    ...asked.map(by => ({ by })),
    ...Object.values(sections).flatMap(by => [
      { by, month },
      { by, month: before },
    ]),
  ]
  const counted = await countMonth(dump, zone, groupings)
  const check = new Check()
  for (const [n, by] of asked.entries()) await checkCosts(check, store, by, counted[n]!)
  await checkReport(check, store, path.join(folder, `month-${calls}.csv`), counted.slice(asked.length))
  return check
}

class Check implements Checked {
  tables = 0
  rows = 0
  figures = 0
  readonly wrong: string[] = []

  same(where: string, figures: { readonly [name: string]: readonly [said: unknown, counted: unknown] }): void {
    this.rows++
    for (const [name, [said, counted]] of Object.entries(figures)) {
      this.figures++
      if (!isDeepStrictEqual(said, counted)) this.wrong.push(`${where} ${name}: ${String(said)} for ${String(counted)}`)
    }
  }
}

async function answered(words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await spanwise(words, { timeout: 5 * minutes })
  if (code !== 0) throw new Error(`${words.join(' ')}: ${stderr}`)
  return stdout
}

type Line = Readonly<Record<string, unknown>>

async function checkCosts(
  check: Check,
  store: string,
  by: readonly Fields[],
  counted: Map<string, Sums>,
): Promise<void> {
  const fields = by.filter(name => name !== 'day')
  const words = [...(fields.length > 0 ? ['--by', fields.join()] : []), ...(by.includes('day') ? ['--per', 'day'] : [])]
  // Without any the command splits by model: the total of that is asked.
  const { rows, total } = JSON.parse(await answered(['costs', '--store', store, '--json', ...words])) as {
    rows: (Line & { key: unknown[] })[]
    total: Line
  }
  const lines = by.length === 0 ? [{ key: [], ...total }] : rows
  check.tables++
  check.same(`costs ${by.join()}`, { rows: [lines.length, counted.size] })
  for (const { key, ...line } of lines) {
    const sums = counted.get(JSON.stringify(key))
    if (sums) check.same(`costs ${by.join()} ${JSON.stringify(key)}`, figuresOf(line, sums))
    else check.wrong.push(`costs ${by.join()} ${JSON.stringify(key)}: nobody counted it`)
  }
}

function figuresOf(line: Line, sums: Sums) {
  return {
    calls: [line['calls'], sums.calls],
    input: [line['inputTokens'], sums.input ?? null],
    output: [line['outputTokens'], sums.output ?? null],
    cached: [line['cacheReadTokens'], sums.cached ?? null],
    recorded: [line['recorded'], dollars(sums.recorded)],
    computed: [line['computed'], dollars(sums.computed)],
    unpriced: [line['unpricedCalls'], sums.unpriced],
  } as const
}

async function checkReport(
  check: Check,
  store: string,
  file: string,
  counted: readonly Map<string, Sums>[],
): Promise<void> {
  await answered(['report', 'costs', '--month', month, '--zone', zone, '--out', file, '--store', store])
  const rows = readCsv(readFileSync(file, 'utf8'))
  for (const [n, [id, by]] of Object.entries(sections).entries()) {
    const [now, then] = [counted[2 * n]!, counted[2 * n + 1]!]
    const lines = rows.filter(row => row['section'] === id && (id !== 'day' || row['calls'] !== '0'))
    check.tables++
    // What was there in the month before only stands in the report too.
    const all = new Set([...now.keys(), ...(id === 'day' ? [] : then.keys())])
    check.same(`report ${id}`, { rows: [lines.length, all.size] })
    for (const line of lines) {
      const key = JSON.stringify(by.map((_, k) => plain(line[k === 0 ? 'name' : 'name_2'])))
      const sums = now.get(key)
      if (!sums && !then.has(key)) check.wrong.push(`report ${id} ${key}: nobody counted it`)
      if (sums)
        check.same(
          `report ${id} ${key}`,
          id === 'day' ? dayFigures(line, sums) : reportFigures(line, sums, then.get(key)),
        )
    }
  }
}

type CsvLine = Readonly<Record<string, string>>

function dayFigures(line: CsvLine, sums: Sums) {
  return {
    calls: [line['calls'], String(sums.calls)],
    cost: [line['cost_usd'], dollars(sums.cost) ?? ''],
  } as const
}

function reportFigures(line: CsvLine, sums: Sums, then: Sums | undefined) {
  const count = (number: number | undefined) => (number === undefined ? '' : String(number))
  return {
    ...dayFigures(line, sums),
    traces: [line['traces'], String(sums.traces.size)],
    input: [line['input_tokens'], count(sums.input)],
    cached: [line['cache_read_tokens'], count(sums.cached)],
    output: [line['output_tokens'], count(sums.output)],
    recorded: [line['recorded_usd'], dollars(sums.recorded) ?? ''],
    computed: [line['computed_usd'], dollars(sums.computed) ?? ''],
    unpriced: [line['unpriced_calls'], String(sums.unpriced)],
    failed: [line['failed_calls'], String(sums.errors)],
    p50: [line['latency_p50_ms'], count(percentile(sums.lengths, 50))],
    p95: [line['latency_p95_ms'], count(percentile(sums.lengths, 95))],
    before: [line['cost_before_usd'], dollars(then?.cost) ?? ''],
  } as const
}

/** A name as it was before the apostrophe that keeps a spreadsheet from running it; nothing is null. */
function plain(cell: string | undefined): string | null {
  return cell === undefined || cell === '' ? null : cell.replace(/^'(?=[=+@-])/, '')
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      calls: { type: 'string', default: '1000000' },
      folder: { type: 'string', default: 'node_modules/.cache/month' },
    },
  })
  const checked = await checkMonth(path.resolve(values.folder), Number(values.calls))
  console.log(
    `${checked.tables} tables, ${checked.rows} rows, ${checked.figures} figures; ${checked.wrong.length} differ.`,
  )
  for (const one of checked.wrong.slice(0, 50)) console.log(one)
  process.exitCode = checked.wrong.length === 0 ? 0 : 1
}
