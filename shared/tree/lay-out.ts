/** Spans of one trace in reading order. Microseconds; NaN is unknown. */
export interface UndatedSpans {
  readonly duration: ArrayLike<number>
  /** Index of the last descendant; the span's own index on a leaf. */
  readonly last: ArrayLike<number>
}

/**
 * Places the spans of a trace in which nothing has a time: each starts where its sibling before it ended, the first where
 * its parent starts. A span without a length lasts as long as what is inside it. Writes the places into `offset`, and
 * answers when the last of them ends; NaN where no span has a length. A drawing, not a date: no time is invented.
 */
export function layOut({ duration, last }: UndatedSpans, offset?: { [index: number]: number }): number {
  const open: { readonly last: number; readonly start: number; readonly length: number; cursor: number }[] = []
  let known = false
  let roots = 0
  let latest = 0
  const close = (): void => {
    const span = open.pop()!
    const end = Number.isNaN(span.length) ? span.cursor : span.start + span.length
    latest = Math.max(latest, end, span.cursor)
    const parent = open.at(-1)
    if (parent) parent.cursor = Math.max(parent.cursor, end)
    else roots = Math.max(roots, end)
  }
  for (let at = 0; at < duration.length; at++) {
    while (open.length > 0 && open.at(-1)!.last < at) close()
    const start = open.at(-1)?.cursor ?? roots
    const length = duration[at]!
    known ||= !Number.isNaN(length)
    if (offset) offset[at] = start
    open.push({ last: last[at]!, start, length: Math.max(length, 0), cursor: start })
  }
  while (open.length > 0) close()
  return known ? latest : Number.NaN
}
