import type { TraceListRow } from '../../../shared/contract/traces.ts'
import type { TraceRow } from '../../../shared/domain/span.ts'
import { formatCount, formatMoney, formatTokens } from '../../../shared/format/numbers.ts'
import { formatDateTime, formatDuration } from '../../../shared/format/times.ts'
import { type Command, type ExitCode, readNumber, usageError } from './command.ts'
import type { Input } from '../../../shared/contract/index.ts'
import type { Question } from '../../../shared/contract/search.ts'
import { existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { paint, print, table } from './output.ts'
import { isByRelevance, queryHelp, queryOption, questionOf, sortHelp, sortOption } from './query.ts'
import { safeJson } from './terminal.ts'
import { prepareAnswer } from './texts.ts'

/** The most that one question may ask for. */
const page = 1000

export const traces: Command = {
  name: 'traces',
  summary: 'list the traces of a store, newest first',
  usage: 'spanwise traces [-q QUERY] [--sort ORDER] [--store FILE] [--limit N] [--json]',
  help: [
    ...queryHelp,
    sortHelp,
    '--limit N     at most so many traces (100)',
    '--json        one JSON document with exact times and costs',
  ],
  options: { ...storeOption, ...queryOption, ...sortOption, limit: { type: 'string' }, json: { type: 'boolean' } },
  run: (words): Promise<ExitCode> => {
    if (words.positionals.length > 0) throw usageError('traces takes options only; try spanwise traces --help')
    const byRelevance = isByRelevance(words)
    const limit = readNumber(words.text('limit'), 'limit', 100)
    const where = questionOf(words)
    const sort = byRelevance ? 'relevance' : 'start'
    return withInspector<ExitCode>(existingStoreOf(words), async asker => {
      const { ask } = asker
      await prepareAnswer(asker, where, byRelevance)
      if (words.flag('json')) {
        const { total, rows } = await readPages<TraceRow>(limit, where, sort, async window => {
          const answer = await ask('traces.rows', window)
          return { total: answer.total, rows: answer.traces }
        })
        await print(`${safeJson({ total, traces: rows })}\n`)
      } else {
        const { total, rows } = await readPages<TraceListRow>(limit, where, sort, window => ask('traces.list', window))
        await print(drawList(rows, total, where !== undefined))
      }
      return 0
    })
  },
}

interface Page<T> {
  readonly total: number
  readonly rows: readonly T[]
}

/** Newest first, page by page, up to the limit. */
async function readPages<T>(
  limit: number,
  where: Question | undefined,
  sort: 'start' | 'relevance',
  read: (window: Input<'traces.list'>) => Promise<Page<T>>,
): Promise<Page<T>> {
  const rows: T[] = []
  let total = 0
  do {
    const window = { offset: rows.length, limit: Math.min(page, limit - rows.length) }
    const answer = await read({ ...(where ? { where } : {}), sort, descending: true, ...window })
    total = answer.total
    if (answer.rows.length === 0) break
    rows.push(...answer.rows)
  } while (rows.length < Math.min(limit, total))
  return { total, rows }
}

function drawList(rows: readonly TraceListRow[], total: number, asked: boolean): string {
  if (total === 0) return asked ? 'No trace matches.\n' : 'The store holds no traces.\n'
  const list = table(rows, [
    { title: 'TRACE', read: row => row.traceId, most: 32 },
    { title: 'NAME', read: row => row.name, most: 40 },
    { title: 'STARTED', read: row => formatDateTime(row.start) },
    { title: 'LASTS', read: row => formatDuration(row.duration), right: true },
    { title: 'SPANS', read: row => formatCount(row.spans), right: true },
    { title: 'CALLS', read: row => formatCount(row.calls), right: true },
    {
      title: 'ERRORS',
      read: row => (row.errors === 0 ? '' : formatCount(row.errors)),
      right: true,
      colour: row => (row.errors > 0 ? 'red' : undefined),
    },
    { title: 'IN', read: row => formatTokens(row.input), right: true },
    { title: 'OUT', read: row => formatTokens(row.output), right: true },
    { title: 'COST', read: row => formatMoney(row.cost), right: true },
  ])
  if (rows.length === total) return list
  return `${list}${paint('dim', `${formatCount(rows.length)} of ${formatCount(total)} traces; --limit shows more`)}\n`
}
