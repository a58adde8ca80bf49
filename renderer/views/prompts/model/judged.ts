export type Judgement = 'a' | 'b' | 'tie'

/** A call by the ids of its file: scores are found again by them. */
export interface JudgedCall {
  readonly traceId: string
  readonly spanId: string
  /** Which version it is of, for who reads the scores elsewhere. */
  readonly version: string
}

export interface Judged {
  readonly judgement: Judgement
  readonly a: JudgedCall
  readonly b: JudgedCall
}

/** What the score is called: its mean over the calls of a version is the share of comparisons that it wins. */
export const scoreName = 'preference'

const values = { win: 1, tie: 0.5, loss: 0 } as const

/** Both calls of each input get a score: 1 for a win, 0 for a loss, a half for a tie. */
export function judgedLines(judged: readonly Judged[]): string {
  return judged
    .flatMap(({ judgement, a, b }) => [
      line(a, b, judgement === 'tie' ? 'tie' : judgement === 'a' ? 'win' : 'loss'),
      line(b, a, judgement === 'tie' ? 'tie' : judgement === 'b' ? 'win' : 'loss'),
    ])
    .join('\n')
}

function line(call: JudgedCall, other: JudgedCall, label: keyof typeof values): string {
  return JSON.stringify({
    trace_id: call.traceId,
    span_id: call.spanId,
    name: scoreName,
    value: values[label],
    label,
    comment: `against ${other.version}`,
    source: 'human',
  })
}
