import type { Emit } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import { checkImport } from '../import/check-import.ts'
import type { ImportFile, ImportOptions } from '../import/run-import.ts'
import { cancelled } from '../rpc/channel.ts'
import { toWireError } from '../rpc/errors.ts'
import { openStore } from '../store/open.ts'
import { atMost } from './at-most.ts'

/** What somebody who orders an import or a check may say about it. */
export type Wanted = Pick<ImportOptions, 'firstBytes' | 'mapping'>

const progressEvery = 200

/** Says what imports would do, one at a time and beside real ones: each has a connection of its own that only reads. */
export class Checks {
  private readonly storePath: string
  private readonly emit: Emit
  private last = 0
  private running: { readonly id: number; readonly stop: AbortController; done: Promise<void> } | undefined

  constructor(storePath: string, emit: Emit) {
    this.storePath = storePath
    this.emit = emit
  }

  /** The number of a check that has begun; the one before it is stopped. */
  begin(files: readonly ImportFile[], wanted: Wanted, afterwards = () => {}): number {
    const id = ++this.last
    const before = this.running
    before?.stop.abort()
    const stop = new AbortController()
    const work = async (): Promise<void> => {
      // Only one at a time takes memory.
      await before?.done
      await this.run(id, files, wanted, stop.signal)
      if (this.running?.id === id) this.running = undefined
      afterwards()
    }
    this.running = { id, stop, done: work() }
    return id
  }

  stop(id: number): void {
    if (this.running?.id === id) this.running.stop.abort()
  }

  async close(): Promise<void> {
    this.running?.stop.abort()
    await this.running?.done
  }

  /** Never rejects: how a check went is an event. */
  private async run(id: number, files: readonly ImportFile[], wanted: Wanted, signal: AbortSignal): Promise<void> {
    const progress = atMost<{ bytes: number; totalBytes?: number | undefined; spans: number }>(progressEvery, value =>
      this.emit('imports.checking', { check: id, ...value }),
    )
    try {
      if (signal.aborted) throw cancelled()
      const store = openStore(this.storePath, { readOnly: true })
      try {
        const checked = await checkImport(store, files, {
          ...wanted,
          signal,
          progress: ({ bytes, totalBytes, spans }) => progress.tell({ bytes, totalBytes, spans }),
        })
        if (signal.aborted) throw cancelled()
        progress.flush()
        this.emit('imports.checked', { check: id, ...checked })
      } finally {
        store.close()
      }
    } catch (error) {
      if (!(error instanceof InspectorError)) console.error('spanwise: a check failed:', error)
      progress.flush()
      this.emit('imports.checked', { check: id, preview: [], error: toWireError(error) })
    }
  }
}
