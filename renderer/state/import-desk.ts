// Imports that this window started or hears of: what runs, what ended, what could not begin.

import { createContext, useContext } from 'react'
import type { EventData } from '../../shared/contract/index.ts'
import type { ImportProgress } from '../../shared/contract/imports.ts'
import type { FieldMapping } from '../../shared/domain/mapping.ts'
import type { ImportSource, PageClient } from './client.ts'
import { toRequestError, type RequestError } from './request-error.ts'
import { importAtOnce, readSetting } from './settings.ts'
import { createStore, useStore, type Store } from './store.ts'

export type EndedImport = EventData<'imports.ended'>

export interface RunningImport {
  readonly import: number
  readonly progress?: ImportProgress
  /** Asked to stop; it ends after the batch it is at. */
  readonly stopping?: boolean
}

export interface ImportActivity {
  /** Oldest first: the first one runs, the others wait in line. `progress` is absent until something was read. */
  readonly running: readonly RunningImport[]
  /** The newest one that ended. */
  readonly ended?: EndedImport
  /** Why the last attempt to start one failed. */
  readonly failure: RequestError | undefined
  readonly panelOpen: boolean
  /** What was chosen or dropped and waits in the import sheet for a person's word. */
  readonly asked: ImportSource | undefined
}

export interface ImportDesk extends Store<ImportActivity> {
  /** Asks for files with the host's dialog, or the browser's where the host has none. */
  readonly choose: () => void
  /** Opens the import sheet, or imports at once where the person wants that. */
  readonly give: (files: readonly File[]) => void
  /** Opens the import sheet, whatever the person wants at other times. */
  readonly review: (source: ImportSource) => void
  /** Imports, as the sheet says. */
  readonly start: (source: ImportSource, mapping?: FieldMapping) => void
  /** Shuts the sheet. */
  readonly decline: () => void
  readonly openSample: () => void
  readonly cancel: (id: number) => void
  readonly resume: (id: number) => void
  readonly showPanel: (open: boolean) => void
  readonly stop: () => void
}

/**
 * Milliseconds after files could not be sent: mostly the import ends by itself and says better why, because the host
 * saw the sending break off, or it was the end of the import that broke it off.
 */
const patience = 3000

/** `chooseInPage` lets the reader pick files where the host has no dialog of its own. */
export function createImportDesk(client: PageClient, chooseInPage: () => Promise<readonly File[]>): ImportDesk {
  const store = createStore<ImportActivity>({ running: [], failure: undefined, panelOpen: false, asked: undefined })
  const early = new Set<number>()

  const begin = (id: number) => {
    // A small file may have ended before its start was answered.
    const over = early.has(id)
    store.update(activity => ({
      ...activity,
      failure: undefined,
      panelOpen: true,
      running:
        over || activity.running.some(one => one.import === id)
          ? activity.running
          : [...activity.running, { import: id }],
    }))
  }
  const fail = (caught: unknown) =>
    store.update(activity => ({ ...activity, failure: toRequestError(caught), panelOpen: true }))
  const failSending = (id: number, caught: unknown) => {
    if (!store.get().running.some(one => one.import === id)) return
    fail(caught)
    client.ask('imports.cancel', { import: id }).catch(() => {})
  }
  const attempt = (start: Promise<number | undefined>) => {
    start.then(id => id !== undefined && begin(id), fail)
  }
  const start = async (source: ImportSource, mapping?: FieldMapping) => {
    const started = await client.importFrom(source, mapping)
    started.sent.catch(caught => setTimeout(() => failSending(started.import, caught), patience))
    return started.import
  }
  const review = (source: ImportSource) =>
    store.update(activity => ({ ...activity, failure: undefined, panelOpen: false, asked: source }))
  const ask = async (source: ImportSource) => {
    const isEmpty = 'files' in source ? source.files.length === 0 : source.paths.length === 0
    if (isEmpty) return undefined
    if (readSetting(importAtOnce) === 'yes') return start(source)
    review(source)
    return undefined
  }
  const choose = async () => {
    const { nativeDialog } = await client.ask('app.info', {})
    if (!nativeDialog) return ask({ files: await chooseInPage() })
    const { paths } = await client.ask('files.choose', {})
    return ask({ paths: paths ?? [] })
  }
  const decline = () => store.update(activity => ({ ...activity, asked: undefined }))

  const offs = [
    client.on('imports.progress', progress =>
      store.update(activity => {
        const known = activity.running.some(one => one.import === progress.import)
        const running = known
          ? activity.running.map(one => (one.import === progress.import ? { ...one, progress } : one))
          : [...activity.running, { import: progress.import, progress }]
        return { ...activity, running }
      }),
    ),
    client.on('imports.ended', ended => {
      early.add(ended.import)
      store.update(activity => ({
        ...activity,
        running: activity.running.filter(one => one.import !== ended.import),
        ended,
        panelOpen: true,
      }))
    }),
    client.on('files.opened', opened => begin(opened.import)),
  ]

  return {
    ...store,
    choose: () => attempt(choose()),
    give: files => attempt(ask({ files })),
    review,
    start: (source, mapping) => {
      decline()
      attempt(start(source, mapping))
    },
    decline,
    openSample: () => attempt(client.ask('imports.sample', {}).then(answer => answer.import)),
    cancel: id => {
      store.update(activity => ({
        ...activity,
        running: activity.running.map(one => (one.import === id ? { ...one, stopping: true } : one)),
      }))
      attempt(client.ask('imports.cancel', { import: id }).then(() => undefined))
    },
    resume: id => attempt(client.ask('imports.continue', { import: id }).then(answer => answer.import)),
    showPanel: open =>
      store.update(activity => ({ ...activity, panelOpen: open, failure: open ? activity.failure : undefined })),
    stop: () => offs.forEach(off => off()),
  }
}

export const ImportDeskContext = createContext<ImportDesk | undefined>(undefined)

export function useImportDesk(): ImportDesk {
  const desk = useContext(ImportDeskContext)
  if (!desk) throw new Error('A view stands outside ImportDeskContext.')
  return desk
}

export function useImportActivity(): ImportActivity {
  return useStore(useImportDesk())
}
