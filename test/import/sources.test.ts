import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { expandInputs } from '../../electron/import/inputs.ts'
import { openFile } from '../../electron/import/sources/bytes.ts'
import { readContent, row, type ReadFile } from './helpers.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'spanwise-sources-'))
afterAll(() => rmSync(folder, { recursive: true }))

const text = Array.from({ length: 50 }, (_, i) => JSON.stringify({ ...row(`grüße ${i} 🎈`), span_id: `s${i}` })).join(
  '\n',
)
const bytes = Buffer.from(text)
const plain = await readContent(text)
function checkSame(file: ReadFile): void {
  expect(file.records).toEqual(plain.records)
  expect(file.unreadable).toEqual([])
}

test.each<[string, Buffer]>([
  ['a UTF-8 mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])],
  ['UTF-16, little end first', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16, big end first', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
  ['gzip', gzipSync(text)],
  ['gzip of UTF-16', gzipSync(Buffer.from(`\ufeff${text}`, 'utf16le'))],
  ['gzip in two members', Buffer.concat([gzipSync(text.slice(0, 1000)), gzipSync(text.slice(1000))])],
  [
    'gzip in members of one byte',
    Buffer.concat(
      [...bytes.subarray(0, 100)].map(byte => gzipSync(Buffer.of(byte))).concat(gzipSync(bytes.subarray(100))),
    ),
  ],
  ['gzip with padding', Buffer.concat([gzipSync(text), Buffer.alloc(512)])],
])('%s changes nothing', async (_what, bytes) => {
  checkSame(await readContent(bytes))
  checkSame(await readContent(bytes, 7))
})

test('gzip cut anywhere gives what came before the cut and says so', async () => {
  const packed = gzipSync(text)
  for (let cut = 2; cut < packed.length; cut += 37) {
    const { records, unreadable, failure } = await readContent(packed.subarray(0, cut))
    expect([...unreadable.map(({ code }) => code), failure?.code]).toContain('import/truncated')
    // the last record may be cut itself
    const whole = records.slice(0, -1)
    expect(whole).toEqual(plain.records.slice(0, whole.length))
  }
})

test('gzip with garbage after it is read, and the garbage told', async () => {
  const file = await readContent(Buffer.concat([gzipSync(text), Buffer.from('garbage')]))
  expect(file.records).toEqual(plain.records)
  expect(file.unreadable).toMatchObject([{ byte: gzipSync(text).length, code: 'import/trailing-garbage' }])
})

test('damaged gzip is told', async () => {
  const packed = gzipSync(text)
  packed[packed.length - 6]! ^= 1
  const file = await readContent(packed)
  expect(file.records).toHaveLength(50)
  expect(file.unreadable).toMatchObject([{ code: 'import/damaged' }])
})

test.each([
  ['# Notes\n\nBuy milk.\n', 'plain text, not JSON', '# Notes Buy milk.'],
  ['"id","name"\n"1","milk"\n', 'a table (CSV), not JSON: export JSON or JSONL', '"id","name" "1","milk"'],
  ['id,name\n1,milk\n2,bread\n', 'a table (CSV), not JSON: export JSON or JSONL', 'id,name 1,milk 2,bread'],
  ['a: 1\nb:\n  - 2\n', 'YAML, not JSON', 'a: 1 b: - 2'],
  ["{'a': None}\n", 'a Python value as its repr() prints it, not JSON: write it with json.dumps', "{'a': None}"],
  ['{"a" 1}\n', 'broken JSON', '{"a" 1}'],
  ['<!doctype html><p>x', 'HTML or XML, not JSON', '<!doctype html><p>x'],
  ['data: {"a\ndata: b\n', 'a saved event stream, not a trace', 'data: {"a data: b'],
  ['\x1b]0;x\x07\u202eevil \u{e0041}', 'plain text, not JSON', '·]0;x··evil ·'],
  ['x'.repeat(100), 'plain text, not JSON', `${'x'.repeat(60)}…`],
])('a text that is no dump is told by its looks and its beginning: %j', async (content, sort, beginning) => {
  const message = `Not recognised: this looks like ${sort}. It begins with “${beginning}”.`
  for (const bytes of [Buffer.from(content), Buffer.from(`\ufeff${content}`, 'utf16le')]) {
    expect((await readContent(bytes)).file?.unknown).toEqual(['import/unrecognised', message])
  }
})

test('noise is no text, whichever noise', async () => {
  for (let seed = 1; seed <= 200; seed++) {
    let state = seed * 2_654_435_761
    const noise = Buffer.from(Array.from({ length: 5000 }, () => (state = (state * 48_271) % 2_147_483_647) >> 8))
    const { failure } = await readContent(noise)
    expect(failure?.code).toMatch(/^import\/(unrecognised|unsupported|damaged|truncated)$/)
  }
})

test('a file that becomes shorter while it is read is not taken for whole', () => {
  const file = path.join(folder, 'shrinking')
  writeFileSync(file, 'x'.repeat(100))
  const source = openFile(file)
  const target = Buffer.alloc(50)
  expect(source.read(target, 0, 50)).toBe(50)
  truncateSync(file, 50)
  expect(() => source.read(target, 0, 50)).toThrow('shorter')
  source.close()
})

test('a large file comes whole and in its order, in pieces of any size', async () => {
  const file = path.join(folder, 'large')
  const content = Buffer.alloc(20_000_001)
  for (let at = 0; at + 4 <= content.length; at += 4) content.writeUInt32LE(at, at)
  writeFileSync(file, content)
  const source = openFile(file)
  const target = Buffer.alloc(content.length + 1)
  let have = 0
  for (const length of [10, 5_000_000, 4096, 1, 9_000_000, 30_000_000, ...Array<number>(8).fill(30_000_000)])
    have += await source.read(target, have, Math.min(length, target.length - have))
  expect(have).toBe(content.length)
  expect(target.subarray(0, have).equals(content)).toBe(true)
  expect(source.consumed).toBe(content.length)
  expect(await source.read(target, 0, 1)).toBe(0)
  source.close()
})

test('a large file that becomes shorter while it is read is not taken for whole, and may be closed at any time', async () => {
  const file = path.join(folder, 'large-shrinking')
  writeFileSync(file, Buffer.alloc(40_000_000))
  const source = openFile(file)
  const target = Buffer.alloc(4 << 20)
  await source.read(target, 0, target.length)
  truncateSync(file, 20_000_000)
  const rest = async (): Promise<void> => {
    for (;;) if ((await source.read(target, 0, target.length)) === 0) return
  }
  await expect(rest()).rejects.toThrow('shorter')
  source.close()
  const other = openFile(file)
  await other.read(target, 0, target.length)
  other.close()
})

test('a file that is replaced while it is read is read as it was', () => {
  const file = path.join(folder, 'replaced')
  writeFileSync(file, 'a'.repeat(100))
  const source = openFile(file)
  const target = Buffer.alloc(100)
  expect(source.read(target, 0, 50)).toBe(50)
  writeFileSync(`${file}.new`, 'b'.repeat(500))
  renameSync(`${file}.new`, file)
  expect(source.read(target, 50, 50)).toBe(50)
  expect(source.read(target, 0, 50)).toBe(0)
  expect(target.toString()).toBe('a'.repeat(100))
  source.close()
})

test.each<[string, Buffer, string]>([
  ['nothing', Buffer.alloc(0), 'import/empty'],
  ['noise', Buffer.from(Array.from({ length: 600 }, (_, i) => (i * 7919 + (i >> 3)) & 255)), 'import/unrecognised'],
  ['zstd that ends at once', Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 'import/truncated'],
  ['a zip file without its list', Buffer.from('PK\u0003\u0004rest of it'), 'import/damaged'],
  ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4]), 'import/unsupported'],
  ['tar', Buffer.concat([Buffer.from('traces.json'.padEnd(257, '\0')), Buffer.from('ustar\0')]), 'import/unsupported'],
  ['Parquet', Buffer.from('PAR1 and more'), 'import/unsupported'],
  ['SQLite', Buffer.from('SQLite format 3\0 and more'), 'import/unsupported'],
])('%s is refused by what it is', async (_what, bytes, code) => {
  const file = await readContent(bytes)
  expect(file.failure?.code).toBe(code)
  expect(file.records).toEqual([])
})

const codeOf = (open: () => unknown): unknown => {
  try {
    open()
  } catch (error) {
    return (error as { code: unknown }).code
  }
  return undefined
}

test('what is no file is refused without waiting for it', () => {
  const pipe = path.join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  const loop = path.join(folder, 'loop')
  symlinkSync(loop, loop)
  expect(codeOf(() => openFile(path.join(folder, 'nowhere')))).toBe('import/missing')
  expect(codeOf(() => openFile(loop))).toBe('import/missing')
  for (const place of [folder, pipe, '/dev/zero']) expect(codeOf(() => openFile(place))).toBe('import/not-a-file')
})

test('a folder is its files, sorted, without hidden ones and links to folders', () => {
  const dumps = path.join(folder, 'dumps')
  mkdirSync(path.join(dumps, 'b'), { recursive: true })
  for (const name of ['z', 'a', '.hidden', 'b/x']) writeFileSync(path.join(dumps, name), name)
  symlinkSync(dumps, path.join(dumps, 'again'))
  const found = expandInputs([{ path: dumps }, { path: path.join(folder, 'missing') }])
  expect(found.map(file => path.relative(folder, file.path))).toEqual(['dumps/a', 'dumps/b/x', 'dumps/z', 'missing'])
  expect(found.map(({ size }) => size)).toEqual([1, 3, 1, 0])
})
