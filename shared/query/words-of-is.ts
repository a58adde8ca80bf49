import { marks } from '../domain/marks.ts'

/** What `is:` can ask beside the marks of a span. */
export const states = {
  error: 'failed',
  root: 'nothing stands above it',
  leaf: 'nothing stands below it',
  running: 'has no end',
  streamed: 'its answer came in pieces',
  cached: 'some of its input was read from a cache',
  replayed: 'answers a request that was sent from here; -is:replayed leaves those out',
  starred: 'somebody starred it or its trace',
  recovered: 'its prompt or the version of it is in no file: it was found by comparing what was sent',
  unpriced: 'a call without a cost',
  retried: 'failed, and the same was tried again',
  slow: 'took longer than 95% of the spans of its kind and name',
} as const

export type State = keyof typeof states

/** Every word after `is:`. The marks' own words are among them: orphan, cycle, masked … */
export const isWords: readonly string[] = [...new Set<string>([...Object.keys(states), ...marks])]
