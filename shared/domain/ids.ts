// Normal form of trace and span ids, for joining. What the file wrote stays in the kept record.

const hexIds = /^(?:[0-9a-f]{32}|[0-9a-f]{16})$/
const base64Ids = /^(?:[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{11}=|[A-Za-z0-9+/]{43}=)$/

/**
 * Drops `0x` and dashes and lower-cases hex; decodes base64 (twice encoded too). 48 or 24 hex digits whose base64 reads
 * as 32 or 16 hex characters were hex read as base64 by a gateway. Anything else is an opaque string, joined exactly.
 * All-zero ids are invalid by OTLP: undefined, like an empty one.
 */
export function normalizeId(written: unknown): string | undefined {
  if (typeof written !== 'string') {
    return typeof written === 'number' || typeof written === 'bigint' ? String(written) : undefined
  }
  if (written === '') return undefined
  if (isPlainHex(written)) return isZero(written) ? undefined : written
  const known = remembered.get(written)
  if (known !== undefined) return known
  const found = normalForm(written)
  if (found !== undefined && written.length < 100) remember(written, found)
  return found
}

/** Ids met lately: lines of one session name the same few again and again. */
const remembered = new Map<string, string>()
const mostRemembered = 2000

function remember(written: string, found: string): void {
  if (remembered.size >= mostRemembered) remembered.clear()
  remembered.set(written, found)
}

function normalForm(written: string): string | undefined {
  const bare = written.replace(/^0x/i, '').replaceAll('-', '').toLowerCase()
  if (hexIds.test(bare)) return isZero(bare) ? undefined : bare
  if (base64Ids.test(written)) return fromBase64(written)
  if (/^(?:[0-9a-f]{48}|[0-9a-f]{24})$/.test(bare)) {
    const text = toBase64(bare)
    if (hexIds.test(text)) return text
  }
  return written
}

/** The usual spelling. A loop over 32 characters takes half the time of the expression, and every span has three ids. */
function isPlainHex(text: string): boolean {
  if (text.length !== 32 && text.length !== 16) return false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (!((c >= 48 && c <= 57) || (c >= 97 && c <= 102))) return false
  }
  return true
}

function isZero(hex: string): boolean {
  return hex.charCodeAt(0) === 48 && /^0+$/.test(hex)
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function fromBase64(text: string): string | undefined {
  let bits = 0
  let count = 0
  let hex = ''
  let ascii = ''
  for (const char of text) {
    if (char === '=') break
    bits = (bits << 6) | alphabet.indexOf(char)
    count += 6
    if (count < 8) continue
    count -= 8
    const byte = (bits >> count) & 255
    hex += byte.toString(16).padStart(2, '0')
    ascii += String.fromCharCode(byte)
  }
  const twice = ascii.toLowerCase()
  if (hexIds.test(twice)) return isZero(twice) ? undefined : twice
  return isZero(hex) ? undefined : hex
}

function toBase64(hex: string): string {
  let text = ''
  for (let i = 0; i < hex.length; i += 6) {
    const three = Number.parseInt(hex.slice(i, i + 6), 16)
    text +=
      alphabet[three >> 18]! + alphabet[(three >> 12) & 63]! + alphabet[(three >> 6) & 63]! + alphabet[three & 63]!
  }
  return text
}
