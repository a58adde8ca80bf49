import type { CancelSignal, Emit, Input, Output } from '../../shared/contract/index.ts'
import type { PromptEdit } from '../../shared/contract/prompt-edits.ts'
import type { Recovery as RecoveryStatus } from '../../shared/contract/prompts.ts'
import { toWireError } from '../rpc/errors.ts'
import { guarded } from '../store/errors.ts'
import type { Store } from '../store/open.ts'
import { saveDraft } from '../store/prompts/drafts.ts'
import { compareFiles } from '../store/prompts/library.ts'
import type { Recovery } from '../store/prompts/recovery.ts'
import { isBeingBuilt } from '../store/text-index/being-built.ts'
import { whenFree } from '../store/when-free.ts'
import { atMost } from './at-most.ts'
import { WorkLoop } from './work-loop.ts'

/** Milliseconds: between two looks whether the store has grown, between two progress events, and after a failure. */
const lookEvery = 500
const progressEvery = 300
const countEvery = 1_000
const patience = 5_000
/** Between two looks whether the index of texts is being built. */
const yieldFor = 100

/** Recovers prompts and their versions for as long as it lives. */
export class PromptDesk {
  private readonly store: Store
  private readonly recovery: Recovery
  private readonly emit: Emit
  private readonly progress: ReturnType<typeof atMost<RecoveryStatus>>
  private current: RecoveryStatus = { state: 'working', done: 0, all: 0 }
  private counted = 0
  private looked = 0
  private readonly loop: WorkLoop

  constructor(store: Store, recovery: Recovery, emit: Emit) {
    this.store = store
    this.recovery = recovery
    this.emit = emit
    this.progress = atMost<RecoveryStatus>(progressEvery, value => emit('prompts.progress', value))
    this.loop = new WorkLoop(() => this.once())
  }

  status(): RecoveryStatus {
    return this.current
  }

  /** Until there is nothing left to wait for. */
  async settled(signal: CancelSignal): Promise<RecoveryStatus> {
    await this.loop.settled(signal, () => this.current.state === 'working')
    return this.current
  }

  async edit(edit: PromptEdit): Promise<{ change: number }> {
    const change = await this.recovery.edit(edit)
    this.emit('store.changed', {})
    return { change }
  }

  /** Compares files with what is kept, and keeps them unless they are only looked at. */
  async putFiles({ files, dryRun }: Input<'prompts.putFiles'>): Promise<Output<'prompts.putFiles'>> {
    const compared = guarded(this.store.path, () => compareFiles(this.store, files))
    const change = dryRun ? undefined : await this.recovery.putFiles(files)
    if (change !== undefined) this.emit('store.changed', {})
    return { files: compared, ...(change === undefined ? {} : { change }) }
  }

  async saveDraft(input: Input<'prompts.saveDraft'>): Promise<Output<'prompts.draft'>> {
    const before = await whenFree(this.store, () => saveDraft(this.store, input))
    // Every key that is pressed changes a draft: that there is one is what lists show.
    if ((before.draft === null) !== (input.draft === null)) this.emit('store.changed', {})
    return before
  }

  async undo(change: number): Promise<Record<string, never>> {
    await this.recovery.undo(change)
    this.emit('store.changed', {})
    return {}
  }

  close(): Promise<void> {
    return this.loop.close()
  }

  /** One step; answers how long there is nothing to do. */
  private async once(): Promise<number> {
    if (this.isIndexFirst()) return yieldFor
    try {
      const outcome = await this.recovery.step()
      const isDone = outcome === 'done'
      const isKnown = isDone && this.current.state === 'complete'
      // Counting a million calls takes longer than a step.
      if (!isKnown && (isDone || Date.now() - this.counted > countEvery)) {
        const { done, all } = guarded(this.store.path, () => this.recovery.progress())
        this.become({ state: isDone ? 'complete' : 'working', done, all })
        this.counted = Date.now()
      } else if (!isDone) this.become({ ...this.current, state: 'working' })
      return outcome === 'more' ? 0 : lookEvery
    } catch (error) {
      this.become({ ...this.current, state: 'failed', message: toWireError(error).message })
      return patience
    }
  }

  /** Texts are looked for sooner than versions of prompts, and reading calls for both at once would delay both. */
  private isIndexFirst(): boolean {
    if (this.current.state === 'complete' || performance.now() - this.looked < yieldFor) return false
    if (isBeingBuilt(this.store)) return true
    this.looked = performance.now()
    return false
  }

  private become(next: RecoveryStatus): void {
    const before = this.current
    this.current = next
    if (JSON.stringify(before) === JSON.stringify(next)) return
    this.progress.tell(next)
    if (before.state === next.state) return
    this.progress.flush()
    // Fields of calls say more now.
    if (next.state === 'complete') this.emit('store.changed', {})
  }
}
