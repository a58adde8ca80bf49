import type { Input, Output } from '../../../shared/contract/index.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import type { Span } from '../../../shared/domain/span.ts'
import { type PrintedTemplate, printTemplate, type Template } from '../../../shared/prompts/template.ts'
import { writtenSlots } from '../../../shared/prompts/written-template.ts'
import type { Asked } from '../lists/asking.ts'
import { countedCalls } from '../pivot/calls.ts'
import type { Table } from '../table/table.ts'
import { promptsOfCalls } from './columns.ts'
import { libraryText } from './library.ts'
import { callsOfPrompt, nameNumber, rowOf, tallyVersions, unseenRow } from './registry.ts'
import { saidOfPrompt } from './said-of-prompt.ts'
import { callsOfVersion } from './sides.ts'
import { templateNamed } from './templates.ts'
import { variablesOf } from './variables.ts'
import { versionNotes } from './version-notes.ts'

export interface SpanReader {
  read(id: number): Span | undefined
}

/** Calls that are read for what only records say of a version. */
const mostRead = 40
const mostTemplate = 1 << 20
const mostConfigurations = 200
const mostExamples = 5

/** One version whole. */
export function readVersion(
  asked: Asked,
  { prompt, version, brief = false }: Input<'prompts.version'>,
  reader: SpanReader,
): Output<'prompts.version'> {
  const { table } = asked.subject
  const calls = callsOfVersion(asked, prompt, version)
  const wanted = version === null ? 0 : nameNumber(table, version)
  const tally = tallyVersions(asked, nameNumber(table, prompt)).find(one => one.id === wanted)
  const kept = version === null ? undefined : libraryText(table.store, prompt, version)
  if (!tally || calls.length === 0) {
    if (version === null || kept === undefined) {
      throw new InspectorError('prompts/none', 'The store has no call of this version.')
    }
    return readUnsent(table, prompt, version, kept)
  }
  const found = templateNamed(table.store, prompt, version)
  const wantedCalls = brief ? (tally.recovered ? 0 : 1) : mostRead
  const spans = spread(calls, wantedCalls).flatMap(i => reader.read(spanOf(table, i)) ?? [])
  const printed = printedOf(spans, found, kept)
  const valuesOf = spans.flatMap(span => variablesOf(span, found))
  const template = printed?.text.slice(0, mostTemplate)
  return {
    ...rowOf(table, prompt, tally, versionNotes(table.store, prompt)),
    name: prompt,
    ...(template === undefined ? {} : { template }),
    cut: (printed?.text.length ?? 0) - (template?.length ?? 0),
    slots: (printed?.slots ?? []).map(slot => ({
      ...slot,
      examples: [...new Set(valuesOf.filter(one => one.name === slot.name).map(one => one.value.slice(0, 200)))].slice(
        0,
        mostExamples,
      ),
    })),
    ...roleOf(spans),
    configurations: configurationsOf(table, calls),
    read: spans.length,
    ...saidOfPrompt(spans),
  }
}

/** As a dump has it, else as it was recovered, else as its file has it. */
function printedOf(
  spans: readonly Span[],
  found: Template | undefined,
  kept: string | undefined,
): PrintedTemplate | undefined {
  const written = spans.find(span => span.prompt?.template !== undefined)?.prompt
  if (written) return writtenSlots(written)
  if (found) return printTemplate(found)
  return kept === undefined ? undefined : writtenSlots({ template: kept })
}

/** The template of a version to its end; undefined where nobody knows it. */
export function wholeTemplate(
  asked: Asked,
  prompt: string,
  version: string,
  reader: SpanReader,
): PrintedTemplate | undefined {
  const { table } = asked.subject
  const found = templateNamed(table.store, prompt, version)
  const first = callsOfVersion(asked, prompt, version).subarray(0, found ? 0 : 1)
  const spans = [...first].flatMap(i => reader.read(spanOf(table, i)) ?? [])
  return printedOf(spans, found, libraryText(table.store, prompt, version))
}

/** A version that stands in a file, and that no call here was sent. */
function readUnsent(table: Table, prompt: string, version: string, text: string): Output<'prompts.version'> {
  const template = text.slice(0, mostTemplate)
  return {
    ...unseenRow(table, prompt, version, versionNotes(table.store, prompt)),
    name: prompt,
    template,
    cut: text.length - template.length,
    slots: writtenSlots({ template }).slots.map(slot => ({ ...slot, examples: [] })),
    configurations: [],
    read: 0,
    ...saidOfPrompt([]),
  }
}

/** Calls of a prompt with the values of their variables. */
export function readCalls(
  asked: Asked,
  { prompt, version, offset, limit }: Input<'prompts.calls'>,
  reader: SpanReader,
): Output<'prompts.calls'> {
  const { table } = asked.subject
  const { layout } = table
  const start = table.column('start')
  const { row } = countedCalls(table)
  const { version: versions } = promptsOfCalls(table)
  const calls =
    version === undefined ? callsOfPrompt(asked, nameNumber(table, prompt)) : callsOfVersion(asked, prompt, version)
  const at = (i: number) => start[row[i]!]!
  const order = asked.remember(`prompt order ${JSON.stringify([prompt, version])}`, () =>
    calls.toSorted((a, b) => (at(b) || -Infinity) - (at(a) || -Infinity) || b - a),
  )
  const keyOf = table.store.query<[number], { key: string }>('trace-key')
  return {
    total: order.length,
    calls: Array.from(order.subarray(offset, offset + limit), i => {
      const name = versions[i] === 0 ? null : table.names.text(versions[i]!)
      const span = reader.read(spanOf(table, i))
      const values = span ? variablesOf(span, templateNamed(table.store, prompt, name)) : []
      return {
        id: spanOf(table, i),
        traceId: keyOf.get(table.traces.id[layout.trace[row[i]!]!]!)?.key ?? '',
        ...(Number.isNaN(at(i)) ? {} : { start: at(i) }),
        version: name,
        variables: values.slice(0, 200).map(one => ({
          name: one.name,
          value: one.value.slice(0, 1000),
          cut: Math.max(0, one.value.length - 1000),
        })),
      }
    }),
  }
}

function spanOf(table: Table, i: number): number {
  return table.layout.id[countedCalls(table).row[i]!]!
}

/** Some of them, from the first to the last. */
function spread(calls: Uint32Array, most: number): number[] {
  if (calls.length <= most) return [...calls]
  if (most < 2) return [...calls.subarray(0, most)]
  return Array.from({ length: most }, (_, n) => calls[Math.floor((n * (calls.length - 1)) / (most - 1))]!)
}

function roleOf(spans: readonly Span[]): { readonly role?: string } {
  const role = spans[0]?.inputMessages?.[0]?.role
  return role === undefined ? {} : { role }
}

interface Row {
  readonly hash: string
  readonly model: string | null
  readonly parameters: string | null
  readonly tools: string | null
}

function configurationsOf(table: Table, calls: Uint32Array): Output<'prompts.version'>['configurations'] {
  const start = table.column('start')
  const { row } = countedCalls(table)
  const { configuration } = promptsOfCalls(table)
  const counts = new Map<number, { calls: number; first: number; last: number }>()
  for (const i of calls) {
    const id = configuration[i]!
    if (id === 0) continue
    let one = counts.get(id)
    if (!one) counts.set(id, (one = { calls: 0, first: Infinity, last: -Infinity }))
    one.calls++
    const at = start[row[i]!]!
    if (at < one.first) one.first = at
    if (at > one.last) one.last = at
  }
  const read = table.store.query<[number], Row>('prompt-configuration')
  const shown = [...counts].toSorted((a, b) => b[1].calls - a[1].calls).slice(0, mostConfigurations)
  return shown.flatMap(([id, { calls: n, first, last }]) => {
    const said = read.get(id)
    if (!said) return []
    return {
      id: said.hash,
      calls: n,
      ...(first > last ? {} : { firstSeen: first, lastSeen: last }),
      ...(said.model === null ? {} : { model: said.model }),
      ...(said.parameters === null ? {} : { parameters: said.parameters }),
      ...(said.tools === null ? {} : { tools: said.tools }),
    }
  })
}
