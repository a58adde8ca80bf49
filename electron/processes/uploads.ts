import { randomUUID } from 'node:crypto'
import { InspectorError } from '../../shared/domain/errors.ts'

/** A page that announced files has so many milliseconds to begin sending them. */
const patience = 60_000

export interface Announced {
  readonly name: string
  /** Absent when nobody knows: all that comes until the end. */
  readonly bytes?: number | undefined
}

/** One announced file, fed from outside. */
export interface SentFile {
  readonly name: string
  readonly bytes?: number
  /** The next piece; undefined at the end. Rejects when the sender went away. */
  next(): Promise<Uint8Array | undefined>
}

/**
 * Files that a sender announced and then sends as one stream. A piece is taken when the import asks for it, and only then
 * is its sender answered: whoever sends too fast waits.
 */
export class Upload {
  readonly key = randomUUID()
  readonly files: readonly SentFile[]
  private readonly pieces: { readonly bytes: Uint8Array; taken(): void; refused(error: Error): void }[] = []
  private rest: Uint8Array = new Uint8Array(0)
  private asking: (() => void) | undefined
  private ended = false
  private broken: InspectorError | undefined
  private clock: NodeJS.Timeout | undefined

  constructor(announced: readonly Announced[]) {
    const left = announced.map(({ bytes }) => bytes ?? Number.POSITIVE_INFINITY)
    const takeOf = async (file: number): Promise<Uint8Array | undefined> => {
      if (left[file] === 0) return undefined
      const piece = await this.take(left[file]!)
      if (piece === undefined && Number.isFinite(left[file]!)) throw cutShort()
      left[file]! -= piece?.length ?? 0
      return piece
    }
    this.files = announced.map(({ name, bytes }, file) => {
      const next = async (): Promise<Uint8Array | undefined> => {
        // Of files before this one that were given up early, the rest is still to come: it is not this file's.
        for (let before = 0; before < file; before++) while (left[before]! > 0) await takeOf(before)
        return takeOf(file)
      }
      return bytes === undefined ? { name, next } : { name, bytes, next }
    })
    this.clock = setTimeout(() => this.break(), patience)
    this.clock.unref()
  }

  /** The sender is there. */
  begin(): void {
    clearTimeout(this.clock)
  }

  /** Resolves when the piece was taken. */
  send(bytes: Uint8Array): Promise<void> {
    if (this.broken) return Promise.reject(this.broken)
    return new Promise((taken, refused) => {
      this.pieces.push({ bytes, taken, refused })
      this.asking?.()
    })
  }

  end(): void {
    this.ended = true
    this.asking?.()
  }

  /** The sender went away, or the import ended and nobody will take another piece. */
  break(): void {
    clearTimeout(this.clock)
    this.broken ??= cutShort()
    for (const piece of this.pieces.splice(0)) piece.refused(this.broken)
    this.asking?.()
  }

  private async take(most: number): Promise<Uint8Array | undefined> {
    while (this.rest.length === 0) {
      if (this.broken) throw this.broken
      const piece = this.pieces.shift()
      if (piece) {
        this.rest = piece.bytes
        piece.taken()
      } else if (this.ended) return undefined
      else await new Promise<void>(resolve => (this.asking = resolve))
    }
    const part = this.rest.subarray(0, most)
    this.rest = this.rest.subarray(part.length)
    return part
  }
}

function cutShort(): InspectorError {
  return new InspectorError('import/cut-short', 'What was sent ended before the file did.')
}
