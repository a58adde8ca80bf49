import type { Mark } from '../domain/marks.ts'
import { formatPlural } from '../format/numbers.ts'
import { unknownWords } from './cost-words.ts'

/** Marks of calls whose tokens or cost, as their file gives them, are in no sum of money. */
export const costDoubts = [
  'doubtful-usage',
  'doubtful-cost',
  'other-currency',
  'zero-cost',
] as const satisfies readonly Mark[]
export type CostDoubt = (typeof costDoubts)[number]

export function isCostDoubt(mark: Mark): mark is CostDoubt {
  return (costDoubts as readonly Mark[]).includes(mark)
}

/**
 * What is to be known of a sum of costs: how many calls are not in it and why, which had something said of them that is not
 * used, and how many no program made.
 */
export interface CostDoubts {
  readonly unpriced?: { readonly why: string; readonly calls: number }[] | undefined
  readonly doubts?: { readonly mark: CostDoubt; readonly calls: number }[] | undefined
  readonly replays?: number | undefined
}

const words: { readonly [mark in CostDoubt]: string } = {
  'doubtful-usage': 'with token counts that contradict themselves, or are none: nothing is computed from them',
  'doubtful-cost': 'with a recorded cost that is no amount (a word, less than nothing, millions): it is not used',
  'zero-cost': 'with a recorded cost of 0 beside tokens: it is taken for not priced, and not used',
  'other-currency': 'with a recorded cost that is not in dollars: it is not used',
}

/** Sentences for beside a total, the same on the screen and in the terminal. */
export function doubtSentences({ unpriced = [], doubts = [], replays = 0 }: CostDoubts): string[] {
  const reasons = unpriced.toSorted((a, b) => b.calls - a.calls)
  const told = reasons.map(({ why, calls }) => `${formatPlural(calls, 'call')} (${unknownWords(why)})`)
  return [
    ...(told.length > 0 ? [`Without a cost: ${told.join(', ')}.`] : []),
    ...doubts.map(({ mark, calls }) => `${formatPlural(calls, 'call')} ${words[mark]} (is:${mark}).`),
    ...(replays > 0 ? [replayWords(replays)] : []),
  ]
}

function replayWords(replays: number): string {
  const [are, them] = replays === 1 ? ['is a replay', 'it'] : ['are replays', 'them']
  return `${formatPlural(replays, 'call')} ${are}, sent again from here: -is:replayed leaves ${them} out.`
}
