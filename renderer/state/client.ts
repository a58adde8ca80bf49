import { createContext, useContext } from 'react'
import type { Bridge } from '../../shared/contract/bridge.ts'
import { events, requests } from '../../shared/contract/index.ts'
import type { FieldMapping } from '../../shared/domain/mapping.ts'
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
   * Imports what was chosen or dropped: by paths where the host can know them, else by sending the files. `sent` settles
   * when the last byte has left the page.
   */
  readonly importFrom: (
    source: ImportSource,
    mapping?: FieldMapping,
  ) => Promise<{ readonly import: number; readonly sent: Promise<void> }>
  /** The same without writing; with `firstBytes` only the beginning of each file is read. `imports.checked` answers. */
  readonly checkFrom: (source: ImportSource, wanted: CheckWanted) => Promise<{ readonly check: number }>
  /** Brings in one file of scores, in the same ways; `scores.ended` answers. */
  readonly importScores: (source: ImportSource) => Promise<{ readonly run: number; readonly sent: Promise<void> }>
  readonly onConnection: (listener: (connected: boolean) => void) => () => void
}

/** What to import: files of the page, or paths that the host's dialog gave. */
export type ImportSource = { readonly files: readonly File[] } | { readonly paths: readonly string[] }

export interface CheckWanted {
  readonly firstBytes?: number
  readonly mapping?: FieldMapping
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
    importFrom: async (source, mapping) => {
      const said = mapping ? { mapping } : {}
      const paths = pathsIn(source, transport)
      if (paths) {
        const started = await ask('imports.start', { paths, ...said })
        return { import: started.import, sent: Promise.resolve() }
      }
      const files = 'files' in source ? source.files : []
      const announced = await ask('imports.upload', { files: files.map(nameOf), ...said })
      return { import: announced.import, sent: transport.upload?.(announced.key, files) ?? Promise.resolve() }
    },
    importScores: async source => {
      const [path] = pathsIn(source, transport) ?? []
      if (path !== undefined) return { ...(await ask('scores.start', { path })), sent: Promise.resolve() }
      const [file] = 'files' in source ? source.files : []
      if (!file) throw new RequestError('window/no-file', 'There is no file.')
      const { run, key } = await ask('scores.upload', { file: nameOf(file) })
      return { run, sent: transport.upload?.(key, [file]) ?? Promise.resolve() }
    },
    checkFrom: async (source, wanted) => {
      const paths = pathsIn(source, transport)
      if (paths) return ask('imports.check', { paths, ...wanted })
      const files = 'files' in source ? source.files : []
      const { firstBytes } = wanted
      // One byte more than is wanted: so the host sees that there is more.
      const parts = firstBytes === undefined ? files : files.map(file => file.slice(0, firstBytes + 1))
      const sent = files.map((file, i) => ({ name: nameOf(file).name, bytes: parts[i]!.size }))
      const { check, key } = await ask('imports.checkUpload', { files: sent, ...wanted })
      // That sending breaks off is told by the check itself, or is its end.
      transport.upload?.(key, parts).catch(() => {})
      return { check }
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

/** Folders walked by the page keep their path as the name. */
function nameOf(file: File): { readonly name: string; readonly bytes: number } {
  return { name: file.webkitRelativePath || file.name, bytes: file.size }
}

/** Undefined where the bytes must be sent. */
function pathsIn(source: ImportSource, transport: Transport): string[] | undefined {
  if ('paths' in source) return [...source.paths]
  return transport.pathsOf && pathsOf(transport.pathsOf(source.files))
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
