import type { Output } from '../../../shared/contract/index.ts'
import { formatPlural } from '../../../shared/format/numbers.ts'
import { useClient } from '../../app/view.ts'
import type { PageClient } from '../../state/client.ts'
import { RequestError, toRequestError } from '../../state/request-error.ts'
import { createStore, useStore } from '../../state/store.ts'
import { type Done, tell, tellDone } from '../../state/undo.ts'
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
      tellDone(await give(client, file, judgedLines([...judged.values()]), words))
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

/** They come as a file of scores, which can be removed whole. */
async function give(client: PageClient, file: string, lines: string, words: string): Promise<Done> {
  const { id } = await ended(client, () => client.ask('scores.give', { file, lines }))
  return {
    words,
    undo: async () => {
      await client.ask('scores.remove', { id })
      return () => give(client, file, lines, words)
    },
  }
}

/** Milliseconds after which it is no longer waited for: imports go first. */
const patience = 60_000

/** What came of a run; its end may be told before its beginning is answered. */
async function ended(client: PageClient, begin: () => Promise<Output<'scores.give'>>): Promise<{ id: number }> {
  const ends = new Map<
    number,
    { readonly id?: number | undefined; readonly error?: { code: string; message: string } | undefined }
  >()
  let look = () => {}
  const off = client.on('scores.ended', end => {
    ends.set(end.run, end)
    look()
  })
  let late: ReturnType<typeof setTimeout> | undefined
  try {
    const { run } = await begin()
    await new Promise<void>((resolve, reject) => {
      look = () => ends.has(run) && resolve()
      late = setTimeout(
        () => reject(new RequestError('window/late', 'An import runs before them. They will be kept after it.')),
        patience,
      )
      look()
    })
    const { id, error } = ends.get(run)!
    if (error) throw new RequestError(error.code, error.message)
    if (id === undefined) throw new RequestError('scores/none', 'None of them could be read.')
    return { id }
  } finally {
    clearTimeout(late)
    off()
  }
}
