import { isUtf8 } from 'node:buffer'

/**
 * The text of a stored body. Bodies are UTF-8, except that half a surrogate pair, which UTF-8 cannot say, stands as the
 * three bytes WTF-8 gives it: reading such a body as UTF-8 shows replacement characters, reading it here loses nothing.
 */
export function bodyText(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : wtf8(bytes)
}

/** The bytes that `bodyText` reads as this text. */
export function textBytes(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text)
  const pieces = text.split(/(\p{Cs})/u).map((piece, i) => {
    if (i % 2 === 0) return Buffer.from(piece)
    const unit = piece.charCodeAt(0)
    return Buffer.of(0xed, 0x80 | ((unit >> 6) & 63), 0x80 | (unit & 63))
  })
  return Buffer.concat(pieces)
}

function wtf8(bytes: Buffer): string {
  let text = ''
  let from = 0
  for (let i = 0; i + 2 < bytes.length; i++) {
    if (bytes[i] !== 0xed || bytes[i + 1]! < 0xa0) continue
    text += bytes.toString('utf8', from, i)
    text += String.fromCharCode(0xd000 | ((bytes[i + 1]! & 63) << 6) | (bytes[i + 2]! & 63))
    i += 2
    from = i + 1
  }
  return text + bytes.toString('utf8', from)
}
