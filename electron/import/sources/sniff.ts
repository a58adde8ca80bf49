import { TextDecoder } from 'node:util'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { sniffOtlp, type OtlpHead } from './otlp-head.ts'
import { isZstd } from './zstd.ts'

export type Sniffed =
  | { readonly kind: 'empty' }
  | { readonly kind: 'gzip' | 'zstd' | 'zip' }
  | ({ readonly kind: 'otlp' } & OtlpHead)
  | { readonly kind: 'text'; readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be'; readonly mark: number }
  /** Recognised, but not readable. `what` completes "This is …". */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }

const unsupported = (what: string, advice: string): Sniffed => ({
  kind: 'refused',
  code: 'import/unsupported',
  message: `This is ${what}, which cannot be read yet. ${advice}`,
})

const begins = (head: Buffer, ...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte)

/** What the first bytes say. The name of the file is not asked. */
export function sniff(head: Buffer): Sniffed {
  if (head.length === 0) return { kind: 'empty' }
  if (begins(head, 0x1f, 0x8b)) return { kind: 'gzip' }
  if (isZstd(head)) return { kind: 'zstd' }
  if (begins(head, 0x50, 0x4b, 3, 4) || begins(head, 0x50, 0x4b, 5, 6)) return { kind: 'zip' }
  if (begins(head, 0xef, 0xbb, 0xbf)) return { kind: 'text', encoding: 'utf-8', mark: 3 }
  if (begins(head, 0xff, 0xfe)) return { kind: 'text', encoding: 'utf-16le', mark: 2 }
  if (begins(head, 0xfe, 0xff)) return { kind: 'text', encoding: 'utf-16be', mark: 2 }
  const binary = sniffBinary(head)
  if (binary) return binary
  if (head[0] === 0 && head[1] !== 0 && looksLikeJson(head[1]!)) return { kind: 'text', encoding: 'utf-16be', mark: 0 }
  if (head[1] === 0 && head[0] !== 0 && looksLikeJson(head[0]!)) return { kind: 'text', encoding: 'utf-16le', mark: 0 }
  const strange = countStrange(head)
  const most = Math.min(head.length, 512)
  if (strange * 10 > most || (strange * 50 > most && !isText(head))) return notRecognised(head)
  return { kind: 'text', encoding: 'utf-8', mark: 0 }
}

function looksLikeJson(byte: number): boolean {
  return byte === 0x7b || byte === 0x5b || byte === 0x22 || byte === 0x20 || byte === 0x0a || byte === 0x0d
}

const archives: readonly (readonly [what: string, mark: readonly number[]])[] = [
  ['an xz file', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ['a bzip2 file', [0x42, 0x5a, 0x68]],
  ['an lz4 file', [4, 0x22, 0x4d, 0x18]],
  ['a 7-Zip archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['a RAR archive', [0x52, 0x61, 0x72, 0x21, 0x1a, 7]],
]

function sniffBinary(head: Buffer): Sniffed | undefined {
  const otlp = sniffOtlp(head)
  if (otlp) return { kind: 'otlp', ...otlp }
  if (begins(head, 0x50, 0x41, 0x52, 0x31)) return unsupported('a Parquet file', 'Export JSON or JSONL instead.')
  if (head.toString('latin1', 0, 15) === 'SQLite format 3') {
    return unsupported('a SQLite database', 'Export its traces as JSON, or open it if it is a Spanwise store.')
  }
  const unpack = 'Unpack it first.'
  if (head.toString('latin1', 257, 262) === 'ustar') return unsupported('a tar archive', unpack)
  const archive = archives.find(([, mark]) => begins(head, ...mark) && countStrange(head) > 0)
  return archive && unsupported(archive[0], unpack)
}

/** Control characters that text does not hold, among the first bytes. */
function countStrange(head: Buffer): number {
  let count = 0
  for (let i = 0; i < Math.min(head.length, 512); i++) {
    const byte = head[i]!
    if (byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32) || byte === 127) count++
  }
  return count
}

function isText(head: Buffer): boolean {
  try {
    // A character that the end cuts is none that is broken.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}

function notRecognised(head: Buffer): Sniffed {
  const first = head.subarray(0, 8).toString('hex').replace(/../g, '$& ').trim()
  return {
    kind: 'refused',
    code: 'import/unrecognised',
    message: `Not recognised: neither text nor a known binary format. It begins with the bytes ${first}.`,
  }
}

export function refuse(sniffed: Sniffed & { kind: 'refused' }, path: string): never {
  throw new InspectorError(sniffed.code, sniffed.message, path)
}
