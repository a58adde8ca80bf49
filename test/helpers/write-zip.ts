import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  readonly name: string
  readonly content: Uint8Array
  /** 0 stored, 8 deflated; anything else is written as it stands. */
  readonly method?: number
  readonly flags?: number
  /** Unix file type and rights. */
  readonly mode?: number
}

/** A zip archive of these members, whatever they are called. */
export function writeZip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, method = 8, flags = 0x800, mode = 0o100644 } of entries) {
    const data = method === 8 ? deflateRawSync(content) : Buffer.from(content)
    const label = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(label.length, 22)
    const end = Buffer.alloc(14)
    end.writeUInt32LE((mode << 16) >>> 0, 6)
    end.writeUInt32LE(at, 10)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, label, data])
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 3]), common, end, label]))
    parts.push(local)
    at += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, listed, end])
}

/** Written in one go, as by a program that does not know the sizes yet: they stand after the data of each member. */
export function writeZipAsStream(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = []
  for (const { name, content, method = 8 } of entries) {
    const data = method === 8 ? deflateRawSync(content) : Buffer.from(content)
    const label = Buffer.from(name)
    const head = Buffer.alloc(30)
    head.write('PK\u0003\u0004', 'latin1')
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(0x808, 6)
    head.writeUInt16LE(method, 8)
    head.writeUInt16LE(label.length, 26)
    const after = Buffer.alloc(16)
    after.write('PK\u0007\u0008', 'latin1')
    after.writeUInt32LE(crc32(content), 4)
    after.writeUInt32LE(data.length, 8)
    after.writeUInt32LE(content.length, 12)
    parts.push(head, label, data, after)
  }
  // What follows is never read: the beginning of a list that is cut.
  return Buffer.concat([...parts, Buffer.from('PK\u0001\u0002')])
}
