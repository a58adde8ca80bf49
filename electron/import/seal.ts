import { hash } from 'node:crypto'
import { ownNames } from '../../shared/domain/own-names.ts'

// A span of our own OTLP export says nothing that the span it came from does not: a store that has the one needs no record
// of the other. That holds as long as nobody changes it, which its last attribute tells.

/** `around`, `span`: JSON as we print it; the span without its seal. */
export function sealOf(around: string, span: string): string {
  return hash('sha256', `${around}\n${span}`, 'hex').slice(0, 32)
}

export function sealPair(seal: string): object {
  return { key: ownNames.seal, value: { stringValue: seal } }
}

/** `span`: with its seal. */
export function isSealed(seal: string, around: string, span: string): boolean {
  const pair = JSON.stringify(sealPair(seal))
  const at = span.lastIndexOf(pair)
  if (at < 0) return false
  const start = span[at - 1] === ',' ? at - 1 : at
  return sealOf(around, span.slice(0, start) + span.slice(at + pair.length)) === seal
}
