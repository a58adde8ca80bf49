// What a person does with stars and tags, wherever in the window: asked, told, and to be undone.

import type { Noted } from '../../shared/contract/notes.ts'
import type { Question } from '../../shared/contract/search.ts'
import { formatPlural } from '../../shared/format/numbers.ts'
import { visibleLine } from '../../shared/format/visible-text.ts'
import type { PageClient } from './client.ts'
import { toRequestError } from './request-error.ts'
import { tell, tellDone, type Done } from './undo.ts'

/** The rows a note is put on: some, or all that match except some. */
export type NotedRows =
  | { readonly of: Noted; readonly ids: readonly number[] }
  | {
      readonly list: 'traces' | 'spans' | 'calls'
      readonly where: Question
      readonly except: readonly number[]
    }

/** Puts a word on rows or takes it off ('' is a star), says on how many, and lets it be undone. */
export async function setNote(client: PageClient, rows: NotedRows, word: string, on: boolean): Promise<void> {
  const of = 'of' in rows ? rows.of : rows.list === 'traces' ? 'traces' : 'spans'
  try {
    const { change, rows: count } =
      'ids' in rows
        ? await client.ask('notes.set', { of, ids: [...rows.ids], word, on })
        : await client.ask('notes.setMatching', { ...rows, except: [...rows.except], word, on })
    const words = wordsOf(of, count, word, on)
    if (count === 0) tell(words)
    else tellDone(doneBy(client, words, change))
  } catch (error) {
    tell(`That could not be done: ${toRequestError(error).message}`, true)
  }
}

/** Undoing a change is a change: undoing that one does the first again. */
function doneBy(client: PageClient, words: string, change: number): Done {
  return {
    words,
    undo: async () => {
      const back = await client.ask('notes.undo', { change })
      return async () => doneBy(client, words, (await client.ask('notes.undo', { change: back.change })).change)
    },
  }
}

function wordsOf(of: Noted, count: number, word: string, on: boolean): string {
  const what = word === '' ? 'star' : `tag “${visibleLine(word, 60)}”`
  if (count === 0) return on ? `They had the ${what} already` : `None of them had the ${what}`
  const rows = formatPlural(count, of === 'traces' ? 'trace' : 'span')
  if (word === '') return `${rows} ${on ? 'starred' : 'no longer starred'}`
  return `${rows} ${on ? 'got' : 'lost'} the ${what}`
}
