import type { CancelSignal, Emit, WireError } from '../../shared/contract/index.ts'
import type { IndexStatus } from '../../shared/contract/text-index.ts'
import { toWireError } from '../rpc/errors.ts'
import { guarded } from '../store/errors.ts'
import type { Store } from '../store/open.ts'
import { type BuildOptions, IndexBuilder, type Outcome } from '../store/text-index/builder.ts'
import type { Piece, Watermark } from '../store/text-index/piece.ts'
import { indexPathOf, removeIndexFile } from '../store/text-index/schema.ts'
import { atMost } from './at-most.ts'
import { WorkLoop } from './work-loop.ts'

/** Milliseconds: between two looks whether the store has grown, between two progress events, and after a failure. */
const lookEvery = 300
const progressEvery = 200
const patience = 5_000
/** Nothing has come for so long: time to make questions faster. */
const quiet = 2_000

/** Reads a store elsewhere. */
export interface PieceSource {
  after(mark: Watermark): Promise<Piece | undefined>
  close(): Promise<void>
}

/** Keeps the index of a store up to date for as long as it lives. */
export class IndexDesk {
  private readonly store: Store
  private readonly options: BuildOptions
  private readonly emit: Emit
  private readonly pieces: PieceSource | undefined
  private readonly progress: ReturnType<typeof atMost<IndexStatus>>
  private builder: IndexBuilder | undefined
  private current: IndexStatus = { state: 'building', done: 0, all: 0 }
  private isStopped = false
  /** It was damaged since it was last complete: once is no matter, but a disk may do that again and again. */
  private wasDamaged = false
  /** When the state was last another. */
  private changed = 0
  private readonly loop: WorkLoop

  /** `pieces` reads ahead; without it what is read is read between two writes. */
  constructor(store: Store, options: BuildOptions, emit: Emit, pieces?: PieceSource) {
    this.store = store
    this.pieces = pieces
    this.options = options
    this.emit = emit
    this.progress = atMost<IndexStatus>(progressEvery, value => emit('index.progress', value))
    this.loop = new WorkLoop(() => this.once())
  }

  status(): IndexStatus {
    return this.current
  }

  /** Runs of base64 and the like that were left out of texts. */
  get blobs(): number {
    return this.builder?.blobs ?? 0
  }

  stop(): void {
    this.isStopped = true
  }

  go(): void {
    this.isStopped = false
    if (this.current.state !== 'complete') this.become({ ...this.current, state: 'building' })
  }

  /** Until there is nothing left to wait for. */
  async settled(signal: CancelSignal): Promise<IndexStatus> {
    await this.loop.settled(signal, () => this.current.state === 'building')
    return this.current
  }

  async close(): Promise<void> {
    await this.loop.close()
    this.builder?.abandon()
    await this.pieces?.close()
  }

  /** One step; answers how long there is nothing to do. */
  private async once(): Promise<number> {
    if (this.isStopped) {
      if (this.current.state === 'building') this.become({ ...this.current, state: 'stopped' })
      return lookEvery
    }
    try {
      // Full disks and closed folders are said in words.
      const { path } = this.store
      const builder = (this.builder ??= guarded(path, () => new IndexBuilder(this.store, this.options)))
      const outcome = this.pieces ? await this.take(builder, this.pieces) : guarded(path, () => builder.step())
      const { done, all } = builder.progress()
      const isComplete = outcome === 'done' && done === all
      if (isComplete) this.wasDamaged = false
      this.become({ state: isComplete ? 'complete' : 'building', done, all })
      if (outcome === 'more') return 0
      if (!isComplete || Date.now() - this.changed < quiet) return lookEvery
      return builder.tidy() ? 0 : lookEvery
    } catch (error) {
      this.builder?.abandon()
      this.builder = undefined
      const { code, message } = this.told(error)
      // It was removed under us, with an import or by somebody: begin anew at once.
      if (code === 'index/lost' || (code === 'index/damaged' && !this.wasDamaged)) {
        this.wasDamaged ||= code === 'index/damaged'
        this.become({ ...this.current, state: 'building', done: 0 })
        return 0
      }
      this.become({ ...this.current, state: 'failed', message })
      return patience
    }
  }

  /** The same as `step` with what somebody else reads. */
  private async take(builder: IndexBuilder, pieces: PieceSource): Promise<Outcome> {
    const { path } = this.store
    if (!guarded(path, () => builder.prepare())) return 'wait'
    const piece = await pieces.after(builder.watermark)
    return guarded(path, () => builder.take(piece))
  }

  /** What went wrong. A damaged file goes at once: nothing can be written to it. */
  private told(error: unknown): WireError {
    const told = toWireError(error)
    if (told.code !== 'index/damaged') return told
    try {
      guarded(this.store.path, () => removeIndexFile(indexPathOf(this.store.path)))
      return told
    } catch (refusal) {
      return toWireError(refusal)
    }
  }

  private become(next: IndexStatus): void {
    const before = this.current
    this.current = next
    if (JSON.stringify(before) === JSON.stringify(next)) return
    this.changed = Date.now()
    this.progress.tell(next)
    if (before.state === next.state) return
    this.progress.flush()
    // Counts that were a lower bound are exact now.
    if (next.state === 'complete') this.emit('store.changed', {})
  }
}
