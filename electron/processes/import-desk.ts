import type { Emit, CancelSignal } from '../../shared/contract/index.ts'
import type { ImportProgress } from '../../shared/contract/imports.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { ImportReceipt } from '../../shared/domain/receipt.ts'
import { reread } from '../import/reading.ts'
import { type ImportFile, runImport } from '../import/run-import.ts'
import { cancelled } from '../rpc/channel.ts'
import { toWireError } from '../rpc/errors.ts'
import { importPaths } from '../store/imports.ts'
import type { Store } from '../store/open.ts'
import { removeImport } from '../store/remove.ts'
import { atMost } from './at-most.ts'
import { Queue } from './queue.ts'
import { Upload } from './uploads.ts'

/** Milliseconds between two progress events, and between two words that lists should look again. */
const progressEvery = 200
const changedEvery = 1000

/** Takes orders for imports and removals and carries them out one at a time. */
export class ImportDesk {
  private readonly store: Store
  private readonly emit: Emit
  private readonly queue = new Queue()
  private readonly uploads = new Map<string, Upload>()
  private running: { id?: number; readonly stop: AbortController; done: Promise<unknown> } | undefined
  private closing = false

  constructor(store: Store, emit: Emit) {
    this.store = store
    this.emit = emit
  }

  /** Answers the import's id when its turn has come: until then there is nothing of it but its place in the line. */
  start(paths: readonly string[], signal: CancelSignal): Promise<number> {
    return this.order(
      paths.map(path => ({ path })),
      signal,
    )
  }

  async continue(id: number, signal: CancelSignal): Promise<number> {
    const paths = importPaths(this.store, id)
    if (paths.length === 0) throw new InspectorError('store/no-such-import', `The store has no import ${id}.`)
    return this.start(paths, signal)
  }

  async upload(
    files: readonly { readonly name: string; readonly bytes?: number | undefined }[],
    signal: CancelSignal,
  ): Promise<{ import: number; key: string }> {
    const upload = new Upload(files)
    this.uploads.set(upload.key, upload)
    const sent = upload.files.map(file => ({
      path: file.name,
      next: () => file.next(),
      ...(file.bytes === undefined ? {} : { bytes: file.bytes }),
    }))
    const id = await this.order(sent, signal, () => {
      upload.break()
      // The sender's last word may still be on its way.
      setTimeout(() => this.uploads.delete(upload.key), 60_000).unref()
    })
    return { import: id, key: upload.key }
  }

  uploadOf(key: string): Upload {
    const upload = this.uploads.get(key)
    if (!upload) throw new InspectorError('import/no-upload', 'Nobody waits for these bytes any more.')
    return upload
  }

  cancel(id: number): void {
    if (this.running?.id === id) this.running.stop.abort()
  }

  remove(id: number): Promise<void> {
    return this.queue.add(() => {
      removeImport(this.store, id, { reread })
      this.emit('store.changed', { import: id })
    })
  }

  /** Ends what runs as partial: what was committed stays, and it can be continued. */
  async close(): Promise<void> {
    this.closing = true
    this.running?.stop.abort()
    for (const upload of this.uploads.values()) upload.break()
    await this.running?.done
  }

  private order(files: readonly ImportFile[], signal: CancelSignal, afterwards = () => {}): Promise<number> {
    return new Promise((begun, refused) => {
      const work = async (): Promise<void> => {
        if (signal.aborted || this.closing) return refused(cancelled())
        const running = { stop: new AbortController(), done: Promise.resolve() }
        // Set first: an import begins before `run` comes back for the first time.
        this.running = running
        running.done = this.run(files, running.stop, begun, refused)
        await running.done
        this.running = undefined
      }
      void this.queue.add(work).finally(afterwards)
    })
  }

  /** Never rejects: how an import went is an event. Before it began, that it did not is the answer. */
  private async run(
    files: readonly ImportFile[],
    stop: AbortController,
    begun: (id: number) => void,
    refused: (error: unknown) => void,
  ): Promise<void> {
    let id: number | undefined
    const progress = atMost<ImportProgress>(progressEvery, value => this.emit('imports.progress', value))
    const changed = atMost<number>(changedEvery, value => this.emit('store.changed', { import: value }))
    try {
      const receipt = await runImport(this.store, files, {
        signal: stop.signal,
        began: given => {
          id = given
          if (this.running) this.running.id = given
          begun(given)
        },
        progress: value => {
          progress.tell(value)
          changed.tell(value.import)
        },
      })
      progress.flush()
      if (id !== undefined) this.end(id, receipt)
    } catch (error) {
      if (!(error instanceof InspectorError)) console.error('spanwise: an import failed:', error)
      progress.flush()
      if (id === undefined) return refused(error)
      this.emit('imports.ended', { import: id, state: 'partial', error: toWireError(error) })
    }
    changed.flush()
    if (id !== undefined) this.emit('store.changed', { import: id })
  }

  private end(id: number, receipt: ImportReceipt): void {
    this.emit('imports.ended', { import: id, state: receipt.outcome, receipt })
  }
}
