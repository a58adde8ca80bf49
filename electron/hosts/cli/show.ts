import type { TraceTree } from '../../../shared/contract/traces.ts'
import { spanKinds, statuses } from '../../../shared/domain/kind.ts'
import { formatCount, formatMoney, formatPlural, formatTokens } from '../../../shared/format/numbers.ts'
import { formatDateTime, formatDuration } from '../../../shared/format/times.ts'
import { type Command, type ExitCode, usageError } from './command.ts'
import { findTrace } from './find-trace.ts'
import { type Asker, existingStoreOf, storeOption, withInspector } from './inspect.ts'
import { isOver, paint, print, table } from './output.ts'
import { waitForPrompts } from './recovered.ts'
import { safeJson, safeLine } from './terminal.ts'

/** Spans asked for at one time: the engine is busy while the last ones are printed. */
const ahead = 16

export const show: Command = {
  name: 'show',
  summary: 'print one trace: its spans in reading order',
  usage: 'spanwise show <traceId> [--store FILE] [--json]',
  help: [
    '<traceId>     the beginning of an id will do, when no other trace begins with it',
    '--json        everything that is known of every span',
  ],
  options: { ...storeOption, json: { type: 'boolean' } },
  run: (words): Promise<ExitCode> => {
    const [written, ...more] = words.positionals
    if (written === undefined || more.length > 0) throw usageError('show takes one trace id.')
    return withInspector<ExitCode>(existingStoreOf(words), async asker => {
      if (words.flag('json')) await waitForPrompts(asker)
      const tree = await asker.ask('traces.tree', { id: await findTrace(asker, written) })
      if (words.flag('json')) await printJson(asker, tree)
      else await print(drawTree(tree))
      return 0
    })
  },
}

/** Span by span: a trace of any size is never held as one text. */
async function printJson({ ask }: Asker, tree: TraceTree): Promise<void> {
  const waiting: Promise<object>[] = []
  let next = 0
  const fill = (): void => {
    while (next < tree.id.length && waiting.length < ahead) {
      const asked = ask('spans.read', { id: tree.id[next++]! })
      asked.catch(() => {}) // awaited in its turn below
      waiting.push(asked)
    }
  }
  const { starred, tags, notes } = await ask('notes.read', { of: 'traces', ids: [tree.trace.id] })
  const put = {
    ...(starred[0] ? { starred: true } : {}),
    ...(tags[0] && tags[0].length > 0 ? { tags: tags[0] } : {}),
    ...(notes[0] == null ? {} : { note: notes[0] }),
  }
  const head = safeJson({ traceId: tree.trace.traceId, ...put })
  await print(`${head.slice(0, -1)},"spans":[`)
  fill()
  for (let printed = 0; printed < tree.id.length && !isOver(); printed++) {
    const span = await waiting.shift()
    fill()
    await print(`${printed === 0 ? '' : ','}\n${safeJson(span)}`)
  }
  await print('\n]}\n')
}

function drawTree(tree: TraceTree): string {
  const { trace, strings } = tree
  const text = (index: number | undefined) => strings[index ?? 0] ?? ''
  const facts = [
    formatDateTime(trace.start),
    formatDuration(trace.duration),
    formatPlural(trace.spans, 'span'),
    formatPlural(trace.calls, 'call'),
    formatPlural(trace.errors, 'error'),
    `${formatTokens(trace.input)} in, ${formatTokens(trace.output)} out`,
    formatMoney(trace.cost),
  ]
  const head = `${paint('bold', safeLine(trace.name))}  ${safeLine(trace.traceId)}\n${facts.join(' · ')}\n\n`
  const rows = Array.from(tree.id, (_, i) => i)
  const known = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? undefined : value)
  return (
    head +
    table(rows, [
      { title: 'SPAN', read: i => '  '.repeat(Math.min(tree.depth[i] ?? 0, 20)) + text(tree.name[i]), most: 60 },
      { title: 'KIND', read: i => spanKinds[tree.kind[i] ?? 0] ?? 'other' },
      { title: 'MODEL', read: i => text(tree.model[i]), most: 28 },
      { title: 'STARTS', read: i => formatDuration(known(tree.offset[i])), right: true },
      { title: 'LASTS', read: i => formatDuration(known(tree.duration[i])), right: true },
      { title: 'IN', read: i => formatTokensOrNothing(tree.input[i]), right: true },
      { title: 'OUT', read: i => formatTokensOrNothing(tree.output[i]), right: true },
      {
        title: 'STATUS',
        read: i => (statuses[tree.status[i] ?? 0] === 'error' ? 'error' : ''),
        colour: () => 'red',
      },
    ])
  )
}

function formatTokensOrNothing(tokens: number | undefined): string {
  return tokens === undefined || Number.isNaN(tokens) ? '' : formatCount(tokens)
}
