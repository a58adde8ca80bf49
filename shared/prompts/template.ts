import { type GapTemplate, valuesIn } from './gaps.ts'
import { lineKeys, momentsIn } from './prompt-lines.ts'
import { slotName, typeOfValues, type SlotType } from './slot-types.ts'

/** What the prompts of one version have in common: lines, and between them fixed pieces and values. */
export interface Template {
  readonly lines: readonly TemplateLine[]
  /** One more than lines: what stands before, between and after them. */
  readonly gaps: readonly GapTemplate[]
  /** By the numbers that values are told by. */
  readonly slots: readonly Slot[]
}

export interface TemplateLine {
  readonly text: string
  /** Moments in it are values: they differ from call to call. */
  readonly varies?: true
}

export interface Slot {
  readonly name: string
  readonly type: SlotType
}

/** A value of one prompt: where it stands, and which slot it fills. */
export interface SlotValue {
  readonly slot: number
  readonly from: number
  readonly to: number
}

/** Slots of a template before they have names: how many each gap and each line has. */
export function slotCount({ lines, gaps }: Pick<Template, 'lines' | 'gaps'>): number {
  return slotStarts({ lines, gaps }).total
}

/** The number of the first slot of each gap and of each line, in the order in which they stand. */
function slotStarts({ lines, gaps }: Pick<Template, 'lines' | 'gaps'>) {
  const ofGap: number[] = []
  const ofLine: number[] = []
  let total = 0
  for (const [g, gap] of gaps.entries()) {
    ofGap.push(total)
    total += gap.pieces.length - 1
    const line = lines[g]
    if (!line) continue
    ofLine.push(total)
    if (line.varies) total += momentsIn(line.text).length
  }
  return { ofGap, ofLine, total }
}

/** The values of a prompt, in order; undefined where it is not made from this template. */
export function valuesOf(template: Pick<Template, 'lines' | 'gaps'>, text: string): SlotValue[] | undefined {
  const { lines, gaps } = template
  const places = placesIn(text, lines)
  if (!places) return undefined
  const { ofGap, ofLine } = slotStarts(template)
  const found: SlotValue[] = []
  for (const [g, gap] of gaps.entries()) {
    const place = places.gaps[g]!
    const here = text.slice(place.from, place.to)
    const values = valuesIn(here, gap) ?? (here.trim() === '' ? [] : [{ slot: 0, from: 0, to: here.length }])
    for (const { slot, from, to } of values) {
      found.push({ slot: ofGap[g]! + slot, from: place.from + from, to: place.from + to })
    }
    const line = lines[g]
    if (!line?.varies) continue
    const at = places.lines[g]!
    const own = momentsIn(text.slice(at.from, at.to))
    for (const [m, { from, to }] of own.entries()) {
      found.push({ slot: ofLine[g]! + m, from: at.from + from, to: at.from + to })
    }
  }
  return found
}

/** Where the lines stand in a text, and what stands between them; undefined where one is missing. */
export function placesIn(text: string, lines: readonly TemplateLine[]) {
  const { keys, starts } = lineKeys(text)
  const wanted = templateKeys(lines)
  const gaps: { from: number; to: number }[] = []
  const at: { from: number; to: number }[] = []
  let [from, next] = [0, 0]
  for (const [i, key] of keys.entries()) {
    if (next === wanted.length) break
    if (key !== wanted[next]) continue
    const line = { from: starts[i]!, to: starts[i + 1]! - 1 }
    gaps.push({ from, to: Math.max(from, line.from - 1) })
    at.push(line)
    from = line.to
    next += 1
  }
  if (next < wanted.length) return undefined
  gaps.push({ from, to: Math.max(from, text.length) })
  return { gaps, lines: at }
}

const knownKeys = new WeakMap<readonly TemplateLine[], readonly string[]>()

function templateKeys(lines: readonly TemplateLine[]): readonly string[] {
  let keys = knownKeys.get(lines)
  if (!keys) {
    const seen = new Map<string, number>()
    keys = lines.map(({ text }) => lineKeys(text, seen).keys[0]!)
    knownKeys.set(lines, keys)
  }
  return keys
}

/** Names and types of slots, from values that some prompts have in them. */
export function namedSlots(template: Pick<Template, 'lines' | 'gaps'>, texts: readonly string[]): Slot[] {
  const values = Array.from({ length: slotCount(template) }, (): string[] => [])
  const before = Array.from({ length: values.length }, () => '')
  for (const text of texts) {
    for (const { slot, from, to } of valuesOf(template, text) ?? []) {
      const own = values[slot]
      if (!own) continue
      own.push(text.slice(from, Math.min(to, from + longestLooked)))
      before[slot] ||= text.slice(Math.max(0, from - 80), from)
    }
  }
  const taken = new Map<string, number>()
  return values.map((own, slot) => {
    const type = typeOfValues(own)
    const name = slotName(before[slot]!, type)
    const n = (taken.get(name) ?? 0) + 1
    taken.set(name, n)
    return { name: n === 1 ? name : `${name}_${n}`, type }
  })
}

const longestLooked = 4000

/** A date of which only the day changes is a value as a whole (`widened`): its beginning is not the prompt's. */
function withoutParts(piece: string, isAfter: boolean, isBefore: boolean): string {
  const begin = isAfter ? (/^[\p{L}\p{M}\p{N}_/.-]+/u.exec(piece)?.[0].replace(/\.+$/, '').length ?? 0) : 0
  const end = isBefore ? (/[\p{L}\p{M}\p{N}_/.-]+$/u.exec(piece)?.[0].length ?? 0) : 0
  return begin + end >= piece.length && isAfter && isBefore ? '' : piece.slice(begin, piece.length - end)
}

export interface PrintedTemplate {
  readonly text: string
  readonly slots: readonly (Slot & { readonly from: number; readonly to: number })[]
}

/** A template as one text, its values as `{{name}}`. */
export function printTemplate({ lines, gaps, slots }: Template): PrintedTemplate {
  let text = ''
  const found: (Slot & { from: number; to: number })[] = []
  let next = 0
  const put = (): void => {
    const slot = slots[next++]
    if (!slot) return
    const from = text.length
    text += `{{${slot.name}}}`
    found.push({ ...slot, from, to: text.length })
  }
  for (const [g, { pieces }] of gaps.entries()) {
    for (const [p, piece] of pieces.entries()) {
      if (p > 0) put()
      text += withoutParts(piece, p > 0, p < pieces.length - 1)
    }
    const line = lines[g]
    if (!line) continue
    if (text !== '') text += '\n'
    let at = 0
    if (line.varies) {
      for (const { from, to } of momentsIn(line.text)) {
        text += line.text.slice(at, from)
        put()
        at = to
      }
    }
    text += line.text.slice(at)
  }
  return { text, slots: found }
}
