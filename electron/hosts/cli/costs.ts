import type { Output } from '../../../shared/contract/index.ts'
import { writtenKey } from '../../../shared/query/written-value.ts'
import { bucketLengths, mostDimensions, type Measure } from '../../../shared/query/cost-measures.ts'
import type { ListValue } from '../../../shared/contract/lists.ts'
import { formatCount, formatMoney, formatPlural, formatTokens } from '../../../shared/format/numbers.ts'
import { nanoToDecimal } from '../../../shared/domain/numbers.ts'
import { doubtSentences } from '../../../shared/money/cost-doubts.ts'
import { printCell } from '../../../shared/format/csv-cell.ts'
import { type Command, type ExitCode, usageError, type Words } from './command.ts'
import { fieldsOf } from './fields.ts'
import { existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { paint, print, table, type Column } from './output.ts'
import { queryHelp, queryOption, questionOf, zoneHere } from './query.ts'
import { successOf } from './success.ts'
import { safeJson } from './terminal.ts'
import { askWhole, prepareAnswer, prepareFields } from './texts.ts'

const usual = ['calls', 'input', 'output', 'cacheRead', 'cost', 'unpriced'] as const satisfies readonly Measure[]
/** Where success is defined. */
const ofSuccess = ['outcomes', 'costPerOutcome'] as const satisfies readonly Measure[]
const measures = [...usual, ...ofSuccess] as const

/** What `--json` says of a row and of all rows together; null is unknown. */
interface CostLine {
  readonly calls: number
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  readonly cacheReadTokens: number | null
  /** The exact sum of what the dump said. */
  readonly recorded: string | null
  /** What usage costs by the store's prices, of all calls that can be priced. */
  readonly computed: string | null
  readonly unpricedCalls: number
  /** With --success: successful traces, and dollars a success. */
  readonly successes?: number
  readonly costPerSuccess?: string | null
}

interface CostRow extends CostLine {
  readonly key: readonly (ListValue | null)[]
}

export const costs: Command = {
  name: 'costs',
  summary: 'what calls cost, by any fields of theirs and by day',
  usage:
    'spanwise costs [--by FIELDS] [--per LENGTH] [-q QUERY] [--success NAME|QUERY] [--store FILE] [--json | --csv]',
  help: [
    `--by FIELDS   fields of the query language, ${mostDimensions} at most: model,prompt.version (model)`,
    `--per LENGTH  and by when they started: ${bucketLengths.join(', ')}, by the clock of this machine. The last of the keys`,
    '              is its first day, 2026-10-01 for all of October; an hour is 2026-10-01T14+02:00',
    '--success X   successes and cost per success: a definition of the store (spanwise success), or a query that a',
    '              span of a successful trace matches; in JSON "successes" and "costPerSuccess"',
    ...queryHelp,
    '--json        {"by":[…],"rows":[{"key":[…],"calls","inputTokens","outputTokens","cacheReadTokens","recorded",',
    '              "computed","unpricedCalls"}],"total":{…}}; dollars as text with every digit, unknown is null',
    '--csv         the same as a table',
    '',
    'A row holds calls, each counted once; the total counts a call once that stands in several rows (tag, tool).',
    'The cost of a tool is that of the calls that read its results.',
  ],
  options: {
    ...storeOption,
    ...queryOption,
    by: { type: 'string' },
    per: { type: 'string' },
    success: { type: 'string' },
    json: { type: 'boolean' },
    csv: { type: 'boolean' },
  },
  run: words => {
    if (words.positionals.length > 0) throw usageError('costs takes options only; the query follows -q.')
    if (words.flag('json') && words.flag('csv')) throw usageError('costs prints --json or --csv, not both.')
    const per = lengthOf(words)
    const by = fieldsOf(words, mostDimensions, per ? [] : ['model'])
    const where = questionOf(words)
    return withInspector<ExitCode>(existingStoreOf(words), async asker => {
      const defined = await successOf(asker, words)
      await prepareAnswer(asker, where)
      await prepareFields(asker, by)
      await prepareAnswer(asker, defined.success)
      const every = { query: '', now: Date.now(), zone: zoneHere() }
      const answer = await askWhole(patience =>
        asker.ask('costs.table', {
          by,
          ...(per ? { per } : {}),
          where: { ...(where ?? every), ...(patience === undefined ? {} : { patience }) },
          ...defined,
          zone: zoneHere(),
          measures: defined.success ? measures : usual,
          sort: per ? { by: 'key', descending: false } : { by: 'cost', descending: true },
          limit: 1_000_000,
        }),
      )
      const keys = per ? [...by, per] : by
      const rows = answer.keys.map((key, r) => ({ key: writtenKey(by, key), ...lineOf(answer, r) }))
      const total = totalOf(answer)
      if (words.flag('json')) await print(`${safeJson({ by: keys, rows, total })}\n`)
      else if (words.flag('csv')) await print(drawCsv(keys, rows, total))
      else await print(drawTable(keys, rows, total, answer))
      return 0
    })
  },
}

function lengthOf(words: Words): (typeof bucketLengths)[number] | undefined {
  const written = words.text('per')
  const length = bucketLengths.find(one => one === written)
  if (written !== undefined && !length) throw usageError(`--per takes ${bucketLengths.join(', ')}.`)
  return length
}

type Answer = Output<'costs.table'>

function lineOf(answer: Answer, row: number): CostLine {
  const at = (measure: (typeof measures)[number]) =>
    answer.values[measures.indexOf(measure) * answer.keys.length + row]!
  return printLine(at, answer.recorded[row] ?? null, answer.computed[row] ?? null, hasSuccess(answer))
}

function totalOf(answer: Answer): CostLine {
  const { total, totalRecorded, totalComputed } = answer
  return printLine(measure => total[measures.indexOf(measure)]!, totalRecorded, totalComputed, hasSuccess(answer))
}

function hasSuccess({ total }: Answer): boolean {
  return total.length === measures.length
}

function printLine(
  at: (measure: (typeof measures)[number]) => number,
  recorded: string | null,
  computed: string | null,
  isJudged: boolean,
): CostLine {
  return {
    calls: at('calls'),
    inputTokens: known(at('input')),
    outputTokens: known(at('output')),
    cacheReadTokens: known(at('cacheRead')),
    recorded,
    computed,
    unpricedCalls: at('unpriced'),
    ...(isJudged ? { successes: at('outcomes'), costPerSuccess: decimalOf(at('costPerOutcome')) } : {}),
  }
}

/** Rounded to a nano-dollar. */
function decimalOf(nano: number): string | null {
  return Number.isNaN(nano) ? null : nanoToDecimal(Math.round(nano))
}

function known(number: number): number | null {
  return Number.isNaN(number) ? null : number
}

function drawCsv(keys: readonly string[], rows: readonly CostRow[], total: CostLine): string {
  const isJudged = total.successes !== undefined
  const titles = ['calls', 'input_tokens', 'output_tokens', 'cache_read_tokens', 'recorded_usd', 'computed_usd']
  const lines = rows.map(({ key, ...line }) => [
    ...key.map(value => value ?? undefined),
    line.calls,
    line.inputTokens ?? undefined,
    line.outputTokens ?? undefined,
    line.cacheReadTokens ?? undefined,
    digits(line.recorded),
    digits(line.computed),
    line.unpricedCalls,
    ...(isJudged ? [line.successes, digits(line.costPerSuccess ?? null)] : []),
  ])
  const last = ['unpriced_calls', ...(isJudged ? ['successes', 'cost_per_success_usd'] : [])]
  return [[...keys, ...titles, ...last], ...lines].map(cells => `${cells.map(printCell).join(',')}\r\n`).join('')
}

function digits(decimal: string | null): { readonly digits: string } | undefined {
  return decimal === null ? undefined : { digits: decimal }
}

function drawTable(keys: readonly string[], rows: readonly CostRow[], total: CostLine, answer: Answer): string {
  if (rows.length === 0) return 'No call matches.\n'
  const columns: Column<CostRow>[] = [
    ...keys.map((name, k) => ({
      title: name.toUpperCase(),
      read: (row: CostRow) => (row.key.length === 0 ? '' : String(row.key[k] ?? '—')),
      most: 40,
    })),
    { title: 'CALLS', read: row => formatCount(row.calls), right: true },
    { title: 'IN', read: row => formatTokens(row.inputTokens ?? undefined), right: true },
    { title: 'CACHED', read: row => formatTokens(row.cacheReadTokens ?? undefined), right: true },
    { title: 'OUT', read: row => formatTokens(row.outputTokens ?? undefined), right: true },
    { title: 'RECORDED', read: row => money(row.recorded), right: true },
    { title: 'COMPUTED', read: row => money(row.computed), right: true },
    { title: 'UNPRICED', read: row => (row.unpricedCalls === 0 ? '' : formatCount(row.unpricedCalls)), right: true },
    ...(total.successes === undefined
      ? []
      : ([
          { title: 'SUCCESSES', read: row => formatCount(row.successes ?? 0), right: true },
          { title: 'COST/SUCCESS', read: row => money(row.costPerSuccess ?? null), right: true },
        ] satisfies Column<CostRow>[])),
  ]
  const all: CostRow = { ...total, key: keys.map((_, k) => (k === 0 ? 'total' : '')) }
  const notes = [
    ...(answer.overlaps.length > 0 ? [`Rows overlap: a call may have several of ${answer.overlaps.join(', ')}.`] : []),
    ...(answer.aside.count > 0
      ? [`${formatPlural(answer.aside.count, 'span')} beside calls (embeddings, agents) carry usage too: in no row.`]
      : []),
    ...doubtSentences(answer),
    ...(answer.exact ? [] : ['An import runs, or records are still being read: these are the figures so far.']),
  ]
  return table([...rows, all], columns) + notes.map(note => `${paint('dim', note)}\n`).join('')
}

function money(decimal: string | null): string {
  return formatMoney(decimal === null ? undefined : Number(decimal) * 1e9)
}
