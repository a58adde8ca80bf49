// Zip archives: members are streamed one by one and never reach the disk; their names are labels and nothing more.

import { createInflateRaw, crc32, type InflateRaw } from 'node:zlib'
import yauzl from 'yauzl'
import { InspectorError } from '../../../shared/domain/errors.ts'
import type { ByteReader } from './byte-reader.ts'
import type { ByteSource, PeekedReader } from './bytes.ts'
import { pieceSize } from './gunzip.ts'
import { UnpackReader, type ContainerIssue, type Inflation } from './unpack.ts'
import { packedByHeads, type Packed } from './zip-heads.ts'
import { UnzstdReader } from './zstd.ts'

const mostMembers = 10_000
/** An archive that is sent has to be held whole: what says where its members are stands at its end. */
const mostHeld = 256 << 20

export interface ZipMember {
  readonly name: string
  /** Where it starts in the archive. */
  readonly at: number
  /** Its unpacked bytes; throws a coded error where they cannot be had. */
  open(report: (issue: ContainerIssue) => void, inflation: Inflation): Promise<ByteReader>
}

/** The members that are files, those first that others refer to. Throws a coded error for an archive that is refused. */
export async function listMembers(
  source: ByteSource,
  peeked: PeekedReader,
  report: (issue: ContainerIssue) => void,
): Promise<ZipMember[]> {
  const place = source.readAt && source.size !== undefined ? new FilePlace(source, source.size) : await hold(peeked)
  const packed = await listed(place).catch((error: unknown) => {
    if (!(error instanceof Lost)) throw error
    const found = [...packedByHeads((...at) => place.readAt(...at), place.size, mostMembers)]
    if (found.length === 0) throw error
    report({
      byte: place.size,
      code: 'import/truncated',
      message: `${error.message} Members were found one after another.`,
    })
    return found
  })
  const members = packed.filter(({ name }) => isListed(name)).map(one => new Member(one, place))
  return members.sort((a, b) => rank(a.name) - rank(b.name))
}

/** The list of the members is. */
class Lost extends InspectorError {}

/** What the list at the end of the archive says. */
async function listed(place: Place): Promise<Packed[]> {
  const archive = await yauzl
    .fromRandomAccessReaderPromise(place, place.size, { decodeStrings: false, autoClose: false })
    .catch(damaged)
  if (archive.entryCount > mostMembers) {
    throw new InspectorError(
      'import/too-many-files',
      `An archive of more than ${mostMembers.toLocaleString('en')} files.`,
    )
  }
  const entries: yauzl.Entry[] = []
  let packed = 0
  try {
    for await (const entry of archive.eachEntry()) {
      entries.push(entry)
      packed += entry.compressedSize
    }
  } catch (error) {
    damaged(error)
  }
  if (packed > place.size) throw new InspectorError('import/damaged', 'The members of this zip file overlap.')
  return entries.map(entry => packedOf(archive, entry))
}

function packedOf(archive: yauzl.ZipFile, entry: yauzl.Entry): Packed {
  return {
    name: yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false),
    at: entry.relativeOffsetOfLocalHeader,
    method: entry.compressionMethod,
    isEncrypted: entry.isEncrypted(),
    isLink: ((entry.externalFileAttributes >>> 16) & 0xf000) === 0xa000,
    compressedSize: entry.compressedSize,
    sums: { crc32: entry.crc32, size: entry.uncompressedSize },
    start: async () => {
      const { fileDataStart } = await archive.readLocalFileHeaderPromise(entry, { minimal: true }).catch(damaged)
      return fileDataStart
    },
  }
}

function damaged(error: unknown): never {
  if (error instanceof InspectorError) throw error
  if (error instanceof Error && /encryption/.test(error.message)) throw passwordNeeded()
  throw new Lost('import/damaged', 'The zip file is damaged or cut: the list of its members cannot be read.')
}

function passwordNeeded(): InspectorError {
  return new InspectorError('import/encrypted', 'This is encrypted. Unpack the archive with its password first.')
}

/** Folders, hidden files, and what macOS adds are left out, as in a folder. */
function isListed(name: string): boolean {
  return !name.endsWith('/') && !name.split('/').some(part => /^\.[^.]/.test(part) || part === '__MACOSX')
}

/** In a log that is an archive these say what the rest is about: the later comes first. */
const heads = ['_journal/start.json', 'header.json']

function rank(name: string): number {
  return -1 - heads.indexOf(name)
}

class Member implements ZipMember {
  readonly name: string
  readonly at: number
  private readonly packed: Packed
  private readonly place: Place

  constructor(packed: Packed, place: Place) {
    this.packed = packed
    this.place = place
    this.at = packed.at
    this.name = packed.name
  }

  async open(report: (issue: ContainerIssue) => void, inflation: Inflation): Promise<ByteReader> {
    const { packed } = this
    if (packed.isEncrypted) throw passwordNeeded()
    if (packed.isLink) throw new InspectorError('import/not-a-file', 'This is a link, which is not followed.')
    const start = await packed.start()
    const bytes = this.place.range(start, packed.compressedSize)
    const here = (issue: ContainerIssue): void => report({ ...issue, byte: issue.byte + start })
    if (packed.method === 0) return new StoredReader(bytes, packed.sums, here)
    if (packed.method === 8) return new DeflatedReader(bytes, packed.sums, here, inflation)
    if (packed.method === 93) return new UnzstdReader(bytes, here, inflation)
    const message = `Packed by a method (${packed.method}) that cannot be read. Unpack it first.`
    throw new InspectorError('import/unsupported', message)
  }
}

type Sums = Packed['sums']

const wrongSum = 'What comes out of it is not what was packed: the checksum does not match.'

class DeflatedReader extends UnpackReader {
  protected readonly name = 'zip'
  private readonly sums: Sums

  constructor(source: ByteReader, sums: Sums, report: (issue: ContainerIssue) => void, inflation: Inflation) {
    super(source, report, inflation)
    this.sums = sums
  }

  protected openMember(): Promise<InflateRaw | undefined> {
    return Promise.resolve(this.members === 0 ? createInflateRaw({ chunkSize: pieceSize }) : undefined)
  }

  protected closeMember(bytes: number, crc: number): Promise<void> {
    const { sums } = this
    if (sums && (crc !== sums.crc32 || bytes !== sums.size)) this.damaged('import/damaged', wrongSum)
    return Promise.resolve()
  }
}

class StoredReader implements ByteReader {
  private readonly source: ByteReader
  private readonly sums: Sums
  private readonly report: (issue: ContainerIssue) => void
  private crc = 0
  private over = false

  constructor(source: ByteReader, sums: Sums, report: (issue: ContainerIssue) => void) {
    this.source = source
    this.sums = sums
    this.report = report
  }

  async read(target: Buffer, at: number, length: number): Promise<number> {
    const count = await this.source.read(target, at, length)
    this.crc = crc32(target.subarray(at, at + count), this.crc)
    if (count === 0 && length > 0 && !this.over) {
      this.over = true
      if (this.sums && this.crc !== this.sums.crc32) this.report({ byte: 0, code: 'import/damaged', message: wrongSum })
    }
    return count
  }
}

/** Somewhere to read at any place, for the list of members and for them. */
abstract class Place extends yauzl.RandomAccessReader {
  abstract readonly size: number
  abstract readAt(target: Buffer, at: number, length: number, place: number): number
  /** Enough was read. */
  protected get isCut(): boolean {
    return false
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, done: (error: Error | null) => void) {
    let error: Error | null = null
    try {
      for (let have = 0; have < length;) {
        const count = this.readAt(buffer, offset + have, length - have, position + have)
        if (count === 0) throw new Error('The archive ends here.')
        have += count
      }
    } catch (reason) {
      error = reason instanceof Error ? reason : new Error(String(reason))
    }
    done(error)
  }

  range(start: number, length: number): ByteReader {
    let given = 0
    return {
      read: (target, at, most) => {
        const count = this.isCut ? 0 : Math.min(most, length - given)
        const read = count > 0 ? this.readAt(target, at, count, start + given) : 0
        given += read
        return read
      },
    }
  }
}

class FilePlace extends Place {
  readonly size: number
  private readonly source: ByteSource

  constructor(source: ByteSource, size: number) {
    super()
    this.source = source
    this.size = size
  }

  readAt(target: Buffer, at: number, length: number, place: number): number {
    return this.source.readAt!(target, at, length, place)
  }

  protected override get isCut(): boolean {
    return this.source.cut === true
  }
}

class HeldPlace extends Place {
  readonly size: number
  private readonly bytes: Buffer

  constructor(bytes: Buffer) {
    super()
    this.bytes = bytes
    this.size = bytes.length
  }

  readAt(target: Buffer, at: number, length: number, place: number): number {
    return this.bytes.copy(target, at, place, place + length)
  }
}

async function hold(peeked: PeekedReader): Promise<Place> {
  const pieces: Buffer[] = []
  let size = 0
  for (;;) {
    const piece = Buffer.alloc(1 << 16)
    const count = await peeked.read(piece, 0, piece.length)
    if (count === 0) return new HeldPlace(Buffer.concat(pieces))
    pieces.push(piece.subarray(0, count))
    size += count
    if (size > mostHeld) {
      const message = 'A zip file that is sent may have 256 MB. Open it by its path, or unpack it first.'
      throw new InspectorError('import/too-large', message)
    }
  }
}
