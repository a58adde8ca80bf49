// Zstandard: https://datatracker.ietf.org/doc/html/rfc8878. Frames one after another; skippable ones say nothing to us.

import { createZstdDecompress, type ZstdDecompress } from 'node:zlib'
import { pieceSize } from './gunzip.ts'
import { UnpackReader } from './unpack.ts'

const frameMagic = 0xfd2fb528
/** Sixteen of them: the last digit is the writer's. */
const skippableMagic = 0x184d2a50

export function isZstd(head: Buffer, at = 0): boolean {
  if (head.length < at + 4) return false
  const magic = head.readUInt32LE(at)
  return magic === frameMagic || (magic & ~15) >>> 0 === skippableMagic
}

export class UnzstdReader extends UnpackReader {
  protected readonly name = 'zstd'

  protected async openMember(): Promise<ZstdDecompress | undefined> {
    while (await this.fill(4)) {
      if (!isZstd(this.input)) {
        this.damaged('import/trailing-garbage', 'After the zstd data stand bytes that are not zstd.')
        return undefined
      }
      if (this.input.readUInt32LE(0) === frameMagic) return createZstdDecompress({ chunkSize: pieceSize })
      if (!(await this.skipFrame())) {
        this.damaged('import/truncated', 'The zstd file ends inside a frame that is to be skipped.')
        return undefined
      }
    }
    if (this.input.length > 0) {
      this.damaged('import/trailing-garbage', 'After the zstd data stand bytes that are not zstd.')
    }
    return undefined
  }

  private async skipFrame(): Promise<boolean> {
    if (!(await this.fill(8))) return false
    let length = this.input.readUInt32LE(4)
    this.consume(8)
    while (length > 0) {
      if (!(await this.fill(1))) return false
      const step = Math.min(length, this.input.length)
      this.consume(step)
      length -= step
    }
    return true
  }

  /** A frame checks itself. */
  protected closeMember(): Promise<void> {
    return Promise.resolve()
  }
}
