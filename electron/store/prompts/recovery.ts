import type { Input } from '../../../shared/contract/index.ts'
import type { PromptEdit } from '../../../shared/contract/prompt-edits.ts'
import { KeptReader } from '../kept.ts'
import { isBeingWritten } from '../lease.ts'
import type { Store } from '../open.ts'
import { whenFree } from '../when-free.ts'
import { assignGroup, callVersions } from './assign.ts'
import { saveEdit, undoEdit } from './edits.ts'
import { saveFiles } from './library.ts'
import { Looking, type ReadSpan } from './looking.ts'
import { recoverGroup, type FoundGroup } from './recover-group.ts'
import {
  forgetComplete,
  forgetPrompts,
  heldSince,
  isComplete,
  nextGeneration,
  noteComplete,
  noteLooked,
  stateNow,
} from './state.ts'

/** `more`: go on at once. `wait`: somebody else writes. `done`: nothing is left. */
export type Outcome = 'more' | 'wait' | 'done'

interface StaleGroup {
  readonly id: number
  readonly key: string
}

/** What is being worked at: looking at calls, then a group at a time. */
interface Work {
  /** The state of the store for which it holds. */
  readonly state: string
  /** Undefined once all calls have been looked at. */
  looking: Looking | undefined
  readonly texts: ReadonlyMap<number, string>
  group: StaleGroup | undefined
  finding: Generator<void, FoundGroup | undefined> | undefined
  writing: Generator<() => void> | undefined
}

/**
 * Finds out what calls were prompted with, a little at a time, behind everything else. What it writes is whole after every
 * step: whoever kills it loses a step, and of a group what was found of it.
 */
export class Recovery {
  private readonly store: Store
  private readonly kept: KeptReader
  private readonly readSpan: ReadSpan
  private work: Work | undefined

  constructor(store: Store, readSpan: ReadSpan) {
    this.store = store
    this.kept = new KeptReader(store)
    this.readSpan = readSpan
  }

  /** Calls looked at and groups compared, of how many. */
  progress(): { done: number; all: number } {
    const { calls, looked, stale } = this.store
      .query<[], { calls: number; looked: number; stale: number }>('prompt-counts')
      .get()!
    const done = Math.min(looked, calls)
    // A call whose versions are still to be found counts half.
    return { done: done - Math.floor(Math.min(stale, done) / 2), all: calls }
  }

  async step(): Promise<Outcome> {
    const { store } = this
    if (isComplete(store)) return 'done'
    // An import numbers the spans it brings anew when it ends.
    if (isBeingWritten(store)) return 'wait'
    const state = stateNow(store)
    if (this.work?.state !== state) {
      const looking = new Looking(store, this.readSpan)
      await this.write(state, () => prepare(store, looking))
      this.work = { state, looking, texts: looking.texts, group: undefined, finding: undefined, writing: undefined }
    }
    const { work } = this
    const seen = work.looking?.next()
    if (seen) return this.write(state, seen)
    work.looking = undefined
    if (work.writing) return this.writeOn(work, work.writing)
    if (work.finding) return this.findOn(work, work.finding)
    work.group = store.query<[], StaleGroup>('prompt-stale').get()
    if (!work.group) return this.write(state, () => finishAll(store))
    work.finding = recoverGroup(store, this.kept, { readSpan: this.readSpan, known: work.texts }, work.group)
    return 'more'
  }

  /** Keeps what a person said. */
  edit(edit: PromptEdit): Promise<number> {
    return this.say(() => saveEdit(this.store, edit))
  }

  /** Keeps prompts as files have them; undefined where that changes nothing. */
  putFiles(files: Input<'prompts.putFiles'>['files']): Promise<number | undefined> {
    return this.say(() => saveFiles(this.store, files))
  }

  undo(change: number): Promise<void> {
    return this.say(() => undoEdit(this.store, change))
  }

  private findOn(work: Work, finding: Generator<void, FoundGroup | undefined>): Outcome {
    const step = finding.next()
    if (!step.done) return 'more'
    work.finding = undefined
    work.writing = assignGroup(this.store, work.group!.id, step.value)
    return 'more'
  }

  private async writeOn(work: Work, writing: Generator<() => void>): Promise<Outcome> {
    const step = writing.next()
    if (!step.done) return this.write(work.state, step.value)
    work.writing = undefined
    return 'more'
  }

  /** What a person says changes what versions are called at once; what must be looked for again follows. */
  private say<T>(work: () => T): Promise<T> {
    const { store } = this
    return whenFree(store, () =>
      store.db
        .transaction(() => {
          const said = work()
          for (const write of callVersions(store)) write()
          if (store.query('prompt-stale').get()) forgetComplete(store)
          nextGeneration(store)
          // What was being worked at knew nothing of it.
          this.work = undefined
          return said
        })
        .immediate(),
    )
  }

  /** Between the transactions of others; nothing where the store is no longer the one that was looked at. */
  private async write(state: string, work: () => void): Promise<Outcome> {
    const { store } = this
    return whenFree(store, () =>
      store.db
        .transaction((): Outcome => {
          if (stateNow(store) !== state) return 'more'
          work()
          return 'more'
        })
        .immediate(),
    )
  }
}

/** Not before: whoever asks meanwhile would read all that was found anew each time. */
function finishAll(store: Store): void {
  noteComplete(store)
  nextGeneration(store)
}

function prepare(store: Store, looking: Looking): void {
  const held = heldSince(store)
  if (held) looking.lookAgain(held.extra)
  else forgetPrompts(store)
  noteLooked(store)
}
