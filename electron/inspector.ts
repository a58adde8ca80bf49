import type {
  Answer,
  CancelSignal,
  Emit,
  EventData,
  EventName,
  Handlers,
  Input,
  Output,
  RequestName,
} from '../shared/contract/index.ts'
import type { Fork, Opening, ProcessName } from './processes/process.ts'
import { supervise, type Supervised } from './processes/supervise.ts'
import type { Surroundings } from './replay/desk.ts'
import { appHandlers, type HostFacts } from './rpc/app.ts'
import { dispatch } from './rpc/dispatch.ts'
import { relayLists } from './rpc/list-relay.ts'
import { templatesNamed } from './rpc/template-relay.ts'
import { relayReplay } from './rpc/replay-relay.ts'
import { relayNotes } from './rpc/note-relay.ts'
import { relayUpload } from './rpc/upload.ts'

export interface InspectorOptions {
  readonly fork: Fork
  readonly storePath: string
  /** The bundled sample; absent when the installation lacks it. */
  readonly samplePath: string | undefined
  /** Where a person's own prices lie; absent: nowhere. */
  readonly priceFolder?: string
  readonly host: HostFacts
  /** What this host has for sending requests again; absent: it sends none. */
  readonly replay?: Surroundings
  readonly emit: Emit
  /** Which process makes the store where there is none, and brings it up to date; the engine where nothing is said. */
  readonly opener?: 'engine' | 'import'
}

/** The app without a window. Every host holds one and adds only its way to be asked. */
export interface Inspector {
  /** Answers the contract. Never rejects: what goes wrong is the answer. */
  ask(name: unknown, input: unknown, signal?: CancelSignal): Promise<Answer<unknown>>
  /** Feeds files announced with `imports.upload`; resolves when the last byte was taken. */
  upload(key: string, chunks: AsyncIterable<Uint8Array>): Promise<void>
  /** Imports files handed to the app from outside and tells the page so. */
  openFiles(paths: readonly string[]): Promise<void>
  /** Imports the bundled sample into a store that never had an import. */
  ensureSample(): Promise<void>
  /** Opens the store now rather than at the first question; rejects with what is wrong with it. */
  open(): Promise<void>
  /** Starts what else a window needs: an interrupted import is tidied up, and the list answers at once. */
  prepare(): Promise<void>
  close(): Promise<void>
}

/** Which process answers what. What is not here the host's own process answers (rpc/app.ts). */
const answeredBy = {
  'traces.list': 'reader',
  'traces.rows': 'reader',
  'search.spans': 'reader',
  'search.count': 'reader',
  'store.audit': 'reader',
  'index.status': 'indexer',
  'index.wait': 'indexer',
  'index.stop': 'indexer',
  'index.go': 'indexer',
  'prompts.complete': 'engine',
  'prompts.status': 'prompts',
  'prompts.wait': 'prompts',
  'prompts.edit': 'prompts',
  'prompts.putFiles': 'prompts',
  'prompts.saveDraft': 'prompts',
  'prompts.draft': 'engine',
  'prompts.undo': 'prompts',
  'traces.inputs': 'engine',
  'traces.peek': 'engine',
  'traces.find': 'engine',
  'traces.tree': 'engine',
  'spans.find': 'engine',
  'spans.read': 'engine',
  'spans.raw': 'engine',
  'spans.kept': 'engine',
  'spans.attribute': 'engine',
  'spans.repeats': 'engine',
  'spans.news': 'engine',
  'spans.sources': 'engine',
  'spans.moments': 'engine',
  'replay.find': 'reader',
  'replay.answers': 'reader',
  'notes.read': 'engine',
  'notes.ofTrace': 'engine',
  'notes.write': 'engine',
  'notes.set': 'engine',
  'notes.undo': 'engine',
  'notes.tags': 'engine',
  'spans.cost': 'engine',
  'prices.status': 'engine',
  'prices.estimate': 'engine',
  'prices.preview': 'engine',
  'prices.models': 'engine',
  'prices.rules': 'engine',
  'prices.putRules': 'engine',
  'prices.importList': 'engine',
  'prices.apply': 'import',
  'prices.undo': 'import',
  'views.list': 'engine',
  'views.save': 'engine',
  'views.remove': 'engine',
  'success.list': 'engine',
  'success.save': 'engine',
  'success.remove': 'engine',
  'scores.list': 'engine',
  'store.summary': 'engine',
  'exports.open': 'engine',
  'exports.more': 'engine',
  'exports.next': 'engine',
  'exports.close': 'engine',
  'imports.list': 'engine',
  'imports.mappings': 'engine',
  'imports.start': 'import',
  'imports.upload': 'import',
  'imports.sample': 'import',
  'imports.cancel': 'import',
  'imports.continue': 'import',
  'imports.remove': 'import',
  'rereading.status': 'engine',
  'rereading.run': 'import',
  'rereading.undo': 'import',
  'scores.start': 'import',
  'scores.upload': 'import',
  'scores.give': 'import',
  'scores.cancel': 'import',
  'scores.remove': 'import',
  'imports.check': 'import',
  'imports.checkUpload': 'import',
  'imports.stopCheck': 'import',
  'imports.forgetMapping': 'import',
} as const satisfies { [K in RequestName]?: ProcessName }

async function readRegistries() {
  const [{ formats }, { conventions }] = await Promise.all([
    import('./import/formats/index.ts'),
    import('../shared/conventions/index.ts'),
  ])
  return { formats: formats.map(named), conventions: conventions.map(named) }
}

const named = ({ id, label }: { readonly id: string; readonly label: string }) => ({ id, label })

const never: CancelSignal = { aborted: false, addEventListener: () => {}, removeEventListener: () => {} }

export function createInspector(options: InspectorOptions): Inspector {
  const { opener = 'engine' } = options
  const common = (process: ProcessName) => ({
    fork: options.fork,
    opening: (): Opening => ({
      storePath: options.storePath,
      ...(options.priceFolder === undefined ? {} : { priceFolder: options.priceFolder }),
      ...(options.samplePath === undefined ? {} : { samplePath: options.samplePath }),
      ...(process === opener ? { create: true } : {}),
      ...(process === 'net' && options.replay ? { ledger: options.replay.ledger } : {}),
    }),
    // The others open what one of them made.
    ...(process === opener ? {} : { after: () => processes[opener].start() }),
    heard: (name: string, data: unknown) => options.emit(name as EventName, data as EventData<EventName>),
    onState: (state: 'restarting' | 'running', message: string) =>
      options.emit('process.state', { process, state, message }),
  })
  const engine = supervise('engine', { ...common('engine'), asksAgain: true, restarts: true })
  const importer = supervise('import', { ...common('import'), asksAgain: false, restarts: true })
  const reader = supervise('reader', {
    ...common('reader'),
    asksAgain: true,
    restarts: false,
    killAfterCancel: 200,
  })
  const indexer = supervise('indexer', { ...common('indexer'), asksAgain: true, restarts: true })
  const prompts = supervise('prompts', { ...common('prompts'), asksAgain: true, restarts: true })
  const net = supervise('net', { ...common('net'), asksAgain: false, restarts: false })
  const processes: { readonly [name in ProcessName]: Supervised } = {
    engine,
    import: importer,
    reader,
    indexer,
    prompts,
    net,
  }

  const relayed = Object.fromEntries(
    Object.entries(answeredBy).map(([name, process]) => [
      name,
      (input: unknown, signal: CancelSignal) => processes[process].ask(name, input, signal),
    ]),
  ) as Pick<Handlers, keyof typeof answeredBy>
  const lists = relayLists(engine, reader)
  const withTemplate = templatesNamed(lists, engine)
  const { storePath, emit } = options
  const replay = relayReplay(async () => {
    const { ReplayDesk } = await import('./replay/desk.ts')
    return new ReplayDesk(options.replay, { storePath, emit, engine, reader, importer, net, withTemplate })
  })
  const requests = {
    'replay.request': async (input: Input<'replay.request'>, signal: CancelSignal) =>
      (await engine.ask('replay.request', await withTemplate(input, signal), signal)) as Output<'replay.request'>,
    'replay.tokens': async (input: Input<'replay.tokens'>, signal: CancelSignal) =>
      (await reader.ask('replay.tokens', await withTemplate(input, signal), signal)) as Output<'replay.tokens'>,
  }
  const handlers: Handlers = {
    ...relayed,
    ...replay.handlers,
    ...lists,
    ...relayNotes(lists, engine),
    ...requests,
    ...appHandlers(options.host, readRegistries),
  }

  return {
    ask: (name, input, signal = never) => dispatch(handlers, name, input, signal),
    upload: (key, chunks) => relayUpload(importer, key, chunks),
    async openFiles(paths) {
      const answer = await dispatch(handlers, 'imports.start', { paths }, never)
      if (answer.ok) options.emit('files.opened', answer.value as EventData<'files.opened'>)
    },
    async ensureSample() {
      const summary = await dispatch(handlers, 'store.summary', {}, never)
      const isNew = summary.ok && (summary.value as Output<'store.summary'>).imports === 0
      if (isNew) await dispatch(handlers, 'imports.sample', {}, never)
    },
    open: () => processes[opener].start(),
    async prepare() {
      // Nobody waits for it.
      void indexer.start().catch(() => {})
      void prompts.start().catch(() => {})
      await Promise.all([importer.start(), reader.start()])
    },
    // The import first: it commits what it holds while the others can still read. Then one after another: the last to
    // let go of the store makes it one file, and two at once would each think the other is the last.
    async close() {
      // What came of a request is still stored.
      await replay.close()
      await net.close()
      await prompts.close()
      await indexer.close()
      await importer.close()
      await reader.close()
      await engine.close()
    },
  }
}
