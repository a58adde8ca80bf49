import type { Output } from '../../../shared/contract/index.ts'
import type { ListValue } from '../../../shared/contract/lists.ts'
import type { Question } from '../../../shared/contract/search.ts'
import { formatCount, formatPlural, formatShare } from '../../../shared/format/numbers.ts'
import { formatDuration } from '../../../shared/format/times.ts'
import { writtenKey } from '../../../shared/query/written-value.ts'
import { mostOperationFields, operationMeasureNames, usualOperations } from '../../../shared/query/latency-measures.ts'
import { type Command, type ExitCode, readNumber, usageError } from './command.ts'
import { fieldsOf } from './fields.ts'
import { existingStoreOf, storeOption, withInspector, type Asker } from './inspect.ts'
import { paint, print, table, type Column } from './output.ts'
import { queryHelp, queryOption, questionOf } from './query.ts'
import { safeJson } from './terminal.ts'
import { prepareAnswer } from './texts.ts'

type Key = readonly (ListValue | null)[]

interface Wanted {
  readonly where: { readonly where?: Question }
  readonly limit: number
  readonly isJson: boolean
}

export const latency: Command = {
  name: 'latency',
  summary: 'how long operations take, what failed, which calls took longest',
  usage: 'spanwise latency [--by FIELDS | --failures | --slowest] [-q QUERY] [--limit N] [--store FILE] [--json]',
  help: [
    `--by FIELDS   what tells operations apart, ${mostOperationFields} fields at most (${usualOperations.join(',')})`,
    '--failures    spans that failed by name, kind, model and cause, and how many were tried again or timed out',
    '--slowest     calls as times the median of all calls of the same model and prompt',
    '--limit N     rows at most (50)',
    ...queryHelp,
    '--json        the same as JSON; lengths of time in milliseconds, unknown is null',
    '',
    'Self time is what no span below takes; a share is one of the self time of all spans of the traces looked at.',
  ],
  options: {
    ...storeOption,
    ...queryOption,
    by: { type: 'string' },
    failures: { type: 'boolean' },
    slowest: { type: 'boolean' },
    limit: { type: 'string' },
    json: { type: 'boolean' },
  },
  run: words => {
    if (words.positionals.length > 0) throw usageError('latency takes options only; the query follows -q.')
    const chosen = [words.text('by') !== undefined, words.flag('failures'), words.flag('slowest')]
    if (chosen.filter(Boolean).length > 1) throw usageError('latency takes --by, --failures or --slowest.')
    const by = fieldsOf(words, mostOperationFields, usualOperations)
    const limit = readNumber(words.text('limit'), 'limit', 50)
    if (limit > 1000) throw usageError('--limit takes 1000 at most.')
    const where = questionOf(words)
    return withInspector<ExitCode>(existingStoreOf(words), async asker => {
      await prepareAnswer(asker, where)
      const wanted: Wanted = { where: where ? { where } : {}, limit, isJson: words.flag('json') }
      const answer = words.flag('failures') ? failures : words.flag('slowest') ? slowest : operations(by)
      await print(await answer(asker, wanted))
      return 0
    })
  },
}

const operations =
  (by: readonly string[]) =>
  async (asker: Asker, { where, limit, isJson }: Wanted): Promise<string> => {
    const answer = await asker.ask('latency.operations', {
      ...where,
      by,
      limit,
      sort: { by: 'self', descending: true },
    })
    const at = (row: number) => operationMeasureNames.map((_, m) => answer.values[m * answer.keys.length + row]!)
    const rows = answer.keys.map((key, row) => ({ key: writtenKey(by, key), ...lineOf(at(row)) }))
    const total = lineOf([...answer.total])
    if (isJson) return `${safeJson({ by, rows, total })}\n`
    if (rows.length === 0) return 'No span matches.\n'
    const columns: Column<Line & { readonly key: Key }>[] = [
      ...keyColumns<{ readonly key: Key }>(by),
      { title: 'SPANS', read: row => formatCount(row.spans), right: true },
      { title: 'ERRORS', read: row => (row.errors === 0 ? '' : formatCount(row.errors)), right: true },
      { title: 'P50', read: row => time(row.p50Ms), right: true },
      { title: 'P95', read: row => time(row.p95Ms), right: true },
      { title: 'P99', read: row => time(row.p99Ms), right: true },
      { title: 'SELF', read: row => time(row.selfMs), right: true },
      { title: 'SHARE', read: row => formatShare(row.share ?? Number.NaN, 1), right: true },
    ]
    const all = { ...total, key: by.map((_, k) => (k === 0 ? 'total' : '')) }
    return (
      table([...rows, all], columns) +
      notes([
        answer.rows > rows.length &&
          `${formatPlural(answer.rows - rows.length, 'operation')} more; --limit shows more.`,
        total.unknownLength > 0 &&
          `${formatPlural(total.unknownLength, 'span')} of unknown length, or that end before they start: in no percentile.`,
        answer.overlaps.length > 0 && `Rows overlap: a span may have several of ${answer.overlaps.join(', ')}.`,
        !answer.exact && 'An import is running: these are the figures so far.',
      ])
    )
  }

interface Line {
  readonly spans: number
  readonly errors: number
  readonly unknownLength: number
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly p99Ms: number | null
  readonly selfMs: number | null
  readonly share: number | null
}

function lineOf([count, errors, unknown, p50, p95, p99, self, share]: readonly number[]): Line {
  return {
    spans: count!,
    errors: errors!,
    unknownLength: unknown!,
    p50Ms: milliseconds(p50!),
    p95Ms: milliseconds(p95!),
    p99Ms: milliseconds(p99!),
    selfMs: milliseconds(self!),
    share: Number.isNaN(share!) ? null : share!,
  }
}

async function failures(asker: Asker, { where, limit, isJson }: Wanted): Promise<string> {
  const answer = await asker.ask('latency.failures', { ...where, limit })
  const { failed, retried, read } = answer
  const rows = answer.keys.map((key, r) => ({
    key,
    failed: answer.failures[r]!,
    retried: answer.retries[r]!,
    timeouts: answer.timeouts[r]!,
    spentMs: milliseconds(answer.lost[r]!),
  }))
  const by = ['name', 'kind', 'model', 'cause']
  if (isJson) return `${safeJson({ by, rows, failed, retried, read })}\n`
  if (failed === 0) return 'No span failed.\n'
  const columns: Column<(typeof rows)[number]>[] = [
    ...keyColumns<(typeof rows)[number]>(by),
    { title: 'FAILED', read: row => formatCount(row.failed), right: true },
    { title: 'RETRIED', read: row => formatCount(row.retried), right: true },
    { title: 'TIMEOUTS', read: row => formatCount(row.timeouts), right: true },
    { title: 'SPENT', read: row => time(row.spentMs), right: true },
  ]
  return (
    table(rows, columns) +
    notes([
      `${formatPlural(failed, 'span')} failed, ${formatCount(retried)} of which were tried again.`,
      read < failed && `Causes are those of the newest ${formatCount(read)}.`,
    ])
  )
}

async function slowest(asker: Asker, { where, limit, isJson }: Wanted): Promise<string> {
  const answer: Output<'latency.slowest'> = await asker.ask('latency.slowest', { ...where, limit })
  const rows = answer.keys.map((key, r) => ({
    key,
    trace: answer.traces[r]!,
    lengthMs: milliseconds(answer.lengths[r]!),
    medianMs: milliseconds(answer.medians[r]!),
    times: answer.lengths[r]! / answer.medians[r]!,
    peers: answer.peers[r]!,
  }))
  const by = ['model', 'prompt']
  if (isJson) return `${safeJson({ by, rows, notCompared: answer.lonely })}\n`
  if (rows.length === 0) return 'No call took longer than its peers.\n'
  const columns: Column<(typeof rows)[number]>[] = [
    ...keyColumns<(typeof rows)[number]>(by),
    { title: 'TOOK', read: row => time(row.lengthMs), right: true },
    { title: 'MEDIAN', read: row => time(row.medianMs), right: true },
    { title: 'TIMES', read: row => row.times.toFixed(1), right: true },
    { title: 'PEERS', read: row => formatCount(row.peers), right: true },
    { title: 'TRACE', read: row => row.trace, most: 40 },
  ]
  return (
    table(rows, columns) +
    notes([
      answer.lonely > 0 &&
        `${formatPlural(answer.lonely, 'call')} of unknown length or with fewer than five peers: not compared.`,
    ])
  )
}

function keyColumns<T extends { readonly key: Key }>(by: readonly string[]): Column<T>[] {
  return by.map((name, k) => ({ title: name.toUpperCase(), read: row => String(row.key[k] ?? '—'), most: 40 }))
}

function notes(lines: readonly (string | false)[]): string {
  return lines.flatMap(line => (line === false ? [] : [`${paint('dim', line)}\n`])).join('')
}

function milliseconds(us: number): number | null {
  return Number.isNaN(us) ? null : us / 1000
}

function time(ms: number | null): string {
  return formatDuration(ms === null ? undefined : ms * 1000)
}
