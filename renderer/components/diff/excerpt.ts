import type { DiffText } from './DiffEditor.tsx'

/** The part of two texts that is compared at first, where both together would hold up the window. */
export interface Excerpt {
  readonly before: DiffText
  readonly after: DiffText
  /** Number of its first line in either text. */
  readonly line: number
  /** Characters before it, which are the same in both. */
  readonly same: number
  /** Characters behind it of the longer text. */
  readonly behind: number
}

/** Characters of each text that an editor lays out within a task of 50 ms, with half of that to spare. */
const most = 100_000
/** Characters before the first difference that are shown with it. */
const context = 2000
/** Characters compared at once while looking for the first difference. */
const block = 65_536

/** Undefined where both texts are short enough to be compared whole. What is shown begins shortly before the first difference. */
export function excerptOf(before: DiffText, after: DiffText): Excerpt | undefined {
  const longest = Math.max(before.text.length, after.text.length)
  if (longest <= most) return undefined
  const start = startOf(before.text, after.text)
  const cut = ({ text, slots = [], ...rest }: DiffText): DiffText => ({
    ...rest,
    text: text.slice(start, start + most).toWellFormed(),
    slots: slots.map(({ from, to, ...slot }) => ({ ...slot, from: from - start, to: to - start })),
  })
  return {
    before: cut(before),
    after: cut(after),
    line: linesBefore(before.text, start) + 1,
    same: start,
    behind: Math.max(0, longest - start - most),
  }
}

/** The beginning of the line with the first difference or of one before it; in a long line a place shortly before. */
function startOf(a: string, b: string): number {
  const differs = firstDifference(a, b)
  // Near the beginning it is seen from there; of equal texts that is what one expects.
  if (differs < most / 2 || (differs === a.length && differs === b.length)) return 0
  const near = differs - context
  const line = a.indexOf('\n', near)
  return line >= 0 && line < differs ? line + 1 : near
}

function firstDifference(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  let at = 0
  while (at < length && a.slice(at, at + block) === b.slice(at, at + block)) at += block
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++
  return Math.min(at, length)
}

function linesBefore(text: string, end: number): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines++
  return lines
}
