// The parser's thread: reads one file after another into batches, of one import after another. Back-pressure through shared
// memory, so that the thread can wait in the middle of a file.

import '../processes/no-proto.ts'
import { parentPort } from 'node:worker_threads'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { Batch } from '../store/batch.ts'
import { transfersOf } from './batch-builder.ts'
import { Parser } from './parse.ts'
import { controlWords, type FromParser, type ParserStart, type ToParser } from './parser-messages.ts'
import { FirstBytes, openFile, SentBytes, type ByteSource, type HashedSource } from './sources/bytes.ts'
import { FileHash } from './sources/file-hash.ts'

const port = parentPort!

const post = (message: FromParser, transfers: ArrayBuffer[] = []): void => port.postMessage(message, transfers)

/** What one import asks for. */
class Reading {
  private readonly start: ParserStart
  private readonly control: Int32Array
  private readonly parser: Parser
  private sentBytes = 0
  private sent: PromiseWithResolvers<Uint8Array | undefined> | undefined

  constructor(start: ParserStart) {
    this.start = start
    this.control = new Int32Array(start.control)
    this.parser = new Parser(
      start.wasmPath,
      start.seed,
      batch => this.emit(batch),
      () => this.mayGoOn(),
      start.mappings,
    )
  }

  take(message: Exclude<ToParser, { readonly type: 'start' | 'end' }>): void {
    if (message.type === 'chunk') {
      this.sentBytes += message.bytes?.length ?? 0
      this.sent?.resolve(message.bytes)
      this.sent = undefined
    } else if (message.type === 'broken') {
      this.sent?.reject(new InspectorError(message.code, message.message))
      this.sent = undefined
    } else if (message.type === 'unread') {
      this.parser.heardUnread(message.names)
    } else if (message.type === 'file') {
      const { path } = message
      void this.parse(() => this.open(path), path)
    } else {
      const { name, size } = message
      void this.parse(() => new SentBytes(() => this.nextSent(), size), name)
    }
  }

  private mayGoOn(): boolean {
    return Atomics.load(this.control, controlWords.stop) === 0
  }

  private emit(batch: Batch): boolean {
    while (this.mayGoOn() && Atomics.load(this.control, controlWords.credits) <= 0) {
      Atomics.wait(this.control, controlWords.credits, 0, 1000)
    }
    if (!this.mayGoOn()) return false
    Atomics.sub(this.control, controlWords.credits, 1)
    post({ type: 'batch', batch }, transfersOf(batch))
    return true
  }

  private nextSent(): Promise<Uint8Array | undefined> {
    this.sent = Promise.withResolvers()
    post({ type: 'more' })
    return this.sent.promise
  }

  private async parse(open: () => ByteSource, path: string): Promise<void> {
    this.sentBytes = 0
    try {
      const source = open()
      let hash: Buffer | undefined
      const whole = () => void (hash = this.hashOf(source))
      const file = await this.parser.parse(this.limited(source), path, whole)
      post({ type: 'done', file, hash: file.stopped ? undefined : hash, sentBytes: this.sentBytes })
    } catch (error) {
      if (error instanceof InspectorError) post({ type: 'failed', code: error.code, message: error.message })
      else post({ type: 'failed', code: 'import/failed', message: describe(error) })
    }
  }

  /** What cannot be hashed is read again when it comes again. */
  private hashOf(source: Partial<HashedSource>): Buffer | undefined {
    try {
      return this.start.fileKey === undefined ? undefined : source.takeHash?.()
    } catch {
      return undefined
    }
  }

  private open(path: string): ByteSource {
    const { fileKey } = this.start
    return fileKey === undefined ? openFile(path) : openFile(path, new FileHash(fileKey))
  }

  private limited(source: ByteSource): ByteSource {
    const { firstBytes } = this.start
    return firstBytes === undefined ? source : new FirstBytes(source, firstBytes)
  }
}

function describe(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code
  return code === undefined ? `Reading stopped: ${String(error)}` : `Reading stopped (${code}).`
}

let reading: Reading | undefined
port.on('message', (message: ToParser) => {
  if (message.type === 'start') reading = new Reading(message)
  else if (message.type === 'end') reading = undefined
  else reading?.take(message)
})
