import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs'
import { InspectorError } from '../../../shared/domain/errors.ts'
import type { ByteReader } from './byte-reader.ts'
import type { FileHash } from './file-hash.ts'

/** Bytes as they lie on disk or arrive, and how many of them were taken. */
export interface ByteSource extends ByteReader {
  /** Absent when nobody knows (standard input). */
  readonly size?: number | undefined
  readonly consumed: number
  /** Set once the source was cut on purpose: that it ends inside something says nothing about the file. */
  readonly cut?: boolean
  /** Reads at any place. Absent where bytes come in their order only. */
  readonly readAt?: ((target: Buffer, at: number, length: number, place: number) => number) | undefined
  close(): void
}

/** A source whose bytes are hashed while they are read. */
export interface HashedSource extends ByteSource {
  /** All was read that records come from: reads what is left. Undefined where the file changed meanwhile. */
  takeHash(): Buffer | undefined
}

/** Opens a regular file. A folder, pipe or device is refused without waiting for it. */
export function openFile(path: string): ByteSource
export function openFile(path: string, hash: FileHash): HashedSource
export function openFile(path: string, hash?: FileHash): ByteSource {
  let fd: number
  try {
    fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    throw cannotOpen(path, error)
  }
  try {
    const stat = fstatSync(fd)
    if (!stat.isFile()) {
      const what = stat.isDirectory() ? 'a folder' : stat.isFIFO() ? 'a pipe' : 'a device'
      throw new InspectorError('import/not-a-file', `This is ${what}, not a file.`, path)
    }
    return new FileBytes(fd, stat, hash)
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

function cannotOpen(path: string, error: unknown): InspectorError {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new InspectorError('import/missing', 'There is no such file.', path)
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new InspectorError('import/denied', 'This file may not be read by you.', path)
  }
  if (code === 'ELOOP') return new InspectorError('import/missing', 'This link leads back to itself.', path)
  if (code === 'EISDIR') return new InspectorError('import/not-a-file', 'This is a folder, not a file.', path)
  return new InspectorError('import/unreadable-file', `The file cannot be opened (${code ?? 'unknown'}).`, path)
}

class FileBytes implements HashedSource {
  readonly size: number
  private place = 0
  private elsewhere = 0
  private readonly fd: number
  private readonly stat: Stats
  private readonly hash: FileHash | undefined

  constructor(fd: number, stat: Stats, hash: FileHash | undefined) {
    this.fd = fd
    this.stat = stat
    this.size = stat.size
    this.hash = hash
  }

  read(target: Buffer, at: number, length: number): number {
    const count = readSync(this.fd, target, at, length, this.place)
    this.place += count
    if (count === 0 && length > 0 && this.place < this.size) throw shorter()
    this.hash?.add(target.subarray(at, at + count))
    return count
  }

  readAt(target: Buffer, at: number, length: number, place: number): number {
    const count = readSync(this.fd, target, at, length, place)
    this.elsewhere += count
    if (count === 0 && length > 0 && place < this.size) throw shorter()
    return count
  }

  /** Of what was read here and there at most its size: a part may be read twice. */
  get consumed(): number {
    return this.elsewhere === 0 ? this.place : Math.min(this.size, this.elsewhere)
  }

  takeHash(): Buffer | undefined {
    const rest = Buffer.allocUnsafe(1 << 20)
    while (this.place < this.size) this.read(rest, 0, rest.length)
    const { size, mtimeMs, ctimeMs } = fstatSync(this.fd)
    const same = size === this.place && mtimeMs === this.stat.mtimeMs && ctimeMs === this.stat.ctimeMs
    return same ? this.hash?.take() : undefined
  }

  close(): void {
    closeSync(this.fd)
  }
}

function shorter(): InspectorError {
  return new InspectorError('import/changed', 'The file became shorter while it was read.')
}

/** Bytes that somebody else sends: standard input, an upload. `next` answers undefined at the end. */
export class SentBytes implements ByteSource {
  readonly size?: number
  consumed = 0
  private readonly next: () => Promise<Uint8Array | undefined>
  private current: Uint8Array = new Uint8Array(0)
  private ended = false

  constructor(next: () => Promise<Uint8Array | undefined>, size?: number) {
    this.next = next
    if (size !== undefined) this.size = size
  }

  async read(target: Buffer, at: number, length: number): Promise<number> {
    while (this.current.length === 0 && !this.ended) {
      const chunk = await this.next()
      if (chunk === undefined) this.ended = true
      else this.current = chunk
    }
    const count = Math.min(length, this.current.length)
    target.set(this.current.subarray(0, count), at)
    this.current = this.current.subarray(count)
    this.consumed += count
    return count
  }

  close(): void {
    this.current = new Uint8Array(0)
    this.ended = true
  }
}

/** The beginning of a source. */
export class FirstBytes implements ByteSource {
  cut = false
  private readonly source: ByteSource
  private readonly most: number

  constructor(source: ByteSource, most: number) {
    this.source = source
    this.most = most
  }

  get size(): number | undefined {
    return this.source.size
  }

  get consumed(): number {
    return this.source.consumed
  }

  /** Reads on past the limit, because what lies where stands at the end of a file; `cut` tells that it is time to stop. */
  get readAt(): ByteSource['readAt'] {
    if (!this.source.readAt) return undefined
    return (target, at, length, place) => {
      this.cut ||= this.consumed > this.most
      return this.source.readAt!(target, at, length, place)
    }
  }

  read(target: Buffer, at: number, length: number): number | Promise<number> {
    const left = Math.min(length, this.most - this.consumed)
    if (left > 0) return this.source.read(target, at, left)
    this.cut = this.source.size === undefined || this.source.size > this.consumed
    return 0
  }

  close(): void {
    this.source.close()
  }
}

/** Reads on after its first bytes were looked at. */
export class PeekedReader implements ByteReader {
  readonly head: Buffer
  private given = 0
  private readonly rest: ByteReader

  private constructor(head: Buffer, rest: ByteReader) {
    this.head = head
    this.rest = rest
  }

  static async peek(reader: ByteReader, length = 4096): Promise<PeekedReader> {
    const head = Buffer.alloc(length)
    let have = 0
    while (have < length) {
      const count = await reader.read(head, have, length - have)
      if (count === 0) break
      have += count
    }
    return new PeekedReader(head.subarray(0, have), reader)
  }

  /** Leaves out the first bytes, which were a mark rather than text. */
  skip(count: number): void {
    this.given += count
  }

  read(target: Buffer, at: number, length: number): number | Promise<number> {
    if (this.given >= this.head.length) return this.rest.read(target, at, length)
    const count = this.head.copy(target, at, this.given, Math.min(this.head.length, this.given + length))
    this.given += count
    return count
  }
}
