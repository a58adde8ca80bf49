import { randomBytes } from 'node:crypto'
import { isJson, longLiterals, readLiteral, shortestLong } from './literals.ts'

/** Where a text comes from: a body, and the way through the long strings of its JSON; the empty way is the whole body. */
export interface Origin {
  readonly body: number
  readonly way: readonly number[]
}

/** The number of a text that is seen, the same for equal texts. */
export type NumberOf = (text: string, origin: Origin) => number

/**
 * Writes short stubs where long texts stand, so that formats and conventions read a span without decoding a history that
 * was read before: what they hand on says which text stands where. Only texts that reading merely passes on are replaced.
 * Stubs hold a secret of this run: no file can forge one. A text that comes out changed has its span read whole; a test compares
 * all texts of all fixtures.
 */
export class Stubs {
  private readonly mark = `\x01${randomBytes(6).toString('hex')}:`
  private readonly numberOf: NumberOf
  private readonly any: RegExp

  constructor(numberOf: NumberOf) {
    this.numberOf = numberOf
    this.any = new RegExp(`${this.mark}(\\d+);`, 'g')
  }

  /** A body as it is to be read. */
  stubBody(text: string, body: number): string {
    return this.stub(text, { body, way: [] })
  }

  /** A text that no file can hold. */
  secret(word: string): string {
    return `${this.mark}${word};`
  }

  /** The number of a text that is one stub. */
  numberIn(text: string): number | undefined {
    if (text.charCodeAt(0) !== 1 || !text.startsWith(this.mark)) return undefined
    let number = 0
    for (let at = this.mark.length; at < text.length - 1; at++) {
      const digit = text.charCodeAt(at) - 48
      if (digit < 0 || digit > 9) return undefined
      number = number * 10 + digit
    }
    return text.length > this.mark.length + 1 && text.endsWith(';') ? number : undefined
  }

  /** Whether some stub stands in a text, or in JSON of it. */
  isIn(text: string): boolean {
    return text.includes(this.mark.slice(1))
  }

  /**
   * The text with what its stubs stand for. Undefined where `textOf` lacks one, or where stubs went through something that
   * made other characters of them.
   */
  fill(text: string, textOf: (number: number) => string | undefined): string | undefined {
    if (!this.isIn(text)) return text
    let isWhole = true
    const filled = text.replace(this.any, (_, digits: string) => {
      const found = textOf(Number(digits))
      if (found === undefined) isWhole = false
      return found ?? ''
    })
    return isWhole && !this.isIn(filled) ? filled : undefined
  }

  private stub(text: string, origin: Origin): string {
    if (isPassedOn(text)) return `${this.mark}${this.numberOf(text, origin)};`
    return isStructured.test(text) && isJson(text) ? this.stubJson(text, origin) : text
  }

  /** Strings inside JSON, each where it stands: whoever parses the text finds stubs, and all else as it was. */
  private stubJson(text: string, { body, way }: Origin): string {
    if (way.length >= mostSteps) return text
    let stubbed = ''
    let copied = 0
    for (const [place, literal] of longLiterals(text).entries()) {
      const value = readLiteral(text, literal)
      if (value === undefined) continue
      const written = this.stub(value, { body, way: [...way, place] })
      if (written === value) continue
      stubbed += text.slice(copied, literal.from) + JSON.stringify(written)
      copied = literal.to
    }
    return stubbed + text.slice(copied)
  }
}

const mostSteps = 4
const isStructured = /^\s*[{[]/

/**
 * Whether a reading hands a text on as it is, whatever it says. Not what looks like JSON, markup or an address, which may be
 * taken apart, nor what may be a list of ids.
 */
function isPassedOn(text: string): boolean {
  return (
    text.length >= shortestLong &&
    !looksParsed.test(text) &&
    /\s/.test(text.slice(0, 512)) &&
    /\S/.test(text) &&
    text.isWellFormed()
  )
}

/** What conventions look for at the beginning of a text: JSON, a tag, `data:`, `event:`, an address with a scheme. */
const looksParsed = /^[\s\uFEFF]*(?:[{["<]|[a-z][a-z0-9+.-]{1,20}:|\p{Cc})/iu
