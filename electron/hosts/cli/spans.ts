import type { Output } from '../../../shared/contract/index.ts'
import type { Span } from '../../../shared/domain/span.ts'
import { formatCount } from '../../../shared/format/numbers.ts'
import { formatDateTime, formatDuration } from '../../../shared/format/times.ts'
import { type Command, type ExitCode, readNumber, usageError } from './command.ts'
import { type Asker, existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { isOver, paint, print, table } from './output.ts'
import { everySpan, isByRelevance, queryHelp, queryOption, questionOf, sortHelp, sortOption } from './query.ts'
import { waitForPrompts } from './recovered.ts'
import { safeJson } from './terminal.ts'
import { prepareAnswer } from './texts.ts'

type Page = Output<'search.spans'>
type Found = Page['spans'][number]

/** The most that one question may ask for. */
const page = 1000
/** Spans read at one time: the engine is busy while the last ones are printed. */
const ahead = 16

export const spans: Command = {
  name: 'spans',
  summary: 'list the spans that match a query, newest first',
  usage: 'spanwise spans [-q QUERY] [--sort ORDER] [--store FILE] [--limit N] [--json]',
  help: [
    ...queryHelp,
    sortHelp,
    '--limit N     at most so many spans (100)',
    '--json        everything that is known of each',
  ],
  options: { ...storeOption, ...queryOption, ...sortOption, limit: { type: 'string' }, json: { type: 'boolean' } },
  run: (words): Promise<ExitCode> => {
    if (words.positionals.length > 0) throw usageError('spans takes options only; the query follows -q.')
    const byRelevance = isByRelevance(words)
    const limit = readNumber(words.text('limit'), 'limit', 100)
    const where = questionOf(words) ?? everySpan
    return withInspector<ExitCode>(existingStoreOf(words), async asker => {
      const complete = await waitForPrompts(asker)
      await prepareAnswer(asker, where, byRelevance)
      const { total, exact, spans: found } = await readPages(asker, where, byRelevance ? 'relevance' : 'started', limit)
      if (words.flag('json')) await printJson(asker, { total, exact, spans: found }, complete)
      else await print(await drawList(asker, found, total))
      return 0
    })
  },
}

async function readPages(
  { ask }: Asker,
  where: typeof everySpan,
  sort: 'started' | 'relevance',
  limit: number,
): Promise<Page> {
  const found: Found[] = []
  let answer: Page
  do {
    answer = await ask('search.spans', {
      where,
      sort,
      offset: found.length,
      limit: Math.min(page, limit - found.length),
    })
    found.push(...answer.spans)
  } while (answer.spans.length > 0 && found.length < Math.min(limit, answer.total))
  return { ...answer, spans: found }
}

/** Each span in its turn, a few asked for ahead. */
async function* readSpans(
  { ask }: Asker,
  found: readonly Found[],
): AsyncGenerator<Span & { readonly traceId: string }> {
  const waiting: Promise<Span>[] = []
  for (const [i, { traceId }] of found.entries()) {
    for (let next = i + waiting.length; next < found.length && waiting.length < ahead; next++) {
      const asked = ask('spans.read', { id: found[next]!.id })
      asked.catch(() => {}) // awaited in its turn
      waiting.push(asked)
    }
    yield { traceId, ...(await waiting.shift()!) }
  }
}

/** `complete` is said only where it is false: prompts may lack. */
async function printJson(asker: Asker, { total, exact, spans: found }: Page, complete: boolean): Promise<void> {
  await print(`{"total":${total},"exact":${exact},${complete ? '' : '"complete":false,'}"spans":[`)
  let comma = ''
  for await (const span of readSpans(asker, found)) {
    if (isOver()) return
    await print(`${comma}\n${safeJson(span)}`)
    comma = ','
  }
  await print('\n]}\n')
}

async function drawList(asker: Asker, found: readonly Found[], total: number): Promise<string> {
  if (total === 0) return 'No span matches.\n'
  const rows: (Span & { readonly traceId: string })[] = []
  for await (const { attributes: _, inputMessages: __, outputMessages: ___, ...span } of readSpans(asker, found)) {
    rows.push({ ...span, attributes: {} })
  }
  const list = table(rows, [
    { title: 'TRACE', read: row => row.traceId, most: 32 },
    { title: 'SPAN', read: row => row.name, most: 40 },
    { title: 'KIND', read: row => row.kind },
    { title: 'STARTED', read: row => formatDateTime(row.startTime) },
    { title: 'LASTS', read: row => formatDuration(microseconds(row.durationNs)), right: true },
    { title: 'MODEL', read: row => row.model ?? '', most: 28 },
    { title: 'STATUS', read: row => (row.status === 'error' ? 'error' : ''), colour: () => 'red' },
  ])
  if (rows.length === total) return list
  return `${list}${paint('dim', `${formatCount(rows.length)} of ${formatCount(total)} spans; --limit shows more`)}\n`
}

function microseconds(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Number(time) / 1000
}
