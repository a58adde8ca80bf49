import type { Bridge } from '../../shared/contract/bridge.ts'
import { RequestCancelled } from './request-error.ts'
import type { Transport } from './transport.ts'

/** The Electron window: the preload's bridge. The host outlives its window, so the connection never breaks. */
export function bridgeTransport(bridge: Bridge): Transport {
  let tickets = 0
  return {
    ask: (name, input, signal) => {
      if (signal?.aborted) return Promise.reject(new RequestCancelled())
      tickets += 1
      const ticket = tickets
      return new Promise((resolve, reject) => {
        const cancel = () => {
          bridge.cancel(ticket)
          reject(new RequestCancelled())
        }
        signal?.addEventListener('abort', cancel, { once: true })
        bridge
          .ask(name, input, ticket)
          .then(resolve, reject)
          .finally(() => signal?.removeEventListener('abort', cancel))
      })
    },
    on: (name, listener) => bridge.on(name, listener),
    onConnection: () => () => {},
    pathsOf: files => bridge.pathsOfFiles(files),
  }
}
