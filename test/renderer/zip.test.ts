import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { zipOf } from '../../renderer/components/export/zip.ts'

test('an archive has every file with its name, its content and its check sum', async () => {
  const files = [
    { path: 'a/one.md', text: 'one' },
    { path: 'ü/two.md', text: 'zwei ü\n' },
  ]
  const bytes = Buffer.from(await zipOf(files).arrayBuffer())
  let at = 0
  for (const { path, text } of files) {
    expect(bytes.readUInt32LE(at)).toBe(0x04034b50)
    const [name, content] = [Buffer.from(path), Buffer.from(text)]
    expect(bytes.readUInt32LE(at + 14)).toBe(crc32(content))
    expect(bytes.subarray(at + 30, at + 30 + name.length)).toEqual(name)
    at += 30 + name.length
    expect(bytes.subarray(at, at + content.length)).toEqual(content)
    at += content.length
  }
  expect(bytes.readUInt32LE(bytes.length - 6)).toBe(at)
  expect(bytes.readUInt32LE(at)).toBe(0x02014b50)
  expect(bytes.readUInt16LE(bytes.length - 12)).toBe(2)
})
