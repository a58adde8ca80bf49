import { cohesion, farthest, occurrencesOf, type Occurrences } from './occurrences.ts'
import type { LineEnds } from './line-ends.ts'
import type { LineNumbers, Lines } from './prompt-lines.ts'

// A line with a value in it is a new line each time. What it begins and ends with says which line of the prompt it is.

/** So many different lines must begin and end so before it is a habit. */
const fewestLines = 3
/** Of a line of which there are more variants it is a value that varies, however long one stays. */
const mostVersions = 6

interface Habits {
  readonly ends: LineEnds
  /** Of each run of words: different lines that begin or end so, and calls that have one of them. */
  readonly lines: Uint32Array
  readonly calls: Uint32Array
}

/** The same prompts with numbers for what lines say apart from the values in them. */
export function unitsOf(prompts: readonly Lines[], numbers: LineNumbers): { prompts: Lines[]; size: number } {
  const lines = occurrencesOf(prompts, numbers.size)
  const fewestCalls = Math.max(6, prompts.length * 0.03)
  const runs = Array.from({ length: lines.lines }, (_, line) => numbers.endsOf(line))
  const { size } = numbers.ends
  const habits: Habits = { ends: numbers.ends, lines: new Uint32Array(size), calls: new Uint32Array(size) }
  for (const [line, { begins, ends }] of runs.entries()) {
    // A line of another prompt is nobody's habit here.
    for (const run of lines.count[line] === 0 ? [] : [...begins, ...ends]) {
      habits.lines[run]!++
      habits.calls[run]! += lines.count[line]!
    }
  }
  const units = new Map<string, number>()
  const numberOf = (shape: string): number => {
    const known = units.get(shape) ?? units.size
    units.set(shape, known)
    return known
  }
  const shapes = Array.from({ length: lines.lines }, (_, line) =>
    shapeOf(line, lines, prompts.length, numbers, habits, fewestCalls),
  )
  const unit = Int32Array.from(shapes, numberOf)
  // What stands several times in one prompt is a habit of what is written there, not a line of the prompt.
  const often = oftenInOne(prompts, unit, units.size)
  for (let line = 0; line < unit.length; line++) {
    if (often[unit[line]!] === 1) unit[line] = numberOf(numbers.textOf(line))
  }
  return { prompts: prompts.map(one => ({ ids: again(one.ids, unit, units), starts: one.starts })), size: units.size }
}

function oftenInOne(prompts: readonly Lines[], unit: Int32Array, size: number): Uint8Array {
  const [all, calls] = [new Uint32Array(size), new Uint32Array(size)]
  for (const { ids } of prompts) {
    const seen = new Set<number>()
    for (const id of ids) {
      if (id < 0) continue
      const own = unit[id]!
      all[own]!++
      if (!seen.has(own)) calls[own]!++
      seen.add(own)
    }
  }
  return Uint8Array.from(all, (n, own) => (n > calls[own]! * 1.1 ? 1 : 0))
}

function shapeOf(
  line: number,
  lines: Occurrences,
  total: number,
  numbers: LineNumbers,
  habits: Habits,
  fewestCalls: number,
): string {
  const text = numbers.textOf(line)
  const count = lines.count[line]!
  if (json.test(text)) return '{}'
  const { begins, ends } = numbers.endsOf(line)
  const isUsual = (run: number) =>
    habits.lines[run]! >= fewestLines &&
    habits.calls[run]! >= Math.max(fewestCalls, count * 1.5) &&
    habits.ends.isTelling(run)
  const [usualBegins, usualEnds] = [begins.filter(isUsual), ends.filter(isUsual)]
  const usual = [...usualBegins, ...usualEnds]
  if (usual.length === 0) return text
  const variants = Math.min(...usual.map(run => habits.lines[run]!))
  // Of few variants each is frequent: it must keep to itself to be more than a choice. Of many it must only stay longer than
  // a session.
  const stays = variants <= mostVersions ? 0.7 : 0.4
  if (count >= fewestCalls && cohesion(lines.of(line), total, farthest) >= stays) return text
  const end = steady(usualEnds, habits)
  // The end says which line it is; the beginning may run into the value.
  if (end !== undefined && habits.ends.words(end) >= 4) return `\u0002${end}`
  return `\u0002${steady(usualBegins, habits) ?? ''}\n${end ?? ''}`
}

/** The longest run of a side that is not a part of a value too: that would be rarer. */
function steady(usual: readonly number[], { ends, calls }: Habits): number | undefined {
  const base = usual.find(run => ends.words(run) >= 3) ?? usual.at(-1)
  return usual.findLast(run => calls[run]! >= calls[base!]! * 0.7)
}

/** A line that is one: a value, whatever is in it. */
const json = /^\s*(?:\{".*\}|\[[{"\d].*\])\s*$/

/** The second unit of one kind in a prompt is another one. */
function again(ids: Int32Array, unit: Int32Array, units: Map<string, number>): Int32Array {
  const seen = new Set<number>()
  return ids.map(id => {
    if (id < 0) return -1
    let own = unit[id]!
    for (let n = 2; seen.has(own); n++) {
      const shape = `${n}\n${unit[id]}`
      own = units.get(shape) ?? units.size
      units.set(shape, own)
    }
    seen.add(own)
    return own
  })
}
