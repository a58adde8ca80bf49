import type { JsonObject, JsonValue } from '../domain/json.ts'
import { isList, isObject } from './values.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * Base64 of bytes that went through `JSON.stringify`: a Uint8Array becomes `{"0": 137, "1": 80 …}`, a Buffer
 * `{"type": "Buffer", "data": [137, 80 …]}`. Undefined for any other object.
 */
export function base64OfBytes(value: JsonValue | undefined): string | undefined {
  if (!isObject(value)) return undefined
  const bytes = value['type'] === 'Buffer' && isList(value['data']) ? value['data'] : elements(value)
  if (bytes === undefined || bytes.length === 0 || !bytes.every(isByte)) return undefined
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i]!, bytes[i + 1], bytes[i + 2]]
    const three = (a << 16) | ((b ?? 0) << 8) | (c ?? 0)
    text += alphabet[three >> 18]! + alphabet[(three >> 12) & 63]!
    text += b === undefined ? '=' : alphabet[(three >> 6) & 63]!
    text += c === undefined ? '=' : alphabet[three & 63]!
  }
  return text
}

/** The values under "0", "1", "2" …: number-like names come first and in order, whatever the file's order. */
function elements(value: JsonObject): readonly JsonValue[] | undefined {
  if (!('0' in value)) return undefined
  const names = Object.keys(value)
  return names.every((name, i) => name === String(i)) ? names.map(name => value[name]!) : undefined
}

function isByte(value: JsonValue): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255
}
