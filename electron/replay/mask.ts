import { Buffer } from 'node:buffer'
import type { CallPiece, Piece } from '../../shared/replay/pieces.ts'

/** Of shorter ones ("ollama", "EMPTY") none is secret, and they are words of texts. */
const shortestSecret = 16
const shown = '(key)'

/**
 * Takes a key out of what a provider says, for some repeat a wrong one: as it is or in other case (a host's name), as JSON
 * may write it, as an address does, in hexadecimal digits, in base64 by itself or within a longer text (`user:key`). A
 * provider has the key that it was sent: one that hides it on purpose, or says a part of it, is not found.
 */
export class Mask {
  private readonly patterns: readonly RegExp[]
  /** What a key begins with that comes in pieces: texts whose case says nothing, and others. */
  private readonly caseless: readonly string[]
  private readonly cased: readonly string[]
  private readonly longest: number
  /** The end of what was said and may be the beginning of the key, by what it was said in. */
  private readonly held = new Map<string, string>()

  constructor(key = '') {
    const isSecret = key.length >= shortestSecret
    const hex = Buffer.from(key).toString('hex')
    const encoded = isSecret ? [0, 1, 2].map(before => base64Of(key, before)) : []
    this.caseless = isSecret ? [key.toLowerCase(), hex] : []
    this.cased = encoded.flatMap(one => [one, one.replaceAll('-', '+').replaceAll('_', '/')])
    this.patterns = isSecret
      ? [
          new RegExp(`${patternOf(key.toLowerCase())}|${hex}`, 'gi'),
          new RegExp(encoded.map(patternOfBase64).join('|'), 'g'),
        ]
      : []
    this.longest = Math.max(0, ...[...this.caseless, ...this.cased].map(one => one.length))
  }

  text(text: string): string {
    return this.patterns.reduce((masked, pattern) => masked.replace(pattern, shown), text)
  }

  /** The next piece of an answer, less what may go on to be the key: that comes with the piece after it, or with `rest`. */
  piece(piece: Piece): Piece {
    if (this.patterns.length === 0) return piece
    const { text, reasoning, toolCalls, ...more } = piece
    return {
      ...more,
      ...(text === undefined ? {} : { text: this.next('text', text) }),
      ...(reasoning === undefined ? {} : { reasoning: this.next('reasoning', reasoning) }),
      ...(toolCalls === undefined ? {} : { toolCalls: toolCalls.map(call => this.call(call)) }),
    }
  }

  /** What was held back to the end: it was no key. */
  rest(): Piece[] {
    const pieces = [...this.held].flatMap(([where, text]): Piece | readonly Piece[] => {
      if (text === '') return []
      if (where === 'text' || where === 'reasoning') return { [where]: text }
      return { toolCalls: [{ index: Number(where), arguments: text }] }
    })
    this.held.clear()
    return pieces
  }

  private call({ arguments: said, ...call }: CallPiece): CallPiece {
    return { ...call, ...(said === undefined ? {} : { arguments: this.next(String(call.index), said) }) }
  }

  private next(where: string, said: string): string {
    const text = this.text((this.held.get(where) ?? '') + said)
    const cut = text.length - this.begun(text)
    this.held.set(where, text.slice(cut))
    return text.slice(0, cut)
  }

  /** How many characters at the end of a text the key begins with, in any spelling of it. */
  private begun(text: string): number {
    const end = text.slice(1 - this.longest)
    const small = end.toLowerCase()
    for (let from = 0; from < end.length; from++) {
      const [asIs, inSmall] = [end.slice(from), small.slice(from)]
      if (this.cased.some(one => one.startsWith(asIs)) || this.caseless.some(one => one.startsWith(inSmall)))
        return end.length - from
    }
    return 0
  }
}

/** The characters of base64 that a key alone decides, `before` bytes of something else in front of it. In the alphabet of addresses. */
function base64Of(key: string, before: number): string {
  const bytes = Buffer.from('\0'.repeat(before) + key)
  const whole = Math.floor((bytes.length * 8) / 6)
  return bytes.toString('base64url').slice(Math.ceil((before * 8) / 6), whole)
}

function patternOf(text: string): string {
  return Array.from(text, spellings).join('')
}

/** In either alphabet. */
function patternOfBase64(text: string): string {
  const either = (character: string): string => {
    const other = character === '-' ? '+' : character === '_' ? '/' : undefined
    return other === undefined ? spellings(character) : `(?:${spellings(character)}|${spellings(other)})`
  }
  return Array.from(text, either).join('')
}

/** One character as it is, as `\u0041` or `\"` of JSON, as `%41` of an address. */
function spellings(character: string): string {
  // A backslash is taken along only where JSON would have put it: any other is of the text before the key.
  const plain = character.replace(/[^a-z0-9]/i, /["\\/]/.test(character) ? '\\\\?\\$&' : '\\$&')
  const hex = [character, character.toUpperCase()].map(one => one.charCodeAt(0).toString(16).padStart(2, '0'))
  const codes = [...new Set(hex.flatMap(one => [one, one.toUpperCase()]))].join('|')
  return `(?:${plain}|(?:\\\\u00|%)(?:${codes}))`
}
