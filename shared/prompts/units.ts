import { cohesion, farthest, occurrencesOf, type Occurrences } from './occurrences.ts'
import type { LineNumbers, Lines } from './prompt-lines.ts'

// A line with a value in it is a new line each time. What it begins and ends with says which line of the prompt it is.

const token = /[\p{L}\p{M}]+|\p{N}+|[^\p{L}\p{M}\p{N}\s]/gu
/** Tokens of a line's beginning, and of its end, that are looked at. */
const longest = 8
/** So many different lines must begin and end so before it is a habit. */
const fewestLines = 3
/** Of a line of which there are more variants it is a value that varies, however long one stays. */
const mostVersions = 6

interface Habit {
  lines: number
  calls: number
}

/** The same prompts with numbers for what lines say apart from the values in them. */
export function unitsOf(prompts: readonly Lines[], numbers: LineNumbers): { prompts: Lines[]; size: number } {
  const lines = occurrencesOf(prompts, numbers.size)
  const fewestCalls = Math.max(6, prompts.length * 0.03)
  const habits = new Map<string, Habit>()
  for (let line = 0; line < lines.lines; line++) {
    for (const end of endsOf(numbers.textOf(line))) {
      const habit = habits.get(end)
      if (habit) {
        habit.lines += 1
        habit.calls += lines.count[line]!
      } else habits.set(end, { lines: 1, calls: lines.count[line]! })
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
  habits: ReadonlyMap<string, Habit>,
  fewestCalls: number,
): string {
  const text = numbers.textOf(line)
  const count = lines.count[line]!
  if (json.test(text)) return '{}'
  const usual = endsOf(text).filter(end => {
    const { lines: distinct, calls } = habits.get(end)!
    return distinct >= fewestLines && calls >= Math.max(fewestCalls, count * 1.5) && says.test(end)
  })
  if (usual.length === 0) return text
  const variants = Math.min(...usual.map(end => habits.get(end)!.lines))
  // Of few variants each is frequent: it must keep to itself to be more than a choice. Of many it must only stay longer than
  // a session.
  const stays = variants <= mostVersions ? 0.7 : 0.4
  if (count >= fewestCalls && cohesion(lines.of(line), total, farthest) >= stays) return text
  const end = steady(usual, '>', habits)
  // The end says which line it is; the beginning may run into the value.
  return end.split(' ').length >= 4 ? end : `${steady(usual, '<', habits)}\n${end}`
}

/** The longest of a side that is not a part of a value too: that would be rarer. */
function steady(usual: readonly string[], side: '<' | '>', habits: ReadonlyMap<string, Habit>): string {
  const own = usual.filter(end => end.startsWith(side))
  const callsOf = (end: string) => habits.get(end)!.calls
  const base = own.find(end => end.split(' ').length >= 3) ?? own.at(-1)
  return own.findLast(end => callsOf(end) >= callsOf(base!) * 0.7) ?? ''
}

/** A line that is one: a value, whatever is in it. */
const json = /^\s*(?:\{".*\}|\[[{"\d].*\])\s*$/

/** Two words say little: "- Always" begins many lines. */
const says = /[:(=<"'#[]$|\S \S+ \S/

/** Its beginnings, then its ends, from short to long. */
function endsOf(text: string): string[] {
  const tokens = text.match(token) ?? []
  const ends: string[] = []
  for (let n = 1; n <= Math.min(longest, tokens.length - 1); n++) ends.push(`<${tokens.slice(0, n).join(' ')}`)
  for (let n = 1; n <= Math.min(longest, tokens.length - 1); n++) ends.push(`>${tokens.slice(-n).join(' ')}`)
  return ends
}

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
