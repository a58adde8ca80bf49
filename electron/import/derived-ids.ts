import { hash } from 'node:crypto'
import type { RawSpan } from '../../shared/domain/raw-span.ts'

/** Hash of what a record says, its texts in place: the same in every store. */
export function contentHash(restored: string): string {
  return hash('sha256', restored, 'hex')
}

/**
 * Gives a record without ids some: from what it says and its number among equal records of its import, so that reading a
 * file again, renamed or joined to another, gives the same.
 */
export function fillIds(raw: RawSpan, restored: string, occurrence: number): RawSpan {
  if (raw.traceId !== '' && raw.spanId !== '') return raw
  const digest = contentHash(`${occurrence} ${restored}`)
  return {
    ...raw,
    traceId: raw.traceId === '' ? digest.slice(0, 32) : raw.traceId,
    spanId: raw.spanId === '' ? digest.slice(32, 48) : raw.spanId,
    marks: [...raw.marks, 'derived-id'],
  }
}
