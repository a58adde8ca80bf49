import { existsSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { InspectorError } from '../../shared/domain/errors.ts'
import { isSame, type Piece, type Watermark } from '../store/text-index/piece.ts'

export type ToReader =
  | {
      readonly type: 'read'
      readonly run: number
      readonly storePath: string
      readonly after: Watermark
      readonly ahead: number
    }
  /** One piece was taken: another may be read. */
  | { readonly type: 'taken' }

export type FromReader =
  | { readonly run: number; readonly piece: Piece | undefined; readonly error?: never }
  | { readonly run: number; readonly error: { readonly code: string; readonly message: string } }

/** Pieces that wait to be written, at most: some five megabytes each. */
const ahead = 2

/** Reads pieces of a store in a thread of its own, ahead of who writes them. */
export class PiecesAhead {
  private readonly storePath: string
  private worker: Worker | undefined
  /** Grows with each new beginning: what comes of an older one is not waited for any more. */
  private run = 0
  /** What the next piece comes after; undefined where none is on its way. */
  private next: Watermark | undefined
  private arrived: FromReader[] = []
  private wake: (() => void) | undefined
  private failure: Error | undefined

  constructor(storePath: string) {
    this.storePath = storePath
  }

  /** The piece after a watermark; undefined where there are no more records. */
  async after(mark: Watermark): Promise<Piece | undefined> {
    if (!this.next || !isSame(this.next, mark)) this.begin(mark)
    while (this.arrived.length === 0 && !this.failure) await new Promise<void>(resolve => (this.wake = resolve))
    const answer = this.arrived.shift()
    this.next = undefined
    if (!answer) throw this.failed()
    if (answer.error) throw new InspectorError(answer.error.code, answer.error.message)
    const { piece } = answer
    if (piece && !piece.isLast) {
      this.next = piece.until
      this.worker?.postMessage({ type: 'taken' } satisfies ToReader)
    }
    return piece
  }

  async close(): Promise<void> {
    await this.worker?.terminate()
  }

  private fail(why: Error): void {
    this.failure ??= why
    this.wake?.()
  }

  private begin(after: Watermark): void {
    this.run++
    this.arrived = []
    this.worker ??= this.start()
    // A thread has no target origin: the rule means windows.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    this.worker.postMessage({ type: 'read', run: this.run, storePath: this.storePath, after, ahead } satisfies ToReader)
  }

  private start(): Worker {
    // A small nursery, as the whole process has: what is read lives for a moment.
    const worker = new Worker(findPieceThread(), { resourceLimits: { maxYoungGenerationSizeMb: 16 } })
    worker.on('message', (message: FromReader) => {
      if (message.run !== this.run) return
      this.arrived.push(message)
      this.wake?.()
    })
    worker.on('error', error => this.fail(error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', () => this.fail(new Error('The reading thread ended.')))
    return worker
  }

  /** The next attempt has a thread of its own. */
  private failed(): Error {
    const { failure } = this
    this.failure = undefined
    this.worker = undefined
    return failure!
  }
}

/** A thread's own file: a worker must be an entry of the bundle. */
function findPieceThread(): string {
  const here = import.meta.dirname
  const places = ['piece-thread.js', '../piece-thread.js', 'piece-thread.ts'].map(name => path.join(here, name))
  const found = places.find(place => existsSync(place))
  if (found === undefined) throw new Error('The reading thread of this build is missing.')
  return found
}
