// What a person does with stars and tags, wherever in the window: asked, told, and to be undone.

import type { Output } from '../../shared/contract/index.ts'
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

/** What persons put on a row: a star, tags beside those of its file, a text. */
export interface RowNote {
  readonly starred: boolean
  readonly tags: readonly string[]
  readonly note?: string
}

export const noNote: RowNote = { starred: false, tags: [] }

/** The answer of `notes.read` and its kin, row by row. */
export function rowNotesOf(
  ids: readonly number[],
  { starred, tags, notes }: Output<'notes.read'>,
): (readonly [number, RowNote])[] {
  return ids.map((id, i) => {
    const note = notes[i]
    return [id, { starred: starred[i] === true, tags: tags[i] ?? [], ...(note == null ? {} : { note }) }]
  })
}

/** One row, by its number in this store. */
export interface NotedRow {
  readonly of: Noted
  readonly id: number
}

/** Writes a note in place of the one that was there; an empty text takes it out. */
export async function writeNote(client: PageClient, row: NotedRow, text: string): Promise<void> {
  try {
    tellDone(await write(client, row, text.trim()))
  } catch (error) {
    tell(`The note was not written: ${toRequestError(error).message}`, true)
  }
}

async function write(client: PageClient, row: NotedRow, text: string): Promise<Done> {
  const { replaced } = await client.ask('notes.write', { ...row, text })
  const words = text === '' ? 'Note removed' : replaced === null ? 'Note written' : 'Note changed'
  return {
    words,
    undo: async () => {
      await client.ask('notes.write', { ...row, text: replaced ?? '' })
      return () => write(client, row, text)
    },
  }
}
