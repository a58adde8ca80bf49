import { createInflateRaw, type InflateRaw } from 'node:zlib'
import { UnpackReader } from './unpack.ts'

/** What comes out of a compressed stream at a time. */
export const pieceSize = 1 << 17

/** Inflates gzip, all members. */
export class GunzipReader extends UnpackReader {
  protected readonly name = 'gzip'

  /** Reads a member's header. */
  protected async openMember(): Promise<InflateRaw | undefined> {
    if (!(await this.fill(1))) {
      if (this.members === 0) this.damaged('import/truncated', 'The gzip file ends inside its header.')
      return undefined
    }
    // padding after the last member
    while (this.members > 0 && this.input[0] === 0) {
      this.consume(1)
      if (!(await this.fill(1))) return undefined
    }
    const whole = await this.fill(10)
    const magic = [0x1f, 0x8b, 8].slice(0, this.input.length)
    if (magic.some((byte, i) => this.input[i] !== byte)) {
      this.damaged('import/trailing-garbage', 'After the gzip data stand bytes that are not gzip.')
      return undefined
    }
    const flags = this.input[3]!
    if (whole) this.consume(10)
    if (!whole || !(await this.skipHeaderFields(flags))) {
      this.damaged('import/truncated', 'The gzip file ends inside a header.')
      return undefined
    }
    return createInflateRaw({ chunkSize: pieceSize })
  }

  protected async closeMember(bytes: number, crc: number): Promise<void> {
    if (!(await this.fill(8))) return this.damaged('import/truncated', 'The gzip file ends before its checksum.')
    const sound = this.input.readUInt32LE(0) === crc && this.input.readUInt32LE(4) === bytes % 2 ** 32
    this.consume(8)
    if (!sound) this.damaged('import/damaged', 'The checksum of the gzip data does not match.')
  }

  private async skipHeaderFields(flags: number): Promise<boolean> {
    if (flags & 4) {
      if (!(await this.fill(2))) return false
      const length = this.input.readUInt16LE(0)
      if (!(await this.fill(2 + length))) return false
      this.consume(2 + length)
    }
    for (const flag of [8, 16]) {
      if (!(flags & flag)) continue
      for (;;) {
        if (!(await this.fill(1))) return false
        const end = this.input.indexOf(0)
        this.consume(end < 0 ? this.input.length : end + 1)
        if (end >= 0) break
      }
    }
    if (flags & 2) {
      if (!(await this.fill(2))) return false
      this.consume(2)
    }
    return true
  }
}
