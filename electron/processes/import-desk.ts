import type { CancelSignal, Emit, EventData } from '../../shared/contract/index.ts'
import type { ImportProgress } from '../../shared/contract/imports.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { RereadingResult } from '../../shared/contract/rereading.ts'
import type { ImportReceipt } from '../../shared/domain/receipt.ts'
import { reread } from '../import/reading.ts'
import { rules } from '../import/rules.ts'
import { type ImportFile, runImport } from '../import/run-import.ts'
import { cancelled } from '../rpc/channel.ts'
import { toWireError } from '../rpc/errors.ts'
import { importsWith } from '../store/answers.ts'
import { importPaths } from '../store/imports.ts'
import { forgetMapping } from '../store/mappings.ts'
import type { Store } from '../store/open.ts'
import { removeImports } from '../store/remove.ts'
import { rereadStore, undoRereading } from '../store/rereading.ts'
import { whenWritten } from '../store/when-free.ts'
import { atMost } from './at-most.ts'
import { Queue } from './queue.ts'
import { ScoreDesk } from './score-desk.ts'
import { Checks, type Wanted } from './checks.ts'
import { type Announced, Upload } from './uploads.ts'

export type { Wanted } from './checks.ts'

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
  private readonly checks: Checks
  readonly scores: ScoreDesk
  private closing = false

  constructor(store: Store, emit: Emit) {
    this.store = store
    this.emit = emit
    this.checks = new Checks(store.path, emit)
    this.scores = new ScoreDesk(store, emit, this.queue)
  }

  /** Answers the import's id when its turn has come: until then there is nothing of it but its place in the line. */
  start(paths: readonly string[], signal: CancelSignal, wanted: Wanted = {}): Promise<number> {
    return this.order(
      paths.map(path => ({ path })),
      signal,
      wanted,
    )
  }

  async continue(id: number, signal: CancelSignal): Promise<number> {
    const paths = importPaths(this.store, id)
    if (paths.length === 0) throw new InspectorError('store/no-such-import', `The store has no import ${id}.`)
    return this.start(paths, signal)
  }

  async upload(
    files: readonly Announced[],
    signal: CancelSignal,
    wanted: Wanted = {},
  ): Promise<{ import: number; key: string }> {
    const { upload, sent } = this.announce(files)
    const id = await this.order(sent, signal, wanted, () => this.letGo(upload))
    return { import: id, key: upload.key }
  }

  /** Begins at once: a check writes nothing, so it need not wait for imports. It ends the one before it. */
  check(paths: readonly string[], wanted: Wanted): number {
    return this.checks.begin(
      paths.map(path => ({ path })),
      wanted,
    )
  }

  checkUpload(files: readonly Announced[], wanted: Wanted): { check: number; key: string } {
    const { upload, sent } = this.announce(files)
    return { check: this.checks.begin(sent, wanted, () => this.letGo(upload)), key: upload.key }
  }

  uploadScores(file: Announced, name: string | undefined): { run: number; key: string } {
    const { upload, sent } = this.announce([file])
    return { run: this.scores.start(sent[0]!, name, () => this.letGo(upload)), key: upload.key }
  }

  stopCheck(check: number): void {
    this.checks.stop(check)
  }

  forgetMapping(fingerprint: string): void {
    forgetMapping(this.store, fingerprint)
  }

  /**
   * Imports what this program itself made, in its turn: nobody watches it, so that only its end is told. Another program that
   * writes to the store is waited for, since an answer that was paid for does not come twice.
   */
  keep(path: string, text: string): Promise<void> {
    return this.queue.add(async () => {
      const bytes = Buffer.from(text)
      await whenWritten(async () => {
        const pieces = [bytes]
        await runImport(this.store, [{ path, bytes: bytes.length, next: () => Promise.resolve(pieces.shift()) }])
      })
      this.emit('store.changed', {})
    })
  }

  private announce(files: readonly Announced[]): { upload: Upload; sent: ImportFile[] } {
    const upload = new Upload(files)
    this.uploads.set(upload.key, upload)
    const sent = upload.files.map(file => ({
      path: file.name,
      next: () => file.next(),
      ...(file.bytes === undefined ? {} : { bytes: file.bytes }),
    }))
    return { upload, sent }
  }

  private letGo(upload: Upload): void {
    upload.break()
    // The sender's last word may still be on its way.
    setTimeout(() => this.uploads.delete(upload.key), 60_000).unref()
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
      removeImports(this.store, importsWith(this.store, id), { reread })
      this.emit('store.changed', { import: id })
    })
  }

  /** Answers when it is over. */
  rereadAll(dryRun: boolean, signal: CancelSignal): Promise<RereadingResult> {
    return this.queue.add(async () => {
      if (signal.aborted || this.closing) throw cancelled()
      const progress = atMost<EventData<'rereading.progress'>>(progressEvery, value =>
        this.emit('rereading.progress', value),
      )
      const isStopped = (): boolean => signal.aborted || this.closing
      const result = await rereadStore(this.store, {
        reread,
        rules,
        dryRun,
        isStopped,
        progress: value => progress.tell(value),
      })
      progress.flush()
      if (!dryRun) this.emit('store.changed', {})
      return result
    })
  }

  undoRereading(): Promise<number> {
    return this.queue.add(() => {
      const spans = undoRereading(this.store, { reread })
      this.emit('store.changed', {})
      return spans
    })
  }

  /** Ends what runs as partial: what was committed stays, and it can be continued. */
  async close(): Promise<void> {
    this.closing = true
    this.scores.close()
    this.running?.stop.abort()
    for (const upload of this.uploads.values()) upload.break()
    await this.running?.done
    await this.checks.close()
    // What waited behind it and was not refused is stored yet: an answer that came cannot be asked for again.
    await this.queue.add(() => {})
  }

  private order(
    files: readonly ImportFile[],
    signal: CancelSignal,
    wanted: Wanted,
    afterwards = () => {},
  ): Promise<number> {
    return new Promise((begun, refused) => {
      const work = async (): Promise<void> => {
        if (signal.aborted || this.closing) return refused(cancelled())
        const running = { stop: new AbortController(), done: Promise.resolve() }
        // Set first: an import begins before `run` comes back for the first time.
        this.running = running
        running.done = this.run(files, wanted, running.stop, begun, refused)
        await running.done
        this.running = undefined
      }
      void this.queue.add(work).finally(afterwards)
    })
  }

  /** Never rejects: how an import went is an event. Before it began, that it did not is the answer. */
  private async run(
    files: readonly ImportFile[],
    wanted: Wanted,
    stop: AbortController,
    begun: (id: number) => void,
    refused: (error: unknown) => void,
  ): Promise<void> {
    let id: number | undefined
    const progress = atMost<ImportProgress>(progressEvery, value => this.emit('imports.progress', value))
    const changed = atMost<number>(changedEvery, value => this.emit('store.changed', { import: value }))
    try {
      const receipt = await runImport(this.store, files, {
        ...wanted,
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
