import { existsSync } from 'node:fs'
import { InspectorError } from '../../shared/domain/errors.ts'
import { engineLists } from '../rpc/lists.ts'
import { storeHandlers } from '../rpc/store.ts'
import { openStore, type Store } from '../store/open.ts'
import type { Role, Service } from './process.ts'

/** Milliseconds after its start when what the first page does not need is loaded: it should be drawn by then. */
const rest = 300

/** Answers short questions about the store. */
export const engine: Role = ({ storePath, create = false, priceFolder }, emit) => {
  const store = openForUse(storePath, create)
  let loaded: Promise<Service> | undefined
  const load = (): Promise<Service> =>
    (loaded ??= import('./engine-rest.ts').then(({ engineRest }) => engineRest(store, emit, priceFolder)))
  const timer = setTimeout(() => void load().catch(() => {}), rest).unref()
  return {
    answers: { ...storeHandlers(store), ...engineLists(store) },
    more: async () => (await load()).answers,
    async close() {
      clearTimeout(timer)
      await (await loaded)?.close()
      store.close()
    },
  }
}

const unwritable = new Set(['store/read-only-folder', 'store/disk-full'])

/** A store in a folder that cannot be written, or on a full disk, can still be looked at. */
function openForUse(file: string, create: boolean): Store {
  try {
    return openStore(file, { create })
  } catch (error) {
    const mayBeRead = error instanceof InspectorError && unwritable.has(error.code) && existsSync(file)
    if (!mayBeRead) throw error
    return openStore(file, { readOnly: true })
  }
}
