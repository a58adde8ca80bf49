import { read } from 'node:fs'

const piece = 4 << 20

/** Bytes of an open file, read by another thread while those before them are worked on. */
export class AheadReader {
  private readonly fd: number
  private place: number
  private current: Buffer = Buffer.alloc(0)
  /** One is being filled; what is left of the other is `current`. */
  private readonly pieces: [Buffer, Buffer] = [Buffer.allocUnsafeSlow(piece), Buffer.allocUnsafeSlow(piece)]
  private coming: Promise<Buffer> | undefined

  /** From `place` of the file on. */
  constructor(fd: number, place: number) {
    this.fd = fd
    this.place = place
    this.next()
  }

  /** Answers 0 at the end of the file. */
  async read(target: Buffer, at: number, length: number): Promise<number> {
    if (this.current.length === 0) {
      if (!this.coming) return 0
      this.current = await this.coming
      this.next()
    }
    const count = this.current.copy(target, at, 0, length)
    this.current = this.current.subarray(count)
    return count
  }

  /** Resolves when the file is no longer used. */
  async settled(): Promise<void> {
    await this.coming?.catch(() => {})
  }

  private next(): void {
    this.pieces.reverse()
    const [into] = this.pieces
    const { fd, place } = this
    this.coming = new Promise<Buffer>((resolve, reject) => {
      read(fd, into, 0, into.length, place, (error, count) => {
        if (error) {
          reject(error)
          return
        }
        this.place += count
        resolve(into.subarray(0, count))
      })
    })
  }
}
