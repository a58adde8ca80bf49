import type { Output } from '../../../shared/contract/index.ts'
import { spanKinds } from '../../../shared/domain/kind.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import type { RetrievedDocument } from '../../../shared/domain/message.ts'
import type { Span } from '../../../shared/domain/span.ts'
import { partsOfCall, type CallParts } from '../../../shared/diff/call-parts.ts'
import { likelyCauses } from '../../../shared/diff/likely-causes.ts'
import { printTemplate } from '../../../shared/prompts/template.ts'
import { countedCalls, replayedCalls } from '../pivot/calls.ts'
import type { Table } from '../table/table.ts'
import { promptsOfCalls } from './columns.ts'
import { type Applying, featureOf, judgeOf } from './good-calls.ts'
import { promptText } from './prompt-text.ts'
import { templateNamed } from './templates.ts'
import { variablesOf } from './variables.ts'
import type { SpanReader } from './version.ts'

/** Good calls that are read: enough to tell what changes anyway from what changed now. */
const mostRead = 20
/** Retrievals before a call whose documents are looked at. */
const mostRetrievals = 16

type LastGood = Omit<Output<'prompts.lastGood'>, 'exact' | 'searched' | 'complete'>

/** The number of a call: of the span itself, else of the last call below it. */
export function callOf(table: Table, span: number): number {
  const { row } = countedCalls(table)
  const first = (table.layout.rowOf[span] ?? 0) - 1
  let found = -1
  if (first >= 0) {
    const last = table.layout.end[first]!
    for (let i = 0; i < row.length; i++) if (row[i]! >= first && row[i]! <= last) found = i
    const own = row.indexOf(first)
    if (own >= 0) found = own
  }
  if (found < 0) throw new InspectorError('prompts/no-call', 'This is no call of a model, and none runs inside it.')
  return found
}

/** The last good call before a call, and what differs. */
export function lastGoodOf(table: Table, bad: number, successes: readonly Applying[], reader: SpanReader): LastGood {
  const { among, calls } = amongOf(table, bad)
  const { before, undated } = callsBefore(table, calls, bad)
  const strict = judgeOf(table, calls, successes, false)
  const judge = before.some(i => strict.against(i) === undefined) ? strict : judgeOf(table, calls, successes, true)
  const passed = { failed: 0, refused: 0, unsuccessful: 0, low: 0, unjudged: 0, undated }
  const good: number[] = []
  for (const i of before) {
    const against = judge.against(i)
    if (against === undefined) good.push(i)
    else if (good.length === 0) passed[against]++
    if (good.length === mostRead) break
  }
  const read = (i: number) => readCall(table, i, reader)
  const was = read(bad)
  if (!was) throw new InspectorError('prompts/no-call', 'The call is not in the store any more.')
  const found = good.flatMap(i => read(i) ?? [])
  const [last] = found
  return {
    bad: was.found,
    among,
    good: last ? { ...last.found, because: judge.because } : null,
    successes: successes.map(one => one.name),
    scores: [...judge.scores],
    passed,
    compared: found.length,
    ...mutable(
      last
        ? likelyCauses(
            found.map(one => one.parts),
            was.parts,
          )
        : { causes: [], same: [], unsaid: [] },
    ),
  }
}

function mutable({ causes, same, unsaid }: ReturnType<typeof likelyCauses>) {
  return { causes: [...causes], same: [...same], unsaid: [...unsaid] }
}

/** Calls that a call is compared with, itself included: logged ones. */
function amongOf(table: Table, bad: number): { among: LastGood['among']; calls: number[] } {
  const { row, count } = countedCalls(table)
  const { prompt } = promptsOfCalls(table)
  const replayed = replayedCalls(table)
  const all = Array.from({ length: count }, (_, i) => i).filter(i => replayed[i] === 0 || i === bad)
  const found = (by: LastGood['among']['by'], name: string, calls: number[]) => ({
    among: { by, name, calls: calls.length },
    calls,
  })
  if (prompt[bad] !== 0) {
    const same = all.filter(i => prompt[i] === prompt[bad])
    return found('prompt', table.names.text(prompt[bad]!), same)
  }
  const feature = featureOf(table, bad)
  if (feature !== undefined) {
    const same = all.filter(i => featureOf(table, i) === feature)
    return found('feature', feature, same)
  }
  const name = table.column('name')
  const same = all.filter(i => name[row[i]!] === name[row[bad]!])
  return found('name', table.names.text(name[row[bad]!]!), same)
}

/** Those before it, the latest first. Undated calls have the order of their files among themselves. */
function callsBefore(table: Table, calls: readonly number[], bad: number) {
  const { row } = countedCalls(table)
  const start = table.column('start')
  const at = (i: number) => start[row[i]!]!
  const isDated = !Number.isNaN(at(bad))
  const known = calls.filter(i => Number.isNaN(at(i)) !== isDated)
  const before = known.filter(i =>
    isDated ? at(i) < at(bad) || (at(i) === at(bad) && row[i]! < row[bad]!) : row[i]! < row[bad]!,
  )
  const order = before.toSorted((a, b) => (isDated ? at(b) - at(a) : 0) || row[b]! - row[a]!)
  return { before: order, undated: isDated ? calls.length - known.length : 0 }
}

interface ReadCall {
  readonly found: LastGood['bad']
  readonly parts: CallParts
}

function readCall(table: Table, i: number, reader: SpanReader): ReadCall | undefined {
  const { row } = countedCalls(table)
  const { prompt, version } = promptsOfCalls(table)
  const id = table.layout.id[row[i]!]!
  const span = reader.read(id)
  if (!span) return undefined
  const start = table.column('start')[row[i]!]!
  const named = prompt[i] === 0 || version[i] === 0 ? undefined : table.names.text(version[i]!)
  const template = named === undefined ? undefined : templateNamed(table.store, table.names.text(prompt[i]!), named)
  const key = table.store.query<[number], { key: string }>('trace-key')
  return {
    found: {
      id,
      traceId: key.get(table.traces.id[table.layout.trace[row[i]!]!]!)?.key ?? '',
      spanId: span.id,
      ...(Number.isNaN(start) ? {} : { start }),
      ...(named === undefined ? {} : { version: named }),
    },
    parts: partsOfCall(span, {
      documents: documentsBefore(table, row[i]!, reader),
      template: span.prompt?.template ?? (template && printTemplate(template).text),
      sent: promptText(span)?.text ?? named,
      variables: Object.fromEntries(variablesOf(span, template).map(one => [one.name, one.value])),
    }),
  }
}

const retrieval = [spanKinds.indexOf('retrieval'), spanKinds.indexOf('reranker')]

/** What was looked up in the trace before a call, the nearest retrievals, in the order in which they ran. */
function documentsBefore(table: Table, call: number, reader: SpanReader): RetrievedDocument[] {
  const { layout } = table
  const [kind, start] = [table.column('kind'), table.column('start')]
  const found: Span[] = []
  for (let row = layout.end[call]!; row >= 0 && layout.trace[row] === layout.trace[call]; row--) {
    if (found.length === mostRetrievals) break
    // What began later cannot have been known. Unknown times are taken in reading order.
    if (!retrieval.includes(kind[row]!) || (row < call && start[row]! > start[call]!)) continue
    const span = reader.read(layout.id[row]!)
    if (span) found.push(span)
  }
  return found.toReversed().flatMap(span => span.documents ?? [])
}
