import { createContext, useContext } from 'react'
import type { Bridge } from '../../shared/contract/bridge.ts'
import { events, requests } from '../../shared/contract/index.ts'
import type { Client, EventData, Output, RequestName } from '../../shared/contract/index.ts'
import { bridgeTransport } from './bridge-transport.ts'
import { httpTransport } from './http-transport.ts'
import { RequestError } from './request-error.ts'
import type { Transport } from './transport.ts'

/** The contract, and what only a page can do: give files, and notice that the host went away. */
export interface PageClient extends Client {
  /** Whether the host sees where files lie; then it walks folders too. */
  readonly knowsPaths: boolean
  /**
   * Imports files that were chosen or dropped: by their paths where the host can know them, else by sending them.
   * `sent` settles when the last byte has left the page.
   */
  readonly importFiles: (files: readonly File[]) => Promise<{ readonly import: number; readonly sent: Promise<void> }>
  readonly onConnection: (listener: (connected: boolean) => void) => () => void
}

/** Every answer and every event passes the contract's schema before anything on the page sees it. */
export function createClient(transport: Transport): PageClient {
  const ask: Client['ask'] = async (name, input, signal) => {
    const answer = await transport.ask(name, input, signal)
    if (!answer.ok) throw new RequestError(answer.error.code, answer.error.message, answer.error.details)
    return readOutput(name, answer.value)
  }
  return {
    ask,
    knowsPaths: transport.pathsOf !== undefined,
    on: (name, listener) =>
      transport.on(name, data => {
        const event = events[name].safeParse(data)
        if (event.success) listener(event.data as EventData<typeof name>)
      }),
    onConnection: listener => transport.onConnection(listener),
    importFiles: async files => {
      if (transport.pathsOf) {
        const started = await ask('imports.start', { paths: pathsOf(transport.pathsOf(files)) })
        return { import: started.import, sent: Promise.resolve() }
      }
      const announced = await ask('imports.upload', {
        files: files.map(file => ({ name: file.name, bytes: file.size })),
      })
      return { import: announced.import, sent: transport.upload?.(announced.key, files) ?? Promise.resolve() }
    },
  }
}

/** The client of the host this page runs in. */
export function pageClient(): PageClient {
  const bridge = (globalThis as { spanwise?: Bridge }).spanwise
  return createClient(bridge ? bridgeTransport(bridge) : httpTransport())
}

export const ClientContext = createContext<PageClient | undefined>(undefined)

export function useClient(): PageClient {
  const client = useContext(ClientContext)
  if (!client) throw new Error('A view stands outside ClientContext.')
  return client
}

function readOutput<K extends RequestName>(name: K, value: unknown): Output<K> {
  const output = requests[name].out.safeParse(value)
  if (!output.success) {
    throw new RequestError(
      'window/unreadable-answer',
      `The answer to ${name} is not what was agreed.`,
      output.error.message,
    )
  }
  return output.data as Output<K>
}

function pathsOf(paths: readonly string[]): string[] {
  const known = paths.filter(path => path !== '')
  if (known.length === 0) {
    throw new RequestError(
      'window/no-path',
      'What was dropped is not a file on this machine. Save it first, then open it.',
    )
  }
  return known
}
