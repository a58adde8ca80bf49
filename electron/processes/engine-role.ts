import { existsSync } from 'node:fs'
import { InspectorError } from '../../shared/domain/errors.ts'
import { exportHandlers } from '../rpc/exports.ts'
import { engineLists } from '../rpc/lists.ts'
import { noteHandlers } from '../rpc/notes.ts'
import { storeHandlers } from '../rpc/store.ts'
import { traceHandlers } from '../rpc/traces.ts'
import { openStore, type Store } from '../store/open.ts'
import type { Role } from './process.ts'

/** Answers short questions about the store. */
export const engine: Role = ({ storePath, create = false }, emit) => {
  const store = openForUse(storePath, create)
  const exports = exportHandlers(storePath)
  return {
    answers: {
      ...storeHandlers(store),
      ...traceHandlers(store),
      ...engineLists(store),
      ...noteHandlers(store, emit),
      ...exports.handlers,
    },
    close: () => {
      exports.close()
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
