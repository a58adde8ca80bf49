import { textGate } from './text-gate.ts'

const shown = 512

/** Well-formed UTF-8 of more than one byte, or one byte that is no text by itself. As Latin-1, a character a byte. */
const odd =
  // oxlint-disable-next-line no-control-regex
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]|[\0-\x08\x0b-\x1f\x7f]/g

/**
 * The first 512 bytes of a record that cannot be read, for a person: text as it is, a byte that is none as `\xNN`. Stored
 * with the receipt, so it passes the gate.
 */
export function showBytes(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, shown))
  const passed = textGate(head, 0, head.length, false) ?? head
  // A character that the end cuts is left out rather than shown broken.
  const whole = bytes.length > shown ? passed.subarray(0, endOfText(passed)) : passed
  return whole.toString('latin1').replace(odd, found => {
    if (found.length > 1) return Buffer.from(found, 'latin1').toString()
    return `\\x${found.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
}

function endOfText(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return length > back ? bytes.length - back : bytes.length
    }
    if (byte < 0x80) break
  }
  return bytes.length
}
