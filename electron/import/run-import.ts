import type { Worker } from 'node:worker_threads'
import type { ImportProgress } from '../../shared/contract/imports.ts'
import { conventions } from '../../shared/conventions/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { FieldMapping } from '../../shared/domain/mapping.ts'
import type { ImportReceipt } from '../../shared/domain/receipt.ts'
import type { Store } from '../store/open.ts'
import { StoreWriter } from '../store/writer.ts'
import { expandInputs, type ImportFile, type SizedFile } from './inputs.ts'
import type { Dependences } from './parse.ts'
import { batchesInFlight, controlWords, type FromParser, type ParserStart, type ToParser } from './parser-messages.ts'
import { giveBackParser, takeParser } from './parser-worker.ts'
import { ProgressMeter } from './progress.ts'
import { reread } from './reading.ts'
import { RepeatedFiles } from './repeated-files.ts'
import { rules } from './rules.ts'
import { FileTally, receiptOf } from './receipt.ts'
import { listMappings, saveMapping } from '../store/mappings.ts'
import type { MappingsToUse } from './unknown-rows.ts'
import { findWasm } from '../wasm/locate.ts'

export type { ImportFile } from './inputs.ts'

export interface ImportOptions {
  /** Called once the import has a number, before anything is read. */
  readonly began?: (importId: number) => void
  /** About ten times a second. */
  readonly progress?: (progress: ImportProgress) => void
  /** Aborted: what was committed stays and the import is partial. */
  readonly signal?: AbortSignal
  /** Only the beginning of each file is read. */
  readonly firstBytes?: number
  /** Megabytes of heap the parser may take; else what its process may. */
  readonly parserHeap?: number
  /** What the fields of rows of no known format mean, as a person says it. */
  readonly mapping?: FieldMapping
}

/**
 * Imports files into a store: a parser thread reads, this thread writes. Files that cannot be read are told in the
 * receipt; only a store that cannot be written to throws, as a coded error, after the import was closed as partial.
 */
export async function runImport(
  store: Store,
  inputs: readonly ImportFile[],
  options: ImportOptions = {},
): Promise<ImportReceipt> {
  const { began, progress, signal } = options
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1000
  const files = expandInputs(inputs)
  if (files.length === 0) throw new InspectorError('import/no-files', 'There are no files here.')
  const writer = new StoreWriter(store, { reread })
  const importId = writer.beginImport(files.map(({ path, size }) => ({ path, bytes: size ?? 0 })))
  store.query<[string, number], unknown>('import-rules').run(rules, importId)
  began?.(importId)
  const meter = new ProgressMeter(importId, files, progress)
  const tallies = files.map(({ path, size }) => new FileTally(path, size ?? 0, conventionIds))
  let thread: ParserThread | undefined
  try {
    const known = await listMappings(store.behind?.store ?? store)
    const remembered = new Map(known.map(({ fingerprint, mapping }) => [fingerprint, mapping]))
    const mappings = { given: options.mapping, remembered }
    const repeated = options.firstBytes === undefined ? new RepeatedFiles(store, writer, mappings) : undefined
    for (const [i, file] of files.entries()) {
      if (signal?.aborted || thread?.crashed) break
      meter.beginFile(i)
      writer.beginFile(i)
      let read = await repeated?.claim(file, tallies[i]!, meter, { alone: files.length === 1, signal })
      if (!read && !signal?.aborted) {
        thread ??= new ParserThread(writer, options, mappings, repeated?.key)
        thread.heard(repeated?.takeUnheard() ?? [])
        const whole = await thread.read(file, tallies[i]!, meter)
        repeated?.note(tallies[i]!)
        read = whole && !tallies[i]!.hasFailed ? repeated?.identity(whole.hash, whole.depends) : undefined
      }
      writer.endFile(read && repeated?.key ? { identity: read, key: repeated.key } : undefined)
    }
    meter.finish()
    const stopped = signal?.aborted === true || thread?.crashed === true
    // What is left may take a while: the memory of reading is not needed for it.
    await thread?.close()
    const receipt = receiptOf(tallies, writer.finish(stopped ? 'partial' : 'complete'), stopped, seconds())
    writer.saveReceipt(importId, receipt)
    if (!stopped) rememberMappings(store, receipt)
    return receipt
  } catch (error) {
    const finished = writer.abort()
    try {
      writer.saveReceipt(importId, receiptOf(tallies, finished, true, seconds()))
    } catch {
      // The disk is full: the error that says so is on its way.
    }
    throw error
  } finally {
    await thread?.close()
  }
}

/** What a person said of rows is used the next time too. */
function rememberMappings(store: Store, { files }: ImportReceipt): void {
  if (store.behind) return
  for (const { fingerprint, mapping, from } of files.flatMap(file => file.unknownRows ?? [])) {
    if (from === 'given') saveMapping(store, fingerprint, mapping)
  }
}

const conventionIds = conventions.map(({ id }) => id)

/** What is known of a file on disk that was read to its end. */
interface WholeFile {
  readonly hash: Uint8Array
  readonly depends: Dependences
}

function whyCrashed(error: Error): string {
  if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') return `Reading stopped: ${error.message}`
  return (
    'Reading stopped: a record in it takes more memory than Spanwise allows itself. What had been stored is kept. ' +
    'Take that record out or split it, and import the file again: nothing is stored twice.'
  )
}

/** Bytes of text after which a parser's heap is not worth keeping for the next import. */
const mostForAnother = 16e6

class ParserThread {
  crashed = false
  private closed = false
  private readonly hasOwnHeap: boolean
  private readonly worker: Worker
  private readonly control: Int32Array
  private readonly writer: StoreWriter
  private readonly signal: AbortSignal | undefined
  private readonly onAbort = () => this.stop()
  private handle: (message: FromParser | Error) => void = () => {}
  private whole: WholeFile | undefined
  /** Files that it was told to read and did not read to their end. */
  private unfinished = 0
  private bytes = 0
  private readonly heardFrom = [
    ['message', (message: FromParser) => this.handle(message)],
    ['error', (error: unknown) => this.fail(error instanceof Error ? error : new Error(String(error)))],
    ['exit', () => this.fail(new Error('The parser stopped.'))],
  ] as const

  constructor(
    writer: StoreWriter,
    { signal, firstBytes, parserHeap }: ImportOptions,
    mappings: MappingsToUse,
    fileKey: string | undefined,
  ) {
    this.writer = writer
    this.signal = signal
    const memory = new SharedArrayBuffer(8)
    this.control = new Int32Array(memory)
    this.control[controlWords.credits] = batchesInFlight
    const seed = writer.seed()
    const start: ParserStart = {
      type: 'start',
      wasmPath: findWasm('scan'),
      seed,
      control: memory,
      mappings,
      ...(firstBytes === undefined ? {} : { firstBytes }),
      ...(fileKey === undefined ? {} : { fileKey }),
    }
    const transferList = [seed.bodyIds.buffer as ArrayBuffer]
    this.hasOwnHeap = parserHeap !== undefined
    this.worker = takeParser(parserHeap)
    this.worker.postMessage(start, transferList)
    for (const [event, hear] of this.heardFrom) this.worker.on(event, hear)
    signal?.addEventListener('abort', this.onAbort)
  }

  private fail(error: Error): void {
    // Its end follows upon its error, which says more.
    if (this.crashed) return
    this.crashed = true
    this.handle(error)
  }

  private stop(): void {
    Atomics.store(this.control, controlWords.stop, 1)
    Atomics.notify(this.control, controlWords.credits)
    this.post({ type: 'chunk', bytes: undefined })
  }

  private post(message: ToParser): void {
    this.worker.postMessage(message, [])
  }

  heard(unreadNames: readonly string[]): void {
    if (unreadNames.length > 0) this.post({ type: 'unread', names: unreadNames })
  }

  /**
   * Resolves when the file is read to its end, with what it is to be recognised by, or as far as it can be. Rejects when the
   * store cannot take it.
   */
  async read(file: SizedFile, tally: FileTally, meter: ProgressMeter): Promise<WholeFile | undefined> {
    this.whole = undefined
    this.unfinished += 1
    try {
      await new Promise<void>((resolve, reject) => {
        this.handle = message => {
          try {
            if (this.take(message, file, tally, meter)) resolve()
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)))
          }
        }
        if (file.next) this.post({ type: 'sent', name: file.path, size: file.size })
        else this.post({ type: 'file', path: file.path })
      })
    } finally {
      this.handle = () => {}
    }
    return this.whole
  }

  /** True when the file is over. */
  private take(message: FromParser | Error, file: SizedFile, tally: FileTally, meter: ProgressMeter): boolean {
    if (message instanceof Error) {
      tally.failed('import/crashed', whyCrashed(message))
      return true
    }
    switch (message.type) {
      case 'batch': {
        const { batch } = message
        const spans = this.writer.write(batch)
        setImmediate(() => this.giveCredit())
        tally.add(batch, spans)
        meter.add(batch)
        return false
      }
      case 'more':
        this.send(file)
        return false
      case 'done':
        this.unfinished -= 1
        this.bytes += message.file.unpackedBytes
        tally.done(message.file, message.sentBytes)
        if (message.hash) this.whole = { hash: message.hash, depends: message.file.depends }
        return true
      default:
        tally.failed(message.code, message.message)
        return true
    }
  }

  /**
   * Asks for one more batch, but not while the parser's messages are being taken: the port is drained as long as it is
   * never empty, and nobody would hear the person who cancels.
   */
  private giveCredit(): void {
    Atomics.add(this.control, controlWords.credits, 1)
    Atomics.notify(this.control, controlWords.credits)
  }

  private send(file: SizedFile): void {
    if (!file.next || this.signal?.aborted) {
      this.post({ type: 'chunk', bytes: undefined })
      return
    }
    file.next().then(
      bytes => this.post({ type: 'chunk', bytes }),
      (error: unknown) => {
        const cause = error instanceof InspectorError ? error : new InspectorError('import/cut-short', String(error))
        this.post({ type: 'broken', code: cause.code, message: cause.message })
      },
    )
  }

  /** It waits for nothing and nobody waits for it. One with a limit of its own serves nobody else. */
  private get isIdle(): boolean {
    return this.unfinished === 0 && !this.crashed && !this.signal?.aborted && !this.hasOwnHeap
  }

  /** A parser that read little is left to the next import, which then need not wait for it to load. */
  async close(): Promise<void> {
    this.signal?.removeEventListener('abort', this.onAbort)
    this.handle = () => {}
    if (this.closed) return
    this.closed = true
    if (this.isIdle && this.bytes <= mostForAnother) {
      for (const [event, hear] of this.heardFrom) this.worker.off(event, hear)
      this.post({ type: 'end' })
      giveBackParser(this.worker)
      return
    }
    Atomics.store(this.control, controlWords.stop, 1)
    Atomics.notify(this.control, controlWords.credits)
    await this.worker.terminate()
  }
}
