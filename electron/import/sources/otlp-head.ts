// Whether bytes begin like OTLP protobuf, and how its messages are framed:
// https://github.com/open-telemetry/opentelemetry-proto, and the OpenTelemetry collector's file exporter.

import { isZstd } from './zstd.ts'

/** `none`: one request, or several simply written one after another. Otherwise every message has its length before it. */
export type Framing = 'none' | 'length' | 'varint'

export interface OtlpHead {
  readonly framing: Framing
  /** Every frame is JSON instead. */
  readonly json: boolean
  /** Every frame is a zstd stream of its own. */
  readonly zstd: boolean
  /** Bytes before the first frame that say what file this is. */
  readonly mark?: number
}

/** What Logfire writes of spans it could not send: a line for the sort, one for the version, then framed requests. */
const logfireMark = 'LOGFIRE BACKUP FILE\nVERSION 1\n'

/** Four bytes of length, then JSON, protobuf, or zstd of either. A dump of 4 GB has no frame as long as this. */
export const longestFrame = 256 << 20

export function sniffOtlp(head: Buffer): OtlpHead | undefined {
  if (head.toString('latin1', 0, logfireMark.length) === logfireMark) {
    return { framing: 'length', json: false, zstd: false, mark: logfireMark.length }
  }
  if (beginsRequest(head, 0, head.length)) return { framing: 'none', json: false, zstd: false }
  const length = head.length > 8 ? head.readUInt32BE(0) : 0
  if (length > 0 && length < longestFrame) {
    const zstd = isZstd(head, 4)
    const json = beginsObject(head, 4) && hasFrameAt(head, 4 + length)
    const plain = beginsRequest(head, 4, Math.min(4 + length, head.length)) && hasFrameAt(head, 4 + length)
    if (zstd || json || plain) return { framing: 'length', json, zstd }
  }
  const first = readVarint(head, 0)
  if (first && first.value > 0 && beginsRequest(head, first.end, Math.min(first.end + first.value, head.length))) {
    return { framing: 'varint', json: false, zstd: false }
  }
  return undefined
}

/** Whether a payload is JSON rather than protobuf. */
export function beginsObject(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0x7b && (bytes[at + 1] === 0x22 || (bytes[at + 1] ?? 0) <= 0x20)
}

/** What follows the first frame, where that is in sight, is the end or another frame. */
function hasFrameAt(head: Buffer, at: number): boolean {
  return at + 4 > head.length || head.readUInt32BE(at) < longestFrame
}

/**
 * Requests for traces, logs and metrics begin alike: field 1, a group of a resource (1), scopes (2; 1000 once) and the
 * address of a schema (3), and every attribute of it has a tag that text does not hold.
 */
function beginsRequest(bytes: Buffer, start: number, end: number): boolean {
  const group = lengthDelimited(bytes, start, end)
  if (group?.field !== 1) return false
  const groupEnd = Math.min(group.end, end)
  let control = false
  let at = group.start
  for (let fields = 0; at < groupEnd && fields < 4; fields++) {
    const inner = lengthDelimited(bytes, at, groupEnd)
    if (!inner) return at > group.start && groupEnd === end && control
    if (inner.field > 3 && inner.field !== 1000) return false
    if (inner.end > group.end) return false
    if (inner.field !== 3) {
      const leaf = lengthDelimited(bytes, inner.start, Math.min(inner.end, end))
      if (leaf && (leaf.field > 3 || leaf.end > inner.end)) return false
    }
    const known = Math.min(inner.end, groupEnd)
    for (let i = inner.start; i < known && !control; i++) control = bytes[i]! < 32 && ![9, 10, 13].includes(bytes[i]!)
    at = inner.end
  }
  return control || (group.end === group.start && end > start + 2)
}

interface Field {
  readonly field: number
  readonly start: number
  readonly end: number
}

/** The length-delimited field that starts at `at`; it may end past `end`. */
function lengthDelimited(bytes: Buffer, at: number, end: number): Field | undefined {
  const tag = readVarint(bytes, at)
  if (!tag || (tag.value & 7) !== 2 || tag.value < 8) return undefined
  const length = readVarint(bytes, tag.end)
  if (!length || length.end > end) return undefined
  return { field: tag.value >>> 3, start: length.end, end: length.end + length.value }
}

/** Up to 35 bits; undefined when it is cut or longer. */
export function readVarint(bytes: Buffer, at: number): { value: number; end: number } | undefined {
  let value = 0
  for (let i = 0; i < 5; i++) {
    const byte = bytes[at + i]
    if (byte === undefined) return undefined
    value += (byte & 127) * 2 ** (7 * i)
    if (byte < 128) return { value, end: at + i + 1 }
  }
  return undefined
}
