import type { Span } from '../../../shared/domain/span.ts'
import { likenessOf, nearLikeness, sketchOf, type Sketch } from '../../../shared/prompts/likeness.ts'
import { countedCalls } from '../pivot/calls.ts'
import type { Table } from '../table/table.ts'
import { generationOf, promptsOfCalls } from './columns.ts'
import { askedTexts } from './prompt-text.ts'
import { templateNamed } from './templates.ts'
import { recoveredVariables, writtenVariables } from './variables.ts'
import type { SpanReader } from './version.ts'

/** Inputs of a side that are read, the latest: pairs of two sides are compared in a blink, and a record is read in a millisecond. */
const mostRead = 300
/** Inputs that are read between two looks at whether somebody still waits. */
const atOnce = 20
/** Sketches that are kept, a kilobyte each: the next page is about the same inputs. */
const mostKept = 4000

/** Calls of one side with one input, the latest first. */
export type SameInput = readonly number[]

export interface NearGroups {
  /** Of each side the calls with one input, empty where it has none near to the others. */
  readonly groups: readonly { readonly of: readonly SameInput[]; readonly likeness: number }[]
  /** Inputs that were read, of how many. */
  readonly read: number
  readonly all: number
}

interface Candidate {
  readonly side: number
  readonly calls: SameInput
  readonly sketch: Sketch
}

/** Groups of inputs of different sides of which each is near to all others, one of a side, the nearest first. In turns. */
export function* nearGroups(
  table: Table,
  lone: readonly (readonly SameInput[])[],
  reader: SpanReader,
): Generator<void, NearGroups> {
  const candidates: Candidate[] = []
  let read = 0
  for (const [side, inputs] of lone.entries()) {
    for (const calls of inputs.slice(0, mostRead)) {
      const sketch = sketchOfCall(table, calls[0]!, reader)
      if (sketch) candidates.push({ side, calls, sketch })
      if (++read % atOnce === 0) yield
    }
  }
  const all = lone.reduce((sum, inputs) => sum + inputs.length, 0)
  return { groups: yield* grouped(candidates, lone.length), read, all }
}

function* grouped(candidates: readonly Candidate[], sides: number): Generator<void, NearGroups['groups']> {
  const pairs: { readonly a: Candidate; readonly b: Candidate; readonly likeness: number }[] = []
  for (const [i, a] of candidates.entries()) {
    for (let k = i + 1; k < candidates.length; k++) {
      const b = candidates[k]!
      if (a.side === b.side) continue
      const likeness = likenessOf(a.sketch, b.sketch)
      if (likeness >= nearLikeness) pairs.push({ a, b, likeness })
    }
    if (i % atOnce === 0) yield
  }
  const groupOf = new Map<Candidate, Group>()
  for (const { a, b, likeness } of pairs.sort((x, y) => y.likeness - x.likeness)) {
    const [known, other] = [groupOf.get(a), groupOf.get(b)]
    if (known && other) continue
    const group = known ?? other ?? { members: [], likeness }
    const added = known ? [b] : other ? [a] : [a, b]
    if (group.members.length > 0) {
      const [one] = added
      if (group.members.some(member => member.side === one!.side)) continue
      const least = Math.min(...group.members.map(member => likenessOf(member.sketch, one!.sketch)))
      if (least < nearLikeness) continue
      group.likeness = Math.min(group.likeness, least)
    }
    for (const one of added) {
      group.members.push(one)
      groupOf.set(one, group)
    }
  }
  return [...new Set(groupOf.values())].map(({ members, likeness }) => ({
    of: Array.from({ length: sides }, (_, side) => members.find(one => one.side === side)?.calls ?? []),
    likeness,
  }))
}

interface Group {
  readonly members: Candidate[]
  likeness: number
}

function sketchOfCall(table: Table, i: number, reader: SpanReader): Sketch | undefined {
  const kept = table.derived(`prompt sketches ${generationOf(table)}`, () => new Map<number, Sketch | undefined>())
  const id = table.layout.id[countedCalls(table).row[i]!]!
  if (kept.has(id)) return kept.get(id)
  const span = reader.read(id)
  const input = span && inputText(table, i, span)
  const sketch = input === undefined || input.trim() === '' ? undefined : sketchOf(input)
  if (kept.size >= mostKept) kept.clear()
  kept.set(id, sketch)
  return sketch
}

/** What whoever asks gave: variables that the file names and messages; where there is neither, the values found in the prompt. */
function inputText(table: Table, i: number, span: Span): string | undefined {
  const said = span.prompt?.variables
  const given = said === undefined ? [] : writtenVariables(said).map(one => `${one.name}: ${one.value}`)
  const texts = [...given.sort(), ...askedTexts(span)]
  if (texts.length > 0) return texts.join('\n')
  const { prompt, version } = promptsOfCalls(table)
  if (prompt[i] === 0 || version[i] === 0) return undefined
  const template = templateNamed(table.store, table.names.text(prompt[i]!), table.names.text(version[i]!))
  const values = template ? recoveredVariables(span, template).map(one => one.value) : []
  return values.length === 0 ? undefined : values.join('\n')
}
