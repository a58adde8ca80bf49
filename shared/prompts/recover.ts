import { familiesOf } from './families.ts'
import { gapTemplate, type GapTemplate, type Range } from './gaps.ts'
import { occurrencesOf } from './occurrences.ts'
import { LineNumbers, momentsIn, type Lines } from './prompt-lines.ts'
import { namedSlots, type Template, type TemplateLine } from './template.ts'
import { unitsOf } from './units.ts'
import { fixedLines, signatureOf } from './versions.ts'

/** A text that calls were sent, and when: milliseconds; NaN is undated. */
export interface SentText {
  readonly text: string
  readonly at: readonly number[]
}

/** Texts that were made from the same prompt. */
export interface RecoveredVersion {
  /** Versions of one prompt have the same number; a span may send several prompts in turns. */
  readonly family: number
  /** Places of its texts, ascending. */
  readonly texts: readonly number[]
  readonly template: Template
  /** Its texts have nothing in common: what somebody wrote, and no prompt. */
  readonly isFree: boolean
}

/** Texts whose values tell what slots hold. */
const samples = 60
/** So many texts without anything in common with others are no prompts each. */
const fewestFree = 4

/** Versions of prompts that are sent by the same span, in turns with others' work. The order of texts changes nothing. */
export function* recoverInTurns(sent: readonly SentText[]): Generator<void, RecoveredVersion[]> {
  const numbers = new LineNumbers()
  const linesOfText = sent.map(({ text }) => numbers.linesOf(text))
  yield
  const order = inOrderOfCalls(sent)
  const lines = order.map(text => linesOfText[text]!)
  const { prompts: units, size } = unitsOf(lines, numbers)
  yield
  const families = familiesOf(units, occurrencesOf(units, size))
  yield
  const byFamily = new Map<number, number[]>()
  for (const [n, family] of families.entries()) listIn(byFamily, family).push(n)
  const found: RecoveredVersion[] = []
  for (const [family, members] of byFamily) {
    // Once more: beside another prompt every line is in half of the calls.
    const own = unitsOf(
      members.map(n => lines[n]!),
      numbers,
    )
    yield
    const fixed = fixedLines(own.prompts, own.size)
    const bySignature = new Map<string, Set<number>>()
    const free = new Set<number>()
    for (const [k, n] of members.entries()) {
      const signature = signatureOf(own.prompts[k]!, fixed)
      const text = order[n]!
      if (signature === '') free.add(text)
      else setIn(bySignature, signature).add(text)
    }
    for (const texts of [
      ...bySignature.values(),
      ...(free.size < fewestFree ? [...free].map(text => new Set([text])) : []),
    ]) {
      const members = [...texts].sort((a, b) => a - b)
      found.push({ family, texts: members, template: templateOf(sent, linesOfText, members), isFree: false })
      yield
    }
    if (free.size >= fewestFree) {
      const texts = [...free].sort((a, b) => a - b)
      found.push({ family, texts, template: freeTemplate(sent, texts), isFree: true })
    }
  }
  return found
}

/** What texts of one version have in common. */
export function templateOfTexts(sent: readonly SentText[]): Template {
  const numbers = new LineNumbers()
  return templateOf(
    sent,
    sent.map(({ text }) => numbers.linesOf(text)),
    [...sent.keys()],
  )
}

/** A place among `sent` for each call, in the order of their times; what is undated comes first. */
function inOrderOfCalls(sent: readonly SentText[]): number[] {
  const calls = sent.flatMap(({ at }, text) => at.map(time => ({ text, time: Number.isNaN(time) ? -Infinity : time })))
  return calls
    .sort((a, b) => (a.time === b.time ? 0 : a.time - b.time) || compareTexts(sent[a.text]!.text, sent[b.text]!.text))
    .map(({ text }) => text)
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

function listIn<K>(lists: Map<K, number[]>, key: K): number[] {
  const known = lists.get(key)
  if (known) return known
  const made: number[] = []
  lists.set(key, made)
  return made
}

function setIn<K>(sets: Map<K, Set<number>>, key: K): Set<number> {
  const known = sets.get(key)
  if (known) return known
  const made = new Set<number>()
  sets.set(key, made)
  return made
}

function freeTemplate(sent: readonly SentText[], members: readonly number[]): Template {
  const bare = { lines: [], gaps: [{ pieces: ['', ''] }] }
  return { ...bare, slots: namedSlots(bare, sampled(sent, members)) }
}

function sampled(sent: readonly SentText[], members: readonly number[]): string[] {
  const step = Math.max(1, members.length / samples)
  return Array.from({ length: Math.min(samples, members.length) }, (_, n) => sent[members[Math.floor(n * step)]!]!.text)
}

function templateOf(sent: readonly SentText[], lines: readonly Lines[], members: readonly number[]): Template {
  const texts = members.map(n => sent[n]!.text)
  const prompts = members.map(n => lines[n]!)
  const shared = sharedLines(prompts)
  const places = prompts.map(({ ids, starts }) => placesOf(ids, starts, shared))
  const gaps: GapTemplate[] = []
  for (let gap = 0; gap <= shared.length; gap++) {
    gaps.push(gapTemplate(texts.map((text, k) => text.slice(places[k]![gap]!.from, places[k]![gap]!.to))))
  }
  const bare = { lines: shared.map(id => lineOf(id, texts, prompts)), gaps }
  return { ...bare, slots: namedSlots(bare, sampled(sent, members)) }
}

/** A line that all have. Moments within it are values where they differ. */
function lineOf(id: number, texts: readonly string[], prompts: readonly Lines[]): TemplateLine {
  const textIn = (k: number) => {
    const { ids, starts } = prompts[k]!
    const i = ids.indexOf(id)
    return texts[k]!.slice(starts[i], starts[i + 1]! - 1)
  }
  const text = textIn(0)
  const varies = momentsIn(text).length > 0 && texts.some((_, k) => textIn(k) !== text)
  return varies ? { text, varies } : { text }
}

/** Lines that all of them have, in the one order in which all have them. */
function sharedLines(prompts: readonly Lines[]): number[] {
  const [first, ...others] = prompts
  let shared = [...first!.ids].filter(id => id >= 0)
  for (const { ids } of others) {
    const there = new Map<number, number>()
    for (const [i, id] of ids.entries()) if (id >= 0) there.set(id, i)
    let last = -1
    shared = shared.filter(id => {
      const at = there.get(id)
      if (at === undefined || at < last) return false
      last = at
      return true
    })
  }
  return shared
}

/** The stretches of text before, between and after these lines. */
function placesOf(ids: Int32Array, starts: Int32Array, shared: readonly number[]): Range[] {
  const places: Range[] = []
  let [from, next] = [0, 0]
  for (const [i, id] of ids.entries()) {
    if (next === shared.length || id !== shared[next]) continue
    places.push({ from, to: Math.max(from, starts[i]! - 1) })
    from = starts[i + 1]! - 1
    next += 1
  }
  places.push({ from, to: Math.max(from, starts.at(-1)! - 1) })
  return places
}
