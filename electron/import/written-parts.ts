import type { JsonObject } from '../../shared/domain/json.ts'
import type { ScannedText } from './record-values.ts'
import { lineFlags, type Scanner } from './scan/scanner.ts'

/**
 * Where the parts of a record stand in the scanned text, for those that stand there exactly as they would be printed: these
 * need no printing to be kept. A part is the record itself, or an object where OTLP has its spans.
 */
export class WrittenParts {
  private readonly scanner: Scanner
  private text: ScannedText | undefined
  private record: JsonObject | undefined
  private leaves: readonly object[] | undefined
  /** The leaf asked for last. */
  private next = 0
  start = 0
  length = 0

  constructor(scanner: Scanner) {
    this.scanner = scanner
  }

  begin(record: JsonObject, text: ScannedText | undefined): void {
    this.record = record
    this.text = text !== undefined && (text.flags & lineFlags.keys) === 0 ? text : undefined
    this.leaves = undefined
    this.next = 0
  }

  /** Whether this part can be kept from `start` on, `length` bytes. */
  find(part: object): boolean {
    const { text } = this
    if (text === undefined) return false
    if (part === this.record) return (text.flags & lineFlags.odd) === 0 && this.set(text.start, text.end)
    const place = this.placeOf(part)
    if (place < 0) return false
    const { start, end, odd, doubt } = this.scanner.leafFields(text.firstLeaf + place)
    return !odd && (doubt === 0 || this.isPrinted(doubt)) && this.set(start, end)
  }

  /** Which of the leaves this part is; -1 for none of them. */
  placeOf(part: object): number {
    const { text, next } = this
    if (text === undefined || text.leaves === 0) return -1
    this.leaves ??= leavesOf(this.record!)
    // Formats take their spans in the order of the file, and of each this is asked twice.
    let place = next
    if (this.leaves[place] !== part) place = this.leaves[next + 1] === part ? next + 1 : this.leaves.indexOf(part)
    if (place < 0 || this.leaves.length !== text.leaves) return -1
    return (this.next = place)
  }

  /** Whether the record has `{}` in place of its leaves. */
  get isOutline(): boolean {
    return this.text?.isOutline === true
  }

  /** What stands in the text in place of a leaf. */
  parseLeaf(place: number): object {
    const { start, end } = this.scanner.leafFields(this.text!.firstLeaf + place)
    return JSON.parse(this.scanner.bytes.utf8Slice(start, end)) as object
  }

  /** Whether the number around this decimal point is the one that its double prints. */
  private isPrinted(point: number): boolean {
    const near = this.scanner.bytes.toString('latin1', point - 24, point + 24)
    const digits = /\d+$/.exec(near.slice(0, 24))![0] + /^\.\d+/.exec(near.slice(24))![0]
    return String(Number(digits)) === digits
  }

  private set(start: number, end: number): boolean {
    this.start = start
    this.length = end - start
    return true
  }
}

/** In the order of the text: no key was dropped or moved. */
function leavesOf(record: JsonObject): object[] {
  const leaves: object[] = []
  for (const outer of objectsBelow(record)) {
    for (const inner of objectsBelow(outer)) for (const leaf of objectsBelow(inner)) leaves.push(leaf)
  }
  return leaves
}

function objectsBelow(object: object): object[] {
  const found: object[] = []
  for (const value of Object.values(object)) {
    if (!Array.isArray(value)) continue
    for (const item of value as unknown[]) {
      if (typeof item === 'object' && item !== null && !Array.isArray(item)) found.push(item)
    }
  }
  return found
}
