import type { Emit } from '../../shared/contract/index.ts'
import { exportHandlers } from '../rpc/exports.ts'
import { noteHandlers } from '../rpc/notes.ts'
import { priceHandlers } from '../rpc/prices.ts'
import { requestHandlers } from '../rpc/replay.ts'
import { traceHandlers } from '../rpc/traces.ts'
import type { Store } from '../store/open.ts'
import type { Service } from './process.ts'

/** What of the engine reads spans, and its formats, conventions and schemas: half of the time that a process takes to start. */
export function engineRest(store: Store, emit: Emit, priceFolder: string | undefined): Service {
  const exports = exportHandlers(store.path)
  return {
    answers: {
      ...traceHandlers(store),
      ...requestHandlers(store),
      ...noteHandlers(store, emit),
      ...priceHandlers(store, priceFolder),
      ...exports.handlers,
    },
    close: () => exports.close(),
  }
}
