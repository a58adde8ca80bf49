import { familiesOf } from './families.ts'
import { gapTemplate, type GapTemplate, type Range } from './gaps.ts'
import { occurrencesOf } from './occurrences.ts'
import { LineNumbers, momentsIn, type Lines, type PromptText } from './prompt-lines.ts'
import { valuesOf, type Template, type TemplateLine } from './template.ts'
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
      const template = templateOf(
        texts,
        calls.map(n => lines[n]!),
      )
      for (const [k, n] of calls.entries()) {
        recovered[order[n]!] = { version, values: valuesOf(template, texts[k]!) ?? [] }
      }
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

/** What prompts of one version have in common. */
function templateOf(texts: readonly string[], prompts: readonly Lines[]): Pick<Template, 'lines' | 'gaps'> {
  const shared = sharedLines(prompts)
  const places = prompts.map(({ ids, starts }) => placesOf(ids, starts, shared))
  const gaps: GapTemplate[] = []
  for (let gap = 0; gap <= shared.length; gap++) {
    gaps.push(gapTemplate(texts.map((text, k) => text.slice(places[k]![gap]!.from, places[k]![gap]!.to))))
  }
  return { lines: shared.map(id => lineOf(id, texts, prompts)), gaps }
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
    if (id !== shared[next]) continue
    places.push({ from, to: Math.max(from, starts[i]! - 1) })
    from = starts[i + 1]! - 1
    next += 1
  }
  places.push({ from, to: Math.max(from, starts.at(-1)! - 1) })
  return places
}
