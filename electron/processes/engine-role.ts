import { InspectorError } from '../../shared/domain/errors.ts'
import { storeHandlers } from '../rpc/store.ts'
import { traceHandlers } from '../rpc/traces.ts'
import { openStore, type Store } from '../store/open.ts'
import type { Role } from './process.ts'

/** Makes the store where there is none, brings it up to date, and answers short questions about it. */
export const engine: Role = ({ storePath }) => {
  const store = openForUse(storePath)
  return { answers: { ...storeHandlers(store), ...traceHandlers(store) }, close: () => store.close() }
}

/** A store in a folder that cannot be written can still be looked at. */
function openForUse(file: string): Store {
  try {
    return openStore(file, { create: true })
  } catch (error) {
    if (!(error instanceof InspectorError) || error.code !== 'store/read-only-folder') throw error
    return openStore(file, { readOnly: true })
  }
}
