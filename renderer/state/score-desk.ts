// Files of scores that this window brings in: what runs, and how the last one went.

import { createContext, useContext } from 'react'
import type { EventData } from '../../shared/contract/index.ts'
import { beginsLikeScores } from '../../shared/domain/score-row.ts'
import type { ImportSource, PageClient } from './client.ts'
import { toRequestError, type RequestError } from './request-error.ts'
import { createStore, type Store } from './store.ts'

export interface ScoreActivity {
  readonly running: { readonly run: number; readonly rows: number } | undefined
  readonly ended: EventData<'scores.ended'> | undefined
  readonly failure: RequestError | undefined
}

export interface ScoreDesk extends Store<ScoreActivity> {
  /** Asks for a file with the host's dialog, or the browser's where the host has none. */
  readonly choose: () => Promise<void>
  /** Takes the files that begin like scores; the others are handed back. */
  readonly take: (files: readonly File[]) => Promise<readonly File[]>
  readonly cancel: () => void
  /** Puts the panel away. */
  readonly forget: () => void
  readonly stop: () => void
}

/** So much of a file tells what it is. */
const headSize = 64 << 10
/** Of files that are dropped together so many are looked at: a folder of dumps is none of scores. */
const mostLookedAt = 20

const idle: ScoreActivity = { running: undefined, ended: undefined, failure: undefined }

export function createScoreDesk(client: PageClient, chooseInPage: () => Promise<readonly File[]>): ScoreDesk {
  const store = createStore(idle)
  const runs = new Set<number>()

  const begin = async (source: ImportSource) => {
    try {
      const { run, sent } = await client.importScores(source)
      runs.add(run)
      store.set({ ...idle, running: { run, rows: 0 } })
      sent.catch(() => client.ask('scores.cancel', { run }).catch(() => {}))
    } catch (error) {
      store.set({ ...idle, failure: toRequestError(error) })
    }
  }
  const each = async (sources: readonly ImportSource[]) => {
    for (const source of sources) await begin(source)
  }
  const offs = [
    client.on('scores.progress', ({ run, rows }) => runs.has(run) && store.set({ ...idle, running: { run, rows } })),
    client.on('scores.ended', ended => {
      if (!runs.delete(ended.run)) return
      store.set({ ...idle, ended })
    }),
  ]
  return {
    ...store,
    choose: async () => {
      try {
        const { nativeDialog } = await client.ask('app.info', {})
        if (!nativeDialog) return await each((await chooseInPage()).map(file => ({ files: [file] })))
        const { paths } = await client.ask('files.choose', {})
        await each((paths ?? []).map(path => ({ paths: [path] })))
      } catch (error) {
        store.set({ ...idle, failure: toRequestError(error) })
      }
      return undefined
    },
    take: async files => {
      const looked = files.slice(0, mostLookedAt)
      const are = await Promise.all(looked.map(looksLikeScores))
      await each(looked.flatMap((file, i) => (are[i] ? [{ files: [file] }] : [])))
      return [...looked.filter((_, i) => !are[i]), ...files.slice(mostLookedAt)]
    },
    cancel: () => {
      const run = store.get().running?.run
      if (run !== undefined) client.ask('scores.cancel', { run }).catch(() => {})
    },
    forget: () => store.set(idle),
    stop: () => offs.forEach(off => off()),
  }
}

async function looksLikeScores(file: File): Promise<boolean> {
  try {
    return beginsLikeScores(await file.slice(0, headSize).text())
  } catch {
    return false
  }
}

export const ScoreDeskContext = createContext<ScoreDesk | undefined>(undefined)

export function useScoreDesk(): ScoreDesk {
  const desk = useContext(ScoreDeskContext)
  if (!desk) throw new Error('A view stands outside ScoreDeskContext.')
  return desk
}
