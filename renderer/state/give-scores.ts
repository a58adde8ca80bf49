import type { Output } from '../../shared/contract/index.ts'
import type { PageClient } from './client.ts'
import { RequestError } from './request-error.ts'
import type { Done } from './undo.ts'

/** They come as a file of scores, which can be removed whole. */
export async function giveScores(client: PageClient, file: string, lines: string, words: string): Promise<Done> {
  const { id } = await ended(client, () => client.ask('scores.give', { file, lines }))
  return {
    words,
    undo: async () => {
      await client.ask('scores.remove', { id })
      return () => giveScores(client, file, lines, words)
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
