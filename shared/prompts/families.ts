import { cohesion, type Occurrences } from './occurrences.ts'
import type { Lines } from './prompt-lines.ts'

/** So many lines must come and go together before they speak of another prompt. */
const fewestLines = 3
const fewestCalls = 6

/**
 * Prompts that are sent by the same span in turns: lines that always come together, at several places, in calls that stand
 * among calls without them. Versions of one prompt follow each other instead. Answers a number a prompt.
 */
export function familiesOf(prompts: readonly Lines[], lines: Occurrences): Uint32Array {
  const total = prompts.length
  const classes = new Map<string, { lines: number[]; calls: Uint32Array }>()
  for (let line = 0; line < lines.lines; line++) {
    const calls = lines.of(line)
    if (calls.length < fewestCalls || calls.length > total - fewestCalls) continue
    if (cohesion(calls, total) > 0.9) continue
    const key = keyOf(calls)
    const found = classes.get(key)
    if (found) found.lines.push(line)
    else classes.set(key, { lines: [line], calls })
  }
  const family = Array.from({ length: total }, () => '')
  const large = [...classes.values()].filter(({ calls }) => calls.length >= total * 0.05)
  const changing = changingLines(lines, total)
  let n = 0
  for (const one of large) {
    // What stands there instead speaks of it too.
    const instead = large.filter(other => isOpposite(one.calls, other.calls, total))
    const evidence = one.lines.length + instead.reduce((sum, other) => sum + other.lines.length, 0)
    const isOther =
      evidence >= fewestLines && isSpread(prompts[one.calls[0]!]!, new Set(one.lines), lines, one.calls.length, total)
    if (!isOther && !haveVersions(one.calls, changing, lines, total)) continue
    n += 1
    for (const call of one.calls) family[call] += `${n} `
  }
  const numbers = new Map<string, number>()
  return Uint32Array.from(family, key => {
    const known = numbers.get(key) ?? numbers.size
    numbers.set(key, known)
    return known
  })
}

/** A document that comes again is one block; a template begins the text, or has values and more common lines in it. */
function isSpread(
  { ids }: Lines,
  own: ReadonlySet<number>,
  { count }: Occurrences,
  calls: number,
  total: number,
): boolean {
  let parts = 0
  let inside = false
  let first = true
  for (const id of ids) {
    if (id < 0) continue
    if (own.has(id)) {
      if (first) return true
      if (!inside) parts += 1
      inside = true
    } else if (count[id]! < calls || count[id]! >= total / 4) inside = false
    first = false
  }
  return parts >= 2
}

/** Lines that are neither in nearly all calls nor keep to themselves. */
function changingLines(lines: Occurrences, total: number): number[] {
  const found: number[] = []
  for (let line = 0; line < lines.lines; line++) {
    const count = lines.count[line]!
    if (count >= total * 0.04 && count <= total * 0.9 && cohesion(lines.of(line), total) < 0.8) found.push(line)
  }
  return found
}

/** Among these calls alone, or among the others, some line comes with a version, which among all does not. */
function haveVersions(calls: Uint32Array, changing: readonly number[], lines: Occurrences, total: number): boolean {
  if (calls.length < total * 0.15 || calls.length > total * 0.85) return false
  const inside = new Set(calls)
  const others = Uint32Array.from({ length: total }, (_, call) => call).filter(call => !inside.has(call))
  return hasVersionsOfItsOwn(calls, changing, lines, total) || hasVersionsOfItsOwn(others, changing, lines, total)
}

function hasVersionsOfItsOwn(
  calls: Uint32Array,
  changing: readonly number[],
  lines: Occurrences,
  total: number,
): boolean {
  const place = new Int32Array(total).fill(-1)
  for (const [i, call] of calls.entries()) place[call] = i
  return changing.some(line => {
    const own = lines.of(line)
    if (own.length > calls.length * 0.95) return false
    const inside = own.map(call => place[call]!).filter(at => at >= 0 && at < total)
    return inside.length >= own.length * 0.98 && cohesion(inside, calls.length) > 0.88
  })
}

/** Of nearly all calls each is in one of the two. */
function isOpposite(a: Uint32Array, b: Uint32Array, total: number): boolean {
  if (a.length + b.length < total * 0.95 || a.length + b.length > total) return false
  const inA = new Set(a)
  return b.every(call => !inA.has(call))
}

function keyOf(calls: Uint32Array): string {
  let [a, b] = [0x811c9dc5, 0x9e3779b9]
  for (const call of calls) {
    a = Math.imul(a ^ call, 0x01000193)
    b = Math.imul((b ^ call) + 0x7f4a7c15, 0x85ebca6b)
    b ^= b >>> 13
  }
  return `${calls.length} ${a} ${b}`
}
