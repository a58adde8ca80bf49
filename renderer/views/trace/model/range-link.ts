import type { TimeRange } from './timeline.ts'

/** `2000..9500ms`: a range of time in an address, to the microsecond. */
export function printRange({ from, to }: TimeRange): string {
  return `${milliseconds(from)}..${milliseconds(to)}ms`
}

/** Undefined where it is none. */
export function parseRange(text: string | null): TimeRange | undefined {
  const found = /^(\d{1,15}(?:\.\d{1,3})?)\.\.(\d{1,15}(?:\.\d{1,3})?)ms$/.exec(text ?? '')
  if (!found) return undefined
  const [from, to] = [Math.round(Number(found[1]) * 1000), Math.round(Number(found[2]) * 1000)]
  return to > from ? { from, to } : undefined
}

function milliseconds(us: number): string {
  return String(Number((us / 1000).toFixed(3)))
}
