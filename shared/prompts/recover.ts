import { familiesOf } from './families.ts'
import { gapTemplate, valuesIn, type Range } from './gaps.ts'
import { occurrencesOf } from './occurrences.ts'
import { LineNumbers, momentsIn, type Lines, type PromptText } from './prompt-lines.ts'
import { unitsOf } from './units.ts'
import { fixedLines, signatureOf } from './versions.ts'

/** What was found out about one prompt. */
export interface RecoveredPrompt {
  /** Prompts of one version have the same number. */
  readonly version: number
  readonly values: readonly Range[]
}

/** Versions and values of prompts that are sent by the same span, in any order. */
export function recoverPrompts(prompts: readonly PromptText[]): RecoveredPrompt[] {
  const order = [...prompts.keys()].sort((a, b) => prompts[a]!.at - prompts[b]!.at)
  const numbers = new LineNumbers()
  const lines = order.map(i => numbers.linesOf(prompts[i]!.text))
  const { prompts: units, size } = unitsOf(lines, numbers)
  const families = familiesOf(units, occurrencesOf(units, size))
  const byFamily = new Map<number, number[]>()
  for (const [n, family] of families.entries()) listIn(byFamily, family).push(n)
  const recovered: RecoveredPrompt[] = Array.from({ length: prompts.length })
  let version = 0
  for (const members of byFamily.values()) {
    // Once more: beside another prompt every line is in half of the calls.
    const own = unitsOf(
      members.map(n => lines[n]!),
      numbers,
    )
    const fixed = fixedLines(own.prompts, own.size)
    const bySignature = new Map<string, number[]>()
    for (const [k, n] of members.entries()) {
      listIn(bySignature, signatureOf(own.prompts[k]!, fixed) || prompts[order[n]!]!.text).push(n)
    }
    for (const calls of bySignature.values()) {
      version += 1
      const texts = calls.map(n => prompts[order[n]!]!.text)
      const values = valuesOf(
        texts,
        calls.map(n => lines[n]!),
      )
      for (const [k, n] of calls.entries()) recovered[order[n]!] = { version, values: values[k]! }
    }
  }
  return recovered
}

function listIn<K>(lists: Map<K, number[]>, key: K): number[] {
  const known = lists.get(key)
  if (known) return known
  const made: number[] = []
  lists.set(key, made)
  return made
}

/** Of calls of one version: what stands between the lines that all of them have. */
function valuesOf(texts: readonly string[], prompts: readonly Lines[]): Range[][] {
  const shared = sharedLines(prompts)
  const values: Range[][] = texts.map(() => [])
  const places = prompts.map(({ ids, starts }) => placesOf(ids, starts, shared))
  for (let gap = 0; gap <= shared.length; gap++) {
    const here = texts.map((text, k) => text.slice(places[k]![gap]!.from, places[k]![gap]!.to))
    const template = gapTemplate(here)
    for (const [k, text] of here.entries()) {
      const { from } = places[k]![gap]!
      const found = valuesIn(text, template) ?? (text.trim() === '' ? [] : [{ from: 0, to: text.length }])
      for (const range of found) values[k]!.push({ from: from + range.from, to: from + range.to })
    }
  }
  addMoments(texts, prompts, shared, values)
  return values.map(ranges => ranges.toSorted((a, b) => a.from - b.from))
}

/** Moments within lines that are otherwise the same: values where they differ. */
function addMoments(texts: readonly string[], prompts: readonly Lines[], shared: readonly number[], values: Range[][]) {
  const lineOf = (k: number, id: number) => {
    const { ids, starts } = prompts[k]!
    const i = ids.indexOf(id)
    return { from: starts[i]!, text: texts[k]!.slice(starts[i], starts[i + 1]! - 1) }
  }
  for (const id of shared) {
    const first = lineOf(0, id)
    if (momentsIn(first.text).length === 0) continue
    const all = texts.map((_, k) => lineOf(k, id))
    if (all.every(({ text }) => text === first.text)) continue
    for (const [k, { from, text }] of all.entries()) {
      for (const moment of momentsIn(text)) values[k]!.push({ from: from + moment.from, to: from + moment.to })
    }
  }
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
    if (id !== shared[next]) continue
    places.push({ from, to: Math.max(from, starts[i]! - 1) })
    from = starts[i + 1]! - 1
    next += 1
  }
  places.push({ from, to: Math.max(from, starts.at(-1)! - 1) })
  return places
}
