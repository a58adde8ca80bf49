import { formatCount, formatMoney, formatPlural } from '../../../shared/format/numbers.ts'
import { formatDateTime, formatDuration } from '../../../shared/format/times.ts'
import { spanKinds } from '../../../shared/domain/kind.ts'
import { printMessage, printSpan, sections } from '../../../shared/messages/print-markdown.ts'
import type { PageClient } from '../../state/client.ts'
import type { TraceModel } from './model.ts'

/** Rows, calls and failures that are copied: what is left out is counted. */
const mostRows = 1000
const mostCalls = 100
const mostFailures = 20
const together = 50

/** A trace as Markdown: what it came to, its spans as an outline, why it failed, and what its calls said. */
export async function printTrace(client: PageClient, model: TraceModel): Promise<string> {
  const { tree, totals, errorOrigins } = model
  const { trace } = tree
  const rows = Array.from(tree.id.keys())
  const failed = rows.filter(row => errorOrigins[row] === 1)
  const calls = rows.filter(row => tree.counted[row] === 1)
  const failures = await Promise.all(
    failed.slice(0, mostFailures).map(row => client.ask('spans.read', { id: tree.id[row]! })),
  )
  const said: string[] = []
  const copied = calls.slice(0, mostCalls)
  for (let from = 0; from < copied.length; from += together) {
    const ids = copied.slice(from, from + together).map(row => tree.id[row]!)
    const before = copied
      .slice(Math.max(0, from - 8), from)
      .map(row => tree.id[row]!)
      .toReversed()
    const { turns } = await client.ask('spans.news', { ids, before })
    for (const [i, turn] of turns.entries()) {
      const row = copied[from + i]!
      said.push(
        sections([
          `## ${tree.strings[tree.name[row]!]} · ${formatDuration(tree.duration[row])}`,
          turn.same > 0 && `_${formatPlural(turn.same, 'earlier message')}, same as the previous call_`,
          ...turn.input.map(printMessage),
          ...turn.output.map(printMessage),
        ]),
      )
    }
  }
  return sections([
    `# ${trace.name === '' ? 'Trace' : trace.name}`,
    [
      `- trace: \`${trace.traceId}\``,
      ...(trace.start === undefined ? [] : [`- started: ${formatDateTime(trace.start)}`]),
      `- ${formatDuration(trace.duration)}, ${formatPlural(totals.spans, 'span')}, ${formatPlural(totals.calls, 'call')}, ${formatPlural(totals.errors, 'error')}`,
      `- tokens: ${formatCount(nothing(totals.input))} in, ${formatCount(nothing(totals.output))} out`,
      ...(Number.isNaN(totals.cost) ? [] : [`- recorded cost: ${formatMoney(totals.cost)}`]),
    ].join('\n'),
    outline(model),
    ...failures.map(span => printSpan(span)),
    failed.length > failures.length && `_${formatPlural(failed.length - failures.length, 'more failure')}_`,
    ...said,
    calls.length > copied.length && `_${formatPlural(calls.length - copied.length, 'more call')}, not copied_`,
  ])
}

function nothing(count: number): number | undefined {
  return Number.isNaN(count) ? undefined : count
}

function outline({ tree }: TraceModel): string {
  const lines: string[] = []
  for (let row = 0; row < Math.min(tree.id.length, mostRows); row++) {
    const facts = [
      formatDuration(tree.duration[row]),
      ...(tree.model[row] === 0 ? [] : [tree.strings[tree.model[row]!]!]),
      ...(tree.status[row] === 2 ? ['✕ failed'] : []),
    ]
    const name = tree.strings[tree.name[row]!]!.replaceAll(/\s+/g, ' ').slice(0, 200)
    lines.push(
      `${'  '.repeat(Math.min(20, tree.depth[row]!))}- ${spanKinds[tree.kind[row]!]} ${name} · ${facts.join(' · ')}`,
    )
  }
  if (tree.id.length > mostRows) lines.push(`- … ${formatPlural(tree.id.length - mostRows, 'more span')}`)
  return lines.join('\n')
}
