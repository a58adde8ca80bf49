import { formatCount } from '../format/numbers.ts'

/** The clause that leaves replays out of prompts, costs and lists. */
const without = '-is:replayed leaves them out'

/** That calls of two sides are no traffic but were sent again from here; undefined where none is. */
export function replaysOfSides(
  replays: { readonly a: number; readonly b: number } | undefined,
  [a, b]: readonly [string, string],
): string | undefined {
  if (!replays) return undefined
  return `Replays, sent again from here: ${formatCount(replays.a)} ${a}, ${formatCount(replays.b)} ${b} (${without}).`
}
