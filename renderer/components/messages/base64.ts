import type { Part } from '../../../shared/domain/message.ts'

type MediaPart = Extract<Part, { type: 'media' }>

/** Largest thing that is decoded, in bytes: to be shown or saved. */
export const largestMedia = 64_000_000

/** The base64 a part carries, in its data or in a data: address. */
export function base64Of(part: MediaPart): string | undefined {
  const written = part.data ?? (part.uri?.startsWith('data:') ? part.uri : undefined)
  if (written === undefined || !written.startsWith('data:')) return written
  const comma = written.indexOf(',')
  return comma > 0 && comma < 200 && written.slice(0, comma).endsWith(';base64') ? written.slice(comma + 1) : undefined
}

/** Bytes that base64 text stands for, about. */
export function sizeOf(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0
  return Math.floor((base64.length * 3) / 4) - padding
}

/** Undefined for what is no base64, or too large. */
export function decode(base64: string): Uint8Array<ArrayBuffer> | undefined {
  if (sizeOf(base64) > largestMedia) return undefined
  try {
    const binary = atob(base64.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = new Uint8Array(binary.length)
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
    return bytes
  } catch {
    return undefined
  }
}
