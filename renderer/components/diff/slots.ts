/** Where a variable stands in a text: UTF-16 units. */
export interface Slot {
  readonly name: string
  readonly from: number
  readonly to: number
  /** What its values are: date, id, name … */
  readonly type?: string
}

/** As an editor counts: lines and columns from 1. */
export interface Place {
  readonly startLineNumber: number
  readonly startColumn: number
  readonly endLineNumber: number
  readonly endColumn: number
}

/**
 * Places of slots in a text. An editor gives all lines one end, so they are counted in the text as it was written. What
 * lies outside of it is no place.
 */
export function placesOf(text: string, slots: readonly Slot[]): Place[] {
  if (slots.length === 0) return []
  const starts = [0]
  for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length)
  const at = (offset: number) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - starts[low]! + 1 }
  }
  return slots.flatMap(({ from, to }) => {
    if (from < 0 || to > text.length || from >= to) return []
    const [start, end] = [at(from), at(to)]
    return { startLineNumber: start.line, startColumn: start.column, endLineNumber: end.line, endColumn: end.column }
  })
}
