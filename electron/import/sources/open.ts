import { TextDecoder } from 'node:util'
import { InspectorError } from '../../../shared/domain/errors.ts'
import type { ByteReader } from './byte-reader.ts'
import { PeekedReader, type ByteSource } from './bytes.ts'
import { GunzipReader, type GzipIssue } from './gunzip.ts'
import { refuse, sniff, type Sniffed } from './sniff.ts'
import { TranscodedReader } from './transcode.ts'

export interface OpenedText {
  readonly reader: ByteReader
  /** How the text begins. */
  readonly head: () => string
  /** Damage of the container, known once the reader has come to it. */
  readonly issues: readonly GzipIssue[]
}

/** UTF-8 text out of whatever the first bytes say this is. Throws a coded error for what cannot be text. */
export async function openText(source: ByteSource, path: string): Promise<OpenedText> {
  const issues: GzipIssue[] = []
  let peeked = await PeekedReader.peek(source)
  let found = sniff(peeked.head)
  if (found.kind === 'gzip') {
    peeked = await PeekedReader.peek(new GunzipReader(peeked, issue => issues.push(issue)))
    found = sniff(peeked.head)
    if (found.kind === 'gzip') {
      throw new InspectorError('import/compressed-twice', 'Gzip inside gzip: unpack it once first.', path)
    }
    if (found.kind === 'empty' && issues.length > 0) {
      throw new InspectorError(issues[0]!.code, issues[0]!.message, path)
    }
  }
  return { reader: readText(peeked, found, path), head: () => headOf(peeked.head, found), issues }
}

function readText(peeked: PeekedReader, found: Sniffed, path: string): ByteReader {
  if (found.kind === 'empty') throw new InspectorError('import/empty', 'The file is empty: no records.', path)
  if (found.kind === 'refused') refuse(found, path)
  if (found.kind !== 'text') throw new InspectorError('import/unrecognised', 'Not a text.', path)
  peeked.skip(found.mark)
  return found.encoding === 'utf-8' ? peeked : new TranscodedReader(peeked, found.encoding)
}

function headOf(bytes: Buffer, found: Sniffed): string {
  if (found.kind !== 'text') return ''
  return new TextDecoder(found.encoding).decode(bytes.subarray(found.mark, found.mark + 1024), { stream: true })
}
