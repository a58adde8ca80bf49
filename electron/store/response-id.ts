import { hash } from 'node:crypto'

/** Response ids are only compared: 52 bits of their hash do, never 0; 0 for none. */
export function hashResponseId(text: string | undefined): number {
  if (!text) return 0
  // As text, which is half the work of a buffer.
  return Number.parseInt(hash('sha256', text, 'hex').slice(0, 13), 16) || 1
}
