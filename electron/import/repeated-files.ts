import { createHash, randomBytes } from 'node:crypto'
import type { Store } from '../store/open.ts'
import { fileKey, mayBeRepeated, type FileIdentity } from '../store/repeats.ts'
import type { StoreWriter } from '../store/writer.ts'
import type { SizedFile } from './inputs.ts'
import type { Dependences } from './parse.ts'
import type { ProgressMeter } from './progress.ts'
import type { FileTally } from './receipt.ts'
import { rules } from './rules.ts'
import { hashFile } from './sources/file-hash.ts'
import type { MappingsToUse } from './unknown-rows.ts'

/**
 * Files that come again, byte for byte, are not read again: what they bring is claimed as reading them would. This is so
 * for a file on disk that comes by itself; among several, what was counted and made for all of them together would be
 * missing from the receipt.
 */
export class RepeatedFiles {
  /** With what files are hashed while they are read; absent where nothing is to be remembered. */
  readonly key: string | undefined
  private readonly store: Store
  private readonly writer: StoreWriter
  private readonly known: string | undefined
  private readonly mappings: string

  constructor(store: Store, writer: StoreWriter, mappings: MappingsToUse) {
    this.store = store
    this.writer = writer
    this.known = fileKey(store)
    this.key = store.behind ? undefined : (this.known ?? randomBytes(16).toString('hex'))
    this.mappings = hashOf(mappings)
  }

  /** Answers the identity of a file that came before; undefined where it must be read. */
  async claim(
    file: SizedFile,
    tally: FileTally,
    meter: ProgressMeter,
    signal?: AbortSignal,
  ): Promise<FileIdentity | undefined> {
    const { known, store, writer } = this
    if (known === undefined || file.next || !file.size || !mayBeRepeated(store, file.size, rules)) return undefined
    const hash = await hashFile(file.path, file.size, known, bytes => {
      meter.compared(bytes)
      return signal?.aborted !== true
    })
    if (!hash) return undefined
    const repeat = writer.findRepeat(file.size, { hash, rules, mappings: this.mappings, alone: true })
    if (!repeat) return undefined
    writer.repeat(repeat, file.size)
    tally.repeat(repeat.receipt)
    meter.repeat(repeat.receipt)
    return repeat.identity
  }

  /** What a file that was read to its end is recognised by. */
  identity(hash: Uint8Array, { madeIds, onFilesBefore, onMappings }: Dependences): FileIdentity | undefined {
    if (onFilesBefore) return undefined
    return { hash, rules, mappings: onMappings ? this.mappings : '', alone: madeIds }
  }
}

function hashOf({ given, remembered }: MappingsToUse): string {
  const all = JSON.stringify([given ?? null, [...remembered].sort(([a], [b]) => (a < b ? -1 : 1))])
  return createHash('sha256').update(all).digest('hex').slice(0, 32)
}
