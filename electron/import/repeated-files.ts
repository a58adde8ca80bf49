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
import { listsAll } from './unread-fields.ts'
import type { MappingsToUse } from './unknown-rows.ts'

/**
 * Files on disk that come again, byte for byte, are not read again: what they bring is claimed as reading them would. Among
 * several, those are read whose ids were made, for stores may have them as they were numbered across files; and all after one with more unread
 * names than a receipt lists, for how many there are in all would not be known.
 */
export class RepeatedFiles {
  /** With what files are hashed while they are read; absent where nothing is to be remembered. */
  readonly key: string | undefined
  private readonly store: Store
  private readonly writer: StoreWriter
  private readonly known: string | undefined
  private readonly mappings: string
  /** Names in all files so far that nothing reads; undefined once they are not all known. */
  private names: Set<string> | undefined = new Set()
  private unheard: string[] = []

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
    { alone, signal }: { readonly alone: boolean; readonly signal?: AbortSignal | undefined },
  ): Promise<FileIdentity | undefined> {
    const { known, store, writer, names } = this
    if (!names || known === undefined || file.next || !file.size || !mayBeRepeated(store, file.size, rules))
      return undefined
    const hash = await hashFile(file.path, file.size, known, bytes => {
      meter.compared(bytes)
      return signal?.aborted !== true
    })
    if (!hash) return undefined
    const repeat = writer.findRepeat(file.size, { hash, rules, mappings: this.mappings, alone })
    if (!repeat || !(alone || listsAll(repeat.receipt))) return undefined
    const unread = repeat.receipt.unreadFields.map(({ name }) => name)
    for (const name of unread) names.add(name)
    this.unheard.push(...unread)
    writer.repeat(repeat, file.size)
    tally.repeat(repeat.receipt, alone ? repeat.receipt.unreadFieldCount : names.size)
    meter.repeat(repeat.receipt)
    return repeat.identity
  }

  /** Of files that were claimed since a file was read: what the parser must know of them. */
  takeUnheard(): readonly string[] {
    const { unheard } = this
    this.unheard = []
    return unheard
  }

  /** A file was read. */
  note(tally: FileTally): void {
    const { unread } = tally
    if (!unread) return
    if (listsAll(unread)) for (const { name } of unread.unreadFields) this.names?.add(name)
    else this.names = undefined
  }

  /** What a file that was read to its end is recognised by. */
  identity(hash: Uint8Array, { madeIds, onMappings }: Dependences): FileIdentity {
    return { hash, rules, mappings: onMappings ? this.mappings : '', alone: madeIds }
  }
}

function hashOf({ given, remembered }: MappingsToUse): string {
  const all = JSON.stringify([given ?? null, [...remembered].sort(([a], [b]) => (a < b ? -1 : 1))])
  return createHash('sha256').update(all).digest('hex').slice(0, 32)
}
