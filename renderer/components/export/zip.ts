// Files as one archive, not packed: they are texts, and whoever wants them in git unpacks them first.

const encoder = new TextEncoder()
/** Names are UTF-8. */
const utf8 = 0x0800
/** 1980-01-01: the same files are the same archive. */
const noDate = 0x0021

/** An archive of fewer than 65,536 files and 4 GB; paths with `/` between folders. */
export function zipOf(files: readonly { readonly path: string; readonly text: string }[]): Blob {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const directory: Uint8Array<ArrayBuffer>[] = []
  let at = 0
  for (const { path, text } of files) {
    const [name, content] = [encoder.encode(path), encoder.encode(text)]
    const common = [
      [2, 20],
      [2, utf8],
      [2, 0],
      [2, 0],
      [2, noDate],
      [4, crc32(content)],
      [4, content.length],
      [4, content.length],
      [2, name.length],
      [2, 0],
    ] as const
    const head = record([[4, 0x04034b50], ...common])
    directory.push(record([[4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]]), name)
    pieces.push(head, name, content)
    at += head.length + name.length + content.length
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0)
  const end = record([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, files.length],
    [2, files.length],
    [4, size],
    [4, at],
    [2, 0],
  ])
  return new Blob([...pieces, ...directory, end], { type: 'application/zip' })
}

/** Numbers of two or four bytes, the lowest first. */
function record(fields: readonly (readonly [bytes: 2 | 4, value: number])[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [bytes]) => sum + bytes, 0)))
  let at = 0
  for (const [bytes, value] of fields) {
    if (bytes === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += bytes
  }
  return new Uint8Array(view.buffer)
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  return sum
})

function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff
  for (let i = 0; i < bytes.length; i++) sum = table[(sum ^ bytes[i]!) & 0xff]! ^ (sum >>> 8)
  return (sum ^ 0xffffffff) >>> 0
}
