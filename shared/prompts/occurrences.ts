import type { Lines } from './prompt-lines.ts'

/** In which prompts each line stands: `of(line)` are numbers of prompts, ascending. */
export interface Occurrences {
  readonly lines: number
  readonly count: Uint32Array
  of(line: number): Uint32Array
}

export function occurrencesOf(prompts: readonly Lines[], lines: number): Occurrences {
  const count = new Uint32Array(lines)
  for (const { ids } of prompts) for (const id of ids) if (id >= 0) count[id]!++
  const begin = new Uint32Array(lines + 1)
  for (let id = 0; id < lines; id++) begin[id + 1] = begin[id]! + count[id]!
  const fill = begin.slice(0, lines)
  const all = new Uint32Array(begin[lines]!)
  for (const [n, { ids }] of prompts.entries()) for (const id of ids) if (id >= 0) all[fill[id]!++] = n
  return { lines, count, of: line => all.subarray(begin[line], begin[line + 1]) }
}

/** Calls on each side that are looked at, at most: more than one session has. */
export const farthest = 24

/**
 * How much a line keeps to itself: the share of the calls around those that have it which have it too. A line of a template
 * comes near 1 while its version is in use, a value comes near how frequent it is.
 */
export function cohesion(
  calls: Uint32Array,
  total: number,
  around = Math.min(farthest, Math.max(2, Math.round(calls.length / 6))),
): number {
  let [with_, all] = [0, 0]
  let [low, high] = [0, 0]
  for (const call of calls) {
    const [from, to] = [Math.max(0, call - around), Math.min(total - 1, call + around)]
    while (calls[low]! < from) low++
    while (high < calls.length && calls[high]! <= to) high++
    with_ += high - low - 1
    all += to - from
  }
  return all === 0 ? 1 : with_ / all
}
