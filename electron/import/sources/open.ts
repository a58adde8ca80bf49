import { TextDecoder } from 'node:util'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { tryBrotli, UnbrotliReader } from './brotli.ts'
import type { ByteReader } from './byte-reader.ts'
import { PeekedReader, type ByteSource } from './bytes.ts'
import { FramedText } from './framed-text.ts'
import { FrameReader } from './frames.ts'
import { GunzipReader } from './gunzip.ts'
import { beginsObject, type OtlpHead } from './otlp-head.ts'
import { refuse, sniff, type Sniffed } from './sniff.ts'
import { TranscodedReader } from './transcode.ts'
import { Inflation, type ContainerIssue, type UnpackReader } from './unpack.ts'
import { isMultipart, MultipartText } from './multipart-text.ts'
import { listMembers, type ZipMember } from './zip.ts'
import { UnzstdReader } from './zstd.ts'

/** One stream of records: a file, or a member of an archive. */
export interface Part {
  /** Name in the archive, fit to be shown. */
  readonly member?: string
  /** Text, or OTLP protobuf in frames. */
  readonly content: { readonly text: ByteReader; readonly head: () => string } | { readonly frames: FrameReader }
}

/** Told while a file is read. */
export interface Unpacking {
  /** What it is packed in, outermost first. */
  readonly packed: string[]
  /** Damage of a container, or a member that cannot be read. */
  report(issue: ContainerIssue, member: string | undefined): void
}

/**
 * What the first bytes say this is, unpacked: one part, or one for each member of an archive. One layer is opened, within
 * an archive one more; packed twice is refused. Throws a coded error for what cannot hold records.
 */
export async function* openParts(source: ByteSource, path: string, to: Unpacking): AsyncGenerator<Part> {
  const peeked = await PeekedReader.peek(source)
  if (sniff(peeked.head).kind !== 'zip') {
    yield await openPart(peeked, path, to, undefined, new Inflation())
    return
  }
  to.packed.push('zip')
  const inflation = new Inflation()
  for (const member of await listMembers(source, peeked, issue => to.report(issue, undefined))) {
    const part = await openMember(member, path, to, inflation)
    if (part) yield part
    if (source.cut) return
  }
}

async function openMember(member: ZipMember, path: string, to: Unpacking, inflation: Inflation) {
  const name = labelOf(member.name)
  try {
    const bytes = await member.open(issue => to.report(issue, name), inflation)
    return await openPart(await PeekedReader.peek(bytes), path, to, name, inflation)
  } catch (error) {
    if (!(error instanceof InspectorError) || error.code === 'import/bomb') throw error
    if (error.code !== 'import/empty') to.report({ byte: member.at, code: error.code, message: error.message }, name)
    return undefined
  }
}

const longestLabel = 120

function labelOf(name: string): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '·')
  return plain.length > longestLabel ? `…${plain.slice(-longestLabel)}` : plain
}

async function openPart(
  outer: PeekedReader,
  path: string,
  to: Unpacking,
  member: string | undefined,
  inflation: Inflation,
): Promise<Part> {
  let peeked = outer
  let found = sniff(outer.head)
  const packing = await packingOf(outer, found)
  if (packing) {
    const [name, Reader] = packing
    if (!to.packed.includes(name)) to.packed.push(name)
    const damage: ContainerIssue[] = []
    let isOpen = false
    const report = (issue: ContainerIssue): void => void (isOpen ? to.report(issue, member) : damage.push(issue))
    peeked = await PeekedReader.peek(new Reader(outer, report, inflation))
    found = sniff(peeked.head)
    if (packed.has(found.kind) || (found.kind === 'otlp' && found.zstd)) {
      const inner = found.kind === 'otlp' ? 'zstd' : found.kind
      throw new InspectorError(
        'import/compressed-twice',
        `This is ${inner} inside ${name}: unpack it once first.`,
        path,
      )
    }
    if (found.kind === 'empty' && damage[0]) throw new InspectorError(damage[0].code, damage[0].message, path)
    isOpen = true
    for (const issue of damage) to.report(issue, member)
  } else if (found.kind === 'zip') {
    throw new InspectorError(
      'import/compressed-twice',
      'This is a zip file inside another: unpack it once first.',
      path,
    )
  }
  const content = found.kind === 'otlp' ? await framesOf(peeked, found, to, member) : textOf(peeked, found, path)
  return member === undefined ? { content } : { member, content }
}

const packed = new Set(['gzip', 'zstd', 'zip'])

/** Frames say in their first what they hold. */
async function framesOf(peeked: PeekedReader, found: OtlpHead, to: Unpacking, member: string | undefined) {
  peeked.skip(found.mark ?? 0)
  const frames = new FrameReader(peeked, found)
  if (found.zstd && !to.packed.includes('zstd')) to.packed.push('zstd')
  const first = await frames.peek()
  if (!first || 'code' in first || !beginsObject(first.bytes, 0)) return { frames }
  const text = new FramedText(frames, (byte, code, message) => to.report({ byte, code, message }, member))
  return { text, head: () => first.bytes.toString('utf8', 0, 1024) }
}

type Unpacker = new (source: ByteReader, report: (issue: ContainerIssue) => void, inflation: Inflation) => UnpackReader

async function packingOf(outer: PeekedReader, found: Sniffed): Promise<[name: string, Unpacker] | undefined> {
  if (found.kind === 'gzip') return ['gzip', GunzipReader]
  if (found.kind === 'zstd') return ['zstd', UnzstdReader]
  if (found.kind !== 'refused' || found.code !== 'import/unrecognised') return undefined
  // Without a mark, brotli is what turns into something we know.
  const inside = await tryBrotli(outer.head, 1024)
  if (!inside) return undefined
  const inner = sniff(inside)
  const known = inner.kind === 'otlp' || (inner.kind === 'text' && /^\s*[[{"]/.test(headOf(inside, inner)))
  return known ? ['brotli', UnbrotliReader] : undefined
}

function textOf(peeked: PeekedReader, found: Sniffed, path: string): Part['content'] {
  if (found.kind === 'empty') throw new InspectorError('import/empty', 'The file is empty: no records.', path)
  if (found.kind === 'refused') refuse(found, path)
  if (found.kind !== 'text') throw new InspectorError('import/unrecognised', 'Not a text.', path)
  peeked.skip(found.mark)
  const text = found.encoding === 'utf-8' ? peeked : new TranscodedReader(peeked, found.encoding)
  const head = () => headOf(peeked.head, found)
  return { text: isMultipart(head()) ? new MultipartText(text) : text, head }
}

function headOf(bytes: Buffer, found: Sniffed): string {
  if (found.kind !== 'text') return ''
  return new TextDecoder(found.encoding).decode(bytes.subarray(found.mark, found.mark + 1024), { stream: true })
}
