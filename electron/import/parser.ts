// The parser's thread: reads one file after another into batches. Back-pressure through shared memory, so that the
// thread can wait in the middle of a file.

import '../processes/no-proto.ts'
import { once } from 'node:events'
import { parentPort } from 'node:worker_threads'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { Batch } from '../store/batch.ts'
import { transfersOf } from './batch-builder.ts'
import { Parser } from './parse.ts'
import { controlWords, type FromParser, type ParserStart, type ToParser } from './parser-messages.ts'
import { FirstBytes, openFile, SentBytes, type ByteSource, type HashedSource } from './sources/bytes.ts'
import { FileHash } from './sources/file-hash.ts'

const port = parentPort!
const [start] = (await once(port, 'message')) as [ParserStart]
const control = new Int32Array(start.control)

let sentBytes = 0
let sent: PromiseWithResolvers<Uint8Array | undefined> | undefined

const post = (message: FromParser, transfers: ArrayBuffer[] = []): void => port.postMessage(message, transfers)
const mayGoOn = (): boolean => Atomics.load(control, controlWords.stop) === 0

function emit(batch: Batch): boolean {
  while (mayGoOn() && Atomics.load(control, controlWords.credits) <= 0) {
    Atomics.wait(control, controlWords.credits, 0, 1000)
  }
  if (!mayGoOn()) return false
  Atomics.sub(control, controlWords.credits, 1)
  post({ type: 'batch', batch }, transfersOf(batch))
  return true
}

const parser = new Parser(start.wasmPath, start.seed, emit, mayGoOn, start.mappings)

function nextSent(): Promise<Uint8Array | undefined> {
  sent = Promise.withResolvers()
  post({ type: 'more' })
  return sent.promise
}

async function parse(open: () => ByteSource, path: string): Promise<void> {
  sentBytes = 0
  try {
    const source = open()
    let hash: Buffer | undefined
    const whole = () => void (hash = hashOf(source))
    const file = await parser.parse(limited(source), path, whole)
    post({ type: 'done', file, hash: file.stopped ? undefined : hash, sentBytes })
  } catch (error) {
    if (error instanceof InspectorError) post({ type: 'failed', code: error.code, message: error.message })
    else post({ type: 'failed', code: 'import/failed', message: describe(error) })
  }
}

/** What cannot be hashed is read again when it comes again. */
function hashOf(source: Partial<HashedSource>): Buffer | undefined {
  try {
    return start.fileKey === undefined ? undefined : source.takeHash?.()
  } catch {
    return undefined
  }
}

function open(path: string): ByteSource {
  return start.fileKey === undefined ? openFile(path) : openFile(path, new FileHash(start.fileKey))
}

function limited(source: ByteSource): ByteSource {
  return start.firstBytes === undefined ? source : new FirstBytes(source, start.firstBytes)
}

function describe(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code
  return code === undefined ? `Reading stopped: ${String(error)}` : `Reading stopped (${code}).`
}

port.on('message', (message: ToParser) => {
  if (message.type === 'chunk') {
    sentBytes += message.bytes?.length ?? 0
    sent?.resolve(message.bytes)
    sent = undefined
  } else if (message.type === 'broken') {
    sent?.reject(new InspectorError(message.code, message.message))
    sent = undefined
  } else if (message.type === 'unread') {
    parser.heardUnread(message.names)
  } else if (message.type === 'file') {
    const { path } = message
    void parse(() => open(path), path)
  } else {
    const { name, size } = message
    void parse(() => new SentBytes(nextSent, size), name)
  }
})
