import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Emit, Output } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { Inspector } from '../inspector.ts'
import { dataFolder } from './data-folder.ts'
import { bytesOf, forgetStore, recentStores, rememberStore } from './recent-stores.ts'
import type { Settings } from './settings-file.ts'

/** What a page may ask about stores, beside the one that is open. */
export interface StoreDesk {
  list(): Output<'stores.list'>
  open(path: string): Promise<void>
  create(name: string): Promise<void>
  forget(path: string): void
  /** Absent where the host has no dialog. */
  readonly choose?: () => Promise<string | null>
}

interface Options {
  readonly first: string
  readonly make: (storePath: string, desk: StoreDesk, emit: Emit) => Inspector
  readonly settings: Settings
  readonly emit: Emit
  readonly choose?: () => Promise<string | null>
}

/** A host's inspector, whichever store is open: one at a time, and another takes its place. */
export interface SwitchingInspector extends Inspector {
  readonly storePath: () => string
  readonly switchTo: (path: string) => Promise<void>
}

export function openStores({ first, make, settings, emit, choose }: Options): SwitchingInspector {
  let open = path.resolve(first)
  let switching: Promise<void> | undefined

  const replace = async (wanted: string, mayBeNew: boolean): Promise<void> => {
    if (wanted === open) return
    if (!mayBeNew && !existsSync(wanted)) throw new InspectorError('stores/missing', `There is no file ${wanted}.`)
    const next = makeOne(wanted)
    try {
      await next.open()
    } catch (error) {
      await next.close()
      throw error
    }
    const last = now
    now = next
    open = wanted
    rememberStore(settings, wanted)
    emit('store.switched', { path: wanted })
    await last.close()
    await now.prepare()
  }
  /** One after another: two at once would both replace the same one. */
  const switchTo = async (wanted: string, mayBeNew = false): Promise<void> => {
    await switching?.catch(() => {})
    switching = replace(path.resolve(wanted), mayBeNew)
    await switching
  }

  const desk: StoreDesk = {
    list: () => ({
      folder: dataFolder(),
      canChoose: choose !== undefined,
      stores: [{ path: open, opened: Date.now() }, ...recentStores(settings).filter(one => one.path !== open)].map(
        one => {
          const bytes = bytesOf(one.path)
          return { ...one, name: path.basename(one.path), ...(bytes === undefined ? {} : { bytes }) }
        },
      ),
    }),
    open: wanted => {
      if (!path.isAbsolute(wanted)) throw new InspectorError('stores/relative', 'Give the whole path of the store.')
      return switchTo(wanted)
    },
    async create(name) {
      const file = path.join(dataFolder(), fileName(name))
      if (existsSync(file)) throw new InspectorError('stores/taken', `There is a store of that name: ${file}`)
      await switchTo(file, true)
    },
    forget: wanted => forgetStore(settings, wanted),
    ...(choose ? { choose } : {}),
  }
  // What a store tells while it is not the one that is open is nobody's business.
  const makeOne = (file: string) => make(file, desk, (name, data) => void (file === open && emit(name, data)))
  let now = makeOne(open)
  rememberStore(settings, open)
  return {
    storePath: () => open,
    switchTo,
    ask: (...question) => now.ask(...question),
    upload: (...upload) => now.upload(...upload),
    openFiles: paths => now.openFiles(paths),
    ensureSample: () => now.ensureSample(),
    open: () => now.open(),
    prepare: () => now.prepare(),
    async close() {
      await switching?.catch(() => {})
      await now.close()
    },
  }
}

/** The name of a file in the folder for stores, and nowhere else. */
export function fileName(name: string): string {
  const bare = name.trim().replace(/\.spanwise$/i, '')
  // oxlint-disable-next-line no-control-regex
  const safe = bare.replaceAll(/[\u0000-\u001f\u007f<>:"/\\|?*]/g, '-').replace(/^\.+/, '')
  if (safe === '') throw new InspectorError('stores/name', 'This name names no file.')
  return `${safe}.spanwise`
}
