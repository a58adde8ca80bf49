// Brotli: https://datatracker.ietf.org/doc/html/rfc7932. It has no mark to know it by.

import { createBrotliDecompress, type BrotliDecompress } from 'node:zlib'
import type { ByteReader } from './byte-reader.ts'
import { pieceSize } from './gunzip.ts'
import { UnpackReader } from './unpack.ts'

export class UnbrotliReader extends UnpackReader {
  protected readonly name = 'brotli'

  protected async openMember(): Promise<BrotliDecompress | undefined> {
    if (this.members === 0) return createBrotliDecompress({ chunkSize: pieceSize })
    if (await this.fill(1)) {
      this.damaged('import/trailing-garbage', 'After the brotli data stand bytes that do not belong to it.')
    }
    return undefined
  }

  protected closeMember(): Promise<void> {
    return Promise.resolve()
  }
}

/** How the text would begin if these bytes were the beginning of a brotli file; undefined when they are not. */
export async function tryBrotli(head: Buffer, most: number): Promise<Buffer | undefined> {
  let at = 0
  const bytes: ByteReader = {
    read: (target, to, length) => {
      const count = head.copy(target, to, at, Math.min(head.length, at + length))
      at += count
      return count
    },
  }
  let damaged = false
  const reader = new UnbrotliReader(bytes, issue => (damaged ||= issue.code !== 'import/truncated'))
  const target = Buffer.alloc(most)
  let have = 0
  while (have < most) {
    const count = await reader.read(target, have, most - have)
    if (count === 0) break
    have += count
  }
  reader.close()
  return damaged || have === 0 ? undefined : target.subarray(0, have)
}
