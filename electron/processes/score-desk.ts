import type { Emit, EventData } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { ImportFile } from '../import/inputs.ts'
import { importScores } from '../import/scores/import-scores.ts'
import { toWireError } from '../rpc/errors.ts'
import { removeScoreFile } from '../store/given-scores.ts'
import type { Store } from '../store/open.ts'
import { atMost } from './at-most.ts'
import type { Queue } from './queue.ts'

const progressEvery = 200

/** Imports files of scores, each in its turn behind the imports of traces. */
export class ScoreDesk {
  private readonly store: Store
  private readonly emit: Emit
  private readonly queue: Queue
  private readonly stopped = new Set<number>()
  private last = 0
  private closing = false

  constructor(store: Store, emit: Emit, queue: Queue) {
    this.store = store
    this.emit = emit
    this.queue = queue
  }

  /** Answers at once; how it went is an event. */
  start(file: ImportFile, name: string | undefined, afterwards = () => {}): number {
    const run = ++this.last
    void this.queue
      .add(() => this.run(run, file, name))
      .finally(() => {
        this.stopped.delete(run)
        afterwards()
      })
    return run
  }

  cancel(run: number): void {
    if (run <= this.last) this.stopped.add(run)
  }

  remove(id: number): Promise<number> {
    return this.queue.add(() => {
      const scores = removeScoreFile(this.store, id)
      if (scores === undefined) throw new InspectorError('scores/gone', `The store has no file of scores ${id}.`)
      this.emit('notes.changed', {})
      return scores
    })
  }

  close(): void {
    this.closing = true
  }

  /** Never rejects. */
  private async run(run: number, file: ImportFile, name: string | undefined): Promise<void> {
    const progress = atMost<EventData<'scores.progress'>>(progressEvery, value => this.emit('scores.progress', value))
    try {
      const { id, receipt } = await importScores(this.store, file, {
        name,
        isStopped: () => this.closing || this.stopped.has(run),
        progress: value => progress.tell({ run, ...value }),
      })
      progress.flush()
      this.emit('scores.ended', { run, id, receipt })
    } catch (error) {
      if (!(error instanceof InspectorError)) console.error('spanwise: an import of scores failed:', error)
      this.emit('scores.ended', { run, error: toWireError(error) })
    }
    this.emit('notes.changed', {})
  }
}
