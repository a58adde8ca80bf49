/**
 * Oddities of a span or of its record. A marked span is kept and shown; the mark says what we noticed.
 * Stored as a bit set in this order: append only.
 */
export const marks = [
  'orphan', // its parent is not in the store: shown as a root
  'cycle', // its parents lead back to itself: cut here, shown as a root
  'self-parent', // names itself as its parent: shown as a root
  'unfinished', // no end time
  'no-start', // no start time: placed at its parent's start
  'negative-duration', // ends before it starts: drawn with length 0, of unknown length in sums and percentiles
  'outside-parent', // lies outside its parent: clocks differ, or work outlived its parent
  'undated', // the format has no time: laid out by order and latency
  'inferred-time', // the time was inferred (a ULID, a neighbour)
  'no-zone', // the time had no zone: read as UTC
  'merged', // several different records gave this span
  'conflict', // those records disagreed on a field; the later end time won
  'repaired-text', // invalid UTF-8 or a lone surrogate was replaced, or an escape that JSON does not know kept as it stood
  'deep', // nested past 200 levels: kept as text from there on
  'doubtful-usage', // token counts that contradict themselves, are none (a word, over a billion), or are zero on a successful call
  'restated', // its usage repeats that of a call below it: not counted
  'derived-id', // the record had no usable id: derived from its content
  'fragment', // only records about it arrived (log records, updates): the span's own never did
  'guessed', // its fields were assigned by a guess, and no person said that they mean this
  'inferred-link', // its parent, or which call a tool belongs to, was inferred from names and order
  'masked', // its producer withheld or replaced a text before exporting it
  'secret', // a name or a value in it looks like a credential
  'unanswered', // the provider gave the request back (a batch result that errored, expired or was cancelled): no call
  'doubtful-time', // its times are of 1970, and of our days if they are in a larger unit than their field's
  'doubtful-cost', // the cost its record gives is no amount: a word, less than nothing, more than can be summed exactly
  'other-currency', // the cost its record gives is not in dollars, in which costs are summed
  'replayed', // the answer to a request that was sent from Spanwise
  'zero-cost', // its record gives a cost of 0 beside tokens: its writer knew no price
] as const

export type Mark = (typeof marks)[number]

export function marksToBits(list: Iterable<Mark>): number {
  let bits = 0
  for (const mark of list) bits |= 1 << marks.indexOf(mark)
  return bits
}

export function bitsToMarks(bits: number): Mark[] {
  return marks.filter((_, i) => bits & (1 << i))
}
