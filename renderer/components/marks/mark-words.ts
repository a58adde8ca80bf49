import type { Mark } from '../../../shared/domain/marks.ts'

/** What an oddity is called. */
export interface MarkWords {
  /** Beside the span's name. */
  readonly short: string
  /** For a tooltip and the detail panel. */
  readonly long: string
  /** In the line above the tree: "1 orphan", "3 orphans". */
  readonly one: string
  readonly many: string
  /** Something a reader should know before trusting the picture; the others are notes. */
  readonly warns: boolean
}

const words: { readonly [mark in Mark]: MarkWords } = {
  orphan: {
    short: 'parent not in file',
    long: 'Its parent was in none of the imported files, so it is shown as a root.',
    one: 'orphan',
    many: 'orphans',
    warns: true,
  },
  cycle: {
    short: 'parents form a circle',
    long: 'Its parents lead back to itself. The circle is cut here, and it is shown as a root.',
    one: 'circle of parents',
    many: 'circles of parents',
    warns: true,
  },
  'self-parent': {
    short: 'names itself as parent',
    long: 'It names itself as its parent, so it is shown as a root.',
    one: 'span is its own parent',
    many: 'spans are their own parents',
    warns: true,
  },
  unfinished: {
    short: 'unfinished',
    long: 'The file has no end time for it: it was still running, or was cut short.',
    one: 'unfinished',
    many: 'unfinished',
    warns: true,
  },
  'no-start': {
    short: 'no start time',
    long: 'The file has no start time for it; it is placed at the start of its parent.',
    one: 'without a start time',
    many: 'without a start time',
    warns: true,
  },
  'negative-duration': {
    short: 'ends before it starts',
    long: 'Its end lies before its start: it is drawn with no length, and how long it took counts as unknown.',
    one: 'ends before it starts',
    many: 'end before they start',
    warns: true,
  },
  'outside-parent': {
    short: 'outside its parent',
    long: 'It starts or ends outside its parent: clocks differ, or its work outlived its parent.',
    one: 'outside its parent (clocks may differ)',
    many: 'outside their parents (clocks may differ)',
    warns: true,
  },
  undated: {
    short: 'no time in file',
    long: 'The file does not say when it ran: its place follows the tree and the order of the file, its length is the file’s.',
    one: 'without a time',
    many: 'without a time',
    warns: true,
  },
  'inferred-time': {
    short: 'time inferred',
    long: 'Its time was inferred from its id or from a neighbour.',
    one: 'with an inferred time',
    many: 'with inferred times',
    warns: false,
  },
  replayed: {
    short: 'replay',
    long: 'It is the answer to a request that was sent again from Spanwise; its link names the call.',
    one: 'replay',
    many: 'replays',
    warns: false,
  },
  'doubtful-time': {
    short: 'doubtful time',
    long: 'In the unit of its field this time lies in 1970; in microseconds or milliseconds it would lie in our days. It is shown as the file has it.',
    one: 'with a doubtful time',
    many: 'with doubtful times',
    warns: true,
  },
  'no-zone': {
    short: 'no time zone',
    long: 'Its times had no zone and were read as UTC.',
    one: 'without a time zone (read as UTC)',
    many: 'without a time zone (read as UTC)',
    warns: false,
  },
  merged: {
    short: 'merged',
    long: 'Several different records gave this span; they were merged.',
    one: 'merged from several records',
    many: 'merged from several records',
    warns: false,
  },
  conflict: {
    short: 'records disagree',
    long: 'Several records gave this span and disagreed on a field; the one that ended later won.',
    one: 'with records that disagree',
    many: 'with records that disagree',
    warns: true,
  },
  'repaired-text': {
    short: 'text repaired',
    long: 'Some of its text was not valid: broken characters were replaced, backslashes that begin no escape were kept.',
    one: 'with repaired text',
    many: 'with repaired text',
    warns: false,
  },
  deep: {
    short: 'very deep value',
    long: 'One of its values nests past 200 levels; from there on it is kept as text.',
    one: 'with a very deep value',
    many: 'with very deep values',
    warns: false,
  },
  'doubtful-usage': {
    short: 'doubtful tokens',
    long: 'Its token counts contradict each other, are none (a fraction, a word, less than zero, over a billion), or are zero on a call that succeeded.',
    one: 'with doubtful token counts',
    many: 'with doubtful token counts',
    warns: true,
  },
  'doubtful-cost': {
    short: 'doubtful cost',
    long: 'The cost its record gives is no amount (a word, less than nothing, or millions of dollars) and is in no sum.',
    one: 'with a doubtful cost',
    many: 'with doubtful costs',
    warns: true,
  },
  'zero-cost': {
    short: 'cost of 0 beside tokens',
    long: 'Its record gives a cost of 0 beside tokens. Writers that know no price do so: it counts as not priced, not as free.',
    one: 'with a cost of 0 beside tokens',
    many: 'with a cost of 0 beside tokens',
    warns: false,
  },
  'other-currency': {
    short: 'cost in another currency',
    long: 'The cost its record gives is not in dollars. Sums are in dollars, so it is in none.',
    one: 'with a cost in another currency',
    many: 'with costs in other currencies',
    warns: true,
  },
  restated: {
    short: 'usage repeated',
    long: 'Its usage repeats that of a call below it, so it is not counted again.',
    one: 'span repeats the usage of its calls (counted once)',
    many: 'spans repeat the usage of their calls (counted once)',
    warns: false,
  },
  'derived-id': {
    short: 'no id in file',
    long: 'Its record had no usable id; one was derived from its content.',
    one: 'without an id',
    many: 'without ids',
    warns: false,
  },
  fragment: {
    short: 'only fragments',
    long: 'Only records about it arrived (log records or updates): the span’s own record is in none of the imported files.',
    one: 'known only from records about it',
    many: 'known only from records about them',
    warns: true,
  },
  guessed: {
    short: 'fields guessed',
    long: 'Its file is of no known format: which field means what was guessed, or assigned by a person.',
    one: 'with guessed fields',
    many: 'with guessed fields',
    warns: true,
  },
  'inferred-link': {
    short: 'link inferred',
    long: 'Its parent, or the call that asked for it, was inferred from names and order.',
    one: 'with an inferred link',
    many: 'with inferred links',
    warns: false,
  },
  masked: {
    short: 'masked at source',
    long: 'Whoever exported it withheld or replaced some of its text: that text is in no file.',
    one: 'masked at its source',
    many: 'masked at their source',
    warns: false,
  },
  secret: {
    short: 'may hold a secret',
    long: 'A name or a value in it looks like a credential.',
    one: 'may hold a secret',
    many: 'may hold secrets',
    warns: true,
  },
  unanswered: {
    short: 'not answered',
    long: 'The provider gave this request back without an answer: it failed, expired or was cancelled in its batch. It counts as no call.',
    one: 'request without an answer',
    many: 'requests without an answer',
    warns: true,
  },
}

export function wordsOfMark(mark: Mark): MarkWords {
  return words[mark]
}
