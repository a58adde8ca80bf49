import path from 'node:path'
import type { ImportProgress } from '../../shared/contract/imports.ts'
import type { FileReceipt } from '../../shared/domain/receipt.ts'
import type { Batch } from '../store/batch.ts'
import type { SizedFile } from './inputs.ts'

const milliseconds = 100

/** Tells how far an import is, about ten times a second. Bytes are those on disk, so a compressed file ends at its size. */
export class ProgressMeter {
  private readonly importId: number
  private readonly files: readonly SizedFile[]
  private readonly tell: ((progress: ImportProgress) => void) | undefined
  private readonly started = performance.now()
  private last = -Infinity
  private index = 0
  private before = 0
  private consumed = 0
  private spans = 0
  private traces = 0
  private unreadable = 0

  constructor(importId: number, files: readonly SizedFile[], tell: ((progress: ImportProgress) => void) | undefined) {
    this.importId = importId
    this.files = files
    this.tell = tell
  }

  beginFile(index: number): void {
    if (index > 0) this.before += this.files[index - 1]!.size ?? this.consumed
    this.index = index
    this.consumed = 0
    this.report('reading')
  }

  add(batch: Batch): void {
    this.consumed = batch.consumed
    this.spans += batch.records
    this.traces += batch.newTraces.length
    this.unreadable += batch.unreadableCount
    if (performance.now() - this.last >= milliseconds) this.report('reading')
  }

  /** Of a file that may have come before so much was compared. */
  compared(bytes: number): void {
    this.consumed = bytes
    if (performance.now() - this.last >= milliseconds) this.report('reading')
  }

  /** What is in it need not be read. */
  repeat({ bytes, spans, traces, unreadableCount }: FileReceipt): void {
    this.consumed = bytes
    this.spans += spans
    this.traces += traces
    this.unreadable += unreadableCount
    this.report('reading')
  }

  finish(): void {
    this.report('finishing')
  }

  private report(phase: ImportProgress['phase']): void {
    if (!this.tell) return
    this.last = performance.now()
    const seconds = Math.max((this.last - this.started) / 1000, 0.001)
    const bytes = this.before + this.consumed
    const sizes = this.files.map(file => file.size)
    const totalBytes = sizes.includes(undefined) ? undefined : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)
    const rate = bytes / seconds
    const file = this.files[this.index]
    this.tell({
      import: this.importId,
      phase,
      file: file ? path.basename(file.path) : '',
      fileIndex: this.index,
      fileCount: this.files.length,
      bytes,
      ...(totalBytes === undefined ? {} : { totalBytes }),
      spans: this.spans,
      traces: this.traces,
      unreadable: this.unreadable,
      spansPerSecond: Math.round(this.spans / seconds),
      ...(totalBytes !== undefined && rate > 0 && seconds > 0.5
        ? { secondsLeft: Math.max(0, totalBytes - bytes) / rate }
        : {}),
    })
  }
}
