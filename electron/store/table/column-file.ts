import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Files whose tables nobody holds any more, some columns of which were never asked for. */
const forgotten = new FinalizationRegistry<number>(fd => closeSync(fd))

/** A file that is read a piece at a time: of fifty columns a question needs a dozen. It stays open until `close`. */
export class ColumnFile {
  readonly size: number
  private readonly fd: number

  constructor(path: string) {
    this.fd = openSync(path, 'r')
    forgotten.register(this, this.fd, this)
    this.size = fstatSync(this.fd).size
  }

  /** Bytes of their own, so that numbers of any width can be looked at where they lie. */
  read(at: number, length: number): Uint8Array<ArrayBuffer> {
    if (!(at >= 0 && at + length <= this.size)) throw new Error('A column lies outside its file.')
    // All of it is read, or none: there is no need for zeros first. Who looks at words sees whole ones.
    const bytes = new Uint8Array(Buffer.allocUnsafeSlow(Math.ceil(length / 4) * 4).buffer, 0, length)
    for (let done = 0; done < length;) {
      const read = readSync(this.fd, bytes, done, Math.min(length - done, 1 << 30), at + done)
      if (read === 0) throw new Error('A file of columns ended early.')
      done += read
    }
    return bytes
  }

  close(): void {
    if (forgotten.unregister(this)) closeSync(this.fd)
  }
}
