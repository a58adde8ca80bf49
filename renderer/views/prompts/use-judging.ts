import { formatPlural } from '../../../shared/format/numbers.ts'
import { useClient } from '../../app/view.ts'
import { giveScores } from '../../state/give-scores.ts'
import { toRequestError } from '../../state/request-error.ts'
import { createStore, useStore } from '../../state/store.ts'
import { tell, tellDone } from '../../state/undo.ts'
import { judgedLines, type Judged, type Judgement } from './model/judged.ts'

export interface Judging {
  readonly count: number
  readonly of: (input: string) => Judgement | undefined
  /** The same again takes it back. */
  readonly judge: (input: string, judged: Judged) => void
  readonly keep: () => void
}

type JudgedInputs = ReadonlyMap<string, Judged>

/** By the file they will be kept in: what was judged stays while a person looks elsewhere. */
export const judgedInputs = createStore<ReadonlyMap<string, JudgedInputs>>(new Map())

const none: JudgedInputs = new Map()

/** Which of two answers is better, input by input; kept as scores of both calls when the person says so. */
export function useJudging(file: string): Judging {
  const client = useClient()
  const judged = useStore(judgedInputs).get(file) ?? none
  const setJudged = (change: (old: JudgedInputs) => JudgedInputs) =>
    judgedInputs.update(all => new Map(all).set(file, change(all.get(file) ?? none)))
  const keep = async () => {
    if (judged.size === 0) return
    try {
      const words = `${formatPlural(judged.size, 'input')} judged, kept as scores`
      tellDone(await giveScores(client, file, judgedLines([...judged.values()]), words))
      setJudged(() => none)
    } catch (error) {
      tell(`The scores could not be kept: ${toRequestError(error).message}`, true)
    }
  }
  return {
    count: judged.size,
    of: input => judged.get(input)?.judgement,
    judge: (input, one) =>
      setJudged(old => {
        const next = new Map(old)
        if (old.get(input)?.judgement === one.judgement) next.delete(input)
        else next.set(input, one)
        return next
      }),
    keep: () => void keep(),
  }
}
