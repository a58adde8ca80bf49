import type { Bodies } from './bodies.ts'
import { parseReference } from '../store/kept-record.ts'
import { bodyText } from '../store/body-text.ts'
import type { DeferredText } from '../../shared/domain/raw-span.ts'
import type { Region, Scanner } from './scan/scanner.ts'

/** A reference of the skeleton at hand: "\u0000" + its number. */
const reference = /(?<!\\)"\\u0000(\d+)"/g

/** Turns records into kept texts (kept-record.ts), one after another, until the batch takes them. */
export class Keeper {
  private readonly scanner: Scanner
  private readonly bodies: Bodies
  private readonly staging: Region
  private readonly texts: Region
  private used = 0

  constructor(scanner: Scanner, bodies: Bodies) {
    this.scanner = scanner
    this.bodies = bodies
    this.staging = scanner.region(1 << 20)
    this.texts = scanner.region(4 << 20)
  }

  /** End of the last kept text. */
  get end(): number {
    return this.used
  }

  /** Keeps a text; `end` has moved then. */
  keep(json: string): void {
    const { scanner, staging } = this
    scanner.grow(staging, json.length * 3 + 64, 0)
    this.keepAt(staging.at, scanner.bytes.write(json, staging.at))
  }

  /** Keeps a text of the scan's memory, which must stand there as it would be printed. */
  keepAt(at: number, length: number): void {
    const { scanner, texts } = this
    for (let room = length + (length >>> 1) + 4096; ;) {
      scanner.grow(texts, this.used + room, this.used)
      const start = texts.at + this.used
      const end = scanner.exports.keep(at, length, start, texts.at + texts.size) >>> 0
      if (end === 1) room *= 2
      else if (end !== 0) {
        this.used = end - texts.at
        return
      } else this.findBodies()
    }
  }

  private findBodies(): void {
    const { scanner } = this
    const count = scanner.exports.nMissing.value
    for (let i = 0; i < count; i++) this.bodies.bodyOfElem(scanner.missingElem(i))
  }

  /** 52-bit hash of the text kept last, which began at `start`. */
  hash(start: number): number {
    return this.scanner.exports.hash52(this.texts.at + start, this.used - start)
  }

  /** The text kept last, which began at `start`. */
  text(start: number): string {
    return this.scanner.bytes.toString('utf8', this.texts.at + start, this.texts.at + this.used)
  }

  /** Forgets what was kept from `start` on. */
  drop(start: number): void {
    this.used = start
  }

  take(): Uint8Array {
    const { at } = this.texts
    const texts = new Uint8Array(this.scanner.bytes.subarray(at, at + this.used))
    this.used = 0
    return texts
  }

  /** The text a reference of the skeleton stands for. */
  textOf(written: string): string {
    const { first, count, separator } = this.scanner.refFields(numberOf(written))
    const texts: string[] = []
    for (let i = 0; i < count; i++) texts.push(bodyText(this.bodies.textOfElem(first + i)))
    return separator === 0 ? (texts[0] ?? '') : `[${texts.join(separator === 2 ? ', ' : ',')}]`
  }

  /** Elements of the list a reference stands for; undefined where the text was not cut into elements. */
  itemsOf(written: string): number | undefined {
    const { count, separator } = this.scanner.refFields(numberOf(written))
    return separator === 0 ? undefined : count
  }

  readonly defer = (written: string): DeferredText => new CutText(this, written)

  /** A printed record with every text in place. */
  restore(json: string): string {
    return json.replace(reference, (_, number: string) => JSON.stringify(this.textOf(`\0${number}`)))
  }

  /** Whether the text kept last refers to a body that was repaired. */
  refersToRepaired(start: number): boolean {
    if (this.bodies.repaired.size === 0) return false
    for (const [, rest = ''] of this.text(start).matchAll(/(?<!\\)"\\u0000([^"\\]*)"/g)) {
      if (parseReference(`\0${rest}`).ids.some(id => this.bodies.repaired.has(id))) return true
    }
    return false
  }
}

/** A reference of the skeleton is always to one reference of the scan. */
function numberOf(written: string): number {
  return Number(written.slice(1))
}

class CutText implements DeferredText {
  readonly deferred = true
  private readonly keeper: Keeper
  private readonly written: string
  private text: string | undefined

  constructor(keeper: Keeper, written: string) {
    this.keeper = keeper
    this.written = written
  }

  get items(): number | undefined {
    return this.keeper.itemsOf(this.written)
  }

  /** Only while its record is at hand. */
  read(): string {
    return (this.text ??= this.keeper.textOf(this.written))
  }
}
