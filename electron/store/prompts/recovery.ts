import type { PromptEdit } from '../../../shared/contract/prompt-edits.ts'
import { isBeingWritten } from '../lease.ts'
import type { Store } from '../open.ts'
import { whenFree } from '../when-free.ts'
import { saveEdit, undoEdit } from './edits.ts'
import { Looking, type ReadSpan } from './looking.ts'
import { forgetPrompts, heldSince, isComplete, nextGeneration, noteComplete, noteLooked, stateNow } from './state.ts'

/** `more`: go on at once. `wait`: somebody else writes. `done`: nothing is left. */
export type Outcome = 'more' | 'wait' | 'done'

/**
 * Finds out what calls were prompted with, a little at a time, behind everything else. What it writes is whole after every
 * step: whoever kills it loses a step.
 */
export class Recovery {
  private readonly store: Store
  private readonly looking: Looking
  /** The state for which everything was prepared. */
  private prepared: string | undefined

  constructor(store: Store, readSpan: ReadSpan) {
    this.store = store
    this.looking = new Looking(store, readSpan)
  }

  /** Calls looked at, of how many. */
  progress(): { done: number; all: number } {
    const { calls, looked } = this.store.query<[], { calls: number; looked: number }>('prompt-counts').get()!
    return { done: Math.min(looked, calls), all: calls }
  }

  async step(): Promise<Outcome> {
    const { store } = this
    if (isComplete(store)) return 'done'
    // An import numbers the spans it brings anew when it ends.
    if (isBeingWritten(store)) return 'wait'
    const state = stateNow(store)
    if (this.prepared !== state) {
      await this.write(state, () => this.prepare())
      this.prepared = state
    }
    const seen = this.looking.next()
    if (seen) return this.write(state, seen)
    return this.write(state, () => noteComplete(store))
  }

  /** Keeps what a person said. */
  edit(edit: PromptEdit): Promise<number> {
    return whenFree(this.store, () =>
      this.store.db
        .transaction(() => {
          const change = saveEdit(this.store, edit)
          nextGeneration(this.store)
          return change
        })
        .immediate(),
    )
  }

  undo(change: number): Promise<void> {
    return whenFree(this.store, () =>
      this.store.db
        .transaction(() => {
          undoEdit(this.store, change)
          nextGeneration(this.store)
        })
        .immediate(),
    )
  }

  private prepare(): void {
    const held = heldSince(this.store)
    if (held) this.looking.lookAgain(held.extra)
    else forgetPrompts(this.store)
    noteLooked(this.store)
  }

  /** Between the transactions of others; nothing where the store is no longer the one that was looked at. */
  private async write(state: string, work: () => void): Promise<Outcome> {
    const { store } = this
    return whenFree(store, () =>
      store.db
        .transaction((): Outcome => {
          if (stateNow(store) !== state) return 'more'
          work()
          nextGeneration(store)
          return 'more'
        })
        .immediate(),
    )
  }
}
