import { cohesion, farthest, occurrencesOf, type Occurrences } from './occurrences.ts'
import type { Lines } from './prompt-lines.ts'

/** A line that so many calls have is part of the prompt whatever else changes. */
const nearlyAll = 0.97
/** How much a line of a version keeps to itself. */
const together = 0.75

/**
 * Which lines are fixed text: those of nearly all calls, and those that come with a version and go with it. Of a family in
 * the order of its calls; answers 1 for such a line.
 */
export function fixedLines(prompts: readonly Lines[], size: number): Uint8Array {
  const lines = occurrencesOf(prompts, size)
  const total = prompts.length
  const fixed = new Uint8Array(size)
  for (let line = 0; line < size; line++) if (lines.count[line]! >= nearlyAll * total) fixed[line] = 1
  const values = valuesByPlace(prompts, fixed)
  for (let line = 0; line < size; line++) {
    const count = lines.count[line]!
    if (fixed[line] === 1 || count < 3) continue
    if (isOfVersion(lines, line, total, values)) fixed[line] = 2
  }
  return fixed.map(one => (one > 0 ? 1 : 0))
}

/** Where a line stands, and how many different texts stand there. */
interface Places {
  readonly of: Int32Array
  readonly texts: Uint32Array
  /** Calls that have anything there. */
  readonly calls: Uint32Array
}

function isOfVersion(lines: Occurrences, line: number, total: number, { of, texts, calls: there }: Places): boolean {
  const calls = lines.of(line)
  if (cohesion(calls, total) < (calls.length < 12 ? 0.5 : together)) return false
  // Where nearly every call says something else, what stays for a while is a value that stays.
  const isRich = texts[of[line]!]! > Math.max(8, Math.min(24, there[of[line]!]! / 12))
  return !isRich || (calls.length >= 12 && cohesion(calls, total, farthest) >= 0.6)
}

/** A place is what stands between two lines that nearly all calls have. */
function valuesByPlace(prompts: readonly Lines[], fixed: Uint8Array): Places {
  const of = new Int32Array(fixed.length)
  const numbers = new Map<number, number>()
  const texts: Set<string>[] = []
  const calls: number[] = []
  const say = (here: number, said: string): void => {
    if (said === '') return
    texts[here]!.add(said)
    calls[here] = (calls[here] ?? 0) + 1
  }
  const place = (before: number): number => {
    const known = numbers.get(before) ?? texts.push(new Set()) - 1
    numbers.set(before, known)
    return known
  }
  for (const { ids } of prompts) {
    let here = place(-1)
    let said = ''
    for (const id of ids) {
      if (id < 0) continue
      if (fixed[id] === 1) {
        say(here, said)
        said = ''
        here = place(id)
      } else {
        of[id] = here
        if (said.length < 400) said += `${id} `
      }
    }
    say(here, said)
  }
  return {
    of,
    texts: Uint32Array.from(texts, one => one.size),
    calls: Uint32Array.from(texts, (_, i) => calls[i] ?? 0),
  }
}

/** The fixed lines of a prompt in their order: calls of one version have the same. */
export function signatureOf({ ids }: Lines, fixed: Uint8Array): string {
  let signature = ''
  for (const id of ids) if (id >= 0 && fixed[id] === 1) signature += `${id} `
  return signature
}
