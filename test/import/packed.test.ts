import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { openFile } from '../../electron/import/sources/bytes.ts'
import { encodeRequest } from '../helpers/otlp-proto.ts'
import { writeZip, writeZipAsStream } from '../helpers/write-zip.ts'
import { otlpSpan, readContent, Reading, request, row, type ReadFile } from './helpers.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'spanwise-packed-'))
afterAll(() => rmSync(folder, { recursive: true }))

const lines = Array.from({ length: 2000 }, (_, i) => JSON.stringify({ ...row(`grüße ${i} 🎈`), span_id: `s${i}` }))
const text = lines.join('\n')
const plain = await readContent(text)
const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3])
const empty = zstdCompressSync(Buffer.alloc(0))

function checkSame(file: ReadFile): void {
  expect(file.records).toEqual(plain.records)
  expect(file.unreadable).toEqual([])
}

test.each<[string, Buffer, string]>([
  ['zstd', zstdCompressSync(text), 'zstd'],
  [
    'zstd in frames',
    Buffer.concat([zstdCompressSync(text.slice(0, 1000)), empty, zstdCompressSync(text.slice(1000))]),
    'zstd',
  ],
  ['zstd with frames to skip', Buffer.concat([skippable, zstdCompressSync(text), skippable]), 'zstd'],
  ['brotli', brotliCompressSync(text), 'brotli'],
  ['brotli of little', brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }), 'brotli'],
  ['zstd of UTF-16', zstdCompressSync(Buffer.from(`\ufeff${text}`, 'utf16le')), 'zstd'],
])('%s changes nothing', async (_what, bytes, packed) => {
  for (const pieces of [undefined, 7]) {
    const file = await readContent(bytes, pieces)
    checkSame(file)
    expect(file.file?.packed).toEqual([packed])
  }
})

test('small files of each packing are known too', async () => {
  const one = JSON.stringify(row('x'))
  const proto = encodeRequest(request(otlpSpan()))
  const packings: ((bytes: Buffer) => Buffer)[] = [gzipSync, zstdCompressSync, brotliCompressSync]
  for (const pack of packings) {
    for (const content of [Buffer.from(one), proto]) expect((await readContent(pack(content))).records).toHaveLength(1)
  }
})

test.each<[string, (bytes: Buffer) => Buffer]>([
  ['zstd', zstdCompressSync],
  ['brotli', brotliCompressSync],
])('%s cut anywhere gives what came before the cut and says so', async (_what, pack) => {
  const packed = pack(Buffer.from(text))
  const reading = new Reading()
  for (let cut = 5; cut < packed.length; cut += Math.ceil(packed.length / 40)) {
    const { records, unreadable, failure } = await reading.read(packed.subarray(0, cut))
    // of brotli's first bytes nothing tells what they are
    expect([...unreadable.map(({ code }) => code), failure?.code].join(' ')).toMatch(/truncated|unrecognised/)
    const whole = records.slice(0, -1).map(({ record }) => record)
    expect(whole).toEqual(plain.records.slice(0, whole.length).map(({ record }) => record))
  }
})

test('after zstd and brotli, garbage is told', async () => {
  for (const pack of [zstdCompressSync, brotliCompressSync]) {
    const packed = pack(Buffer.from(text))
    const file = await readContent(Buffer.concat([packed, Buffer.from('garbage')]))
    expect(file.records).toEqual(plain.records)
    expect(file.unreadable).toMatchObject([{ byte: packed.length, code: 'import/trailing-garbage' }])
  }
})

test('a damaged zstd frame is told', async () => {
  const packed = zstdCompressSync(text)
  packed.fill(0xff, packed.length >> 1, (packed.length >> 1) + 20)
  const { unreadable, failure } = await readContent(packed)
  expect([...unreadable.map(({ code }) => code), failure?.code]).toContain('import/damaged')
})

test('packed twice is refused, whatever is inside what', async () => {
  const packings: ((bytes: Buffer) => Buffer)[] = [
    gzipSync,
    zstdCompressSync,
    bytes => writeZip([{ name: 'a', content: bytes }]),
  ]
  for (const outer of packings.slice(0, 2)) {
    for (const inner of packings) {
      expect((await readContent(outer(inner(Buffer.from(text))))).failure?.code).toBe('import/compressed-twice')
    }
  }
  const deep = await readContent(gzipSync(gzipSync(gzipSync(text))))
  expect(deep.failure?.code).toBe('import/compressed-twice')
})

const spaces = Buffer.alloc(200 << 20, ' ')
spaces[0] = 0x7b
test.each<[string, Buffer, RegExp]>([
  ['gzip', gzipSync(spaces), /bomb/],
  ['zstd', zstdCompressSync(spaces), /bomb/],
  ['brotli', brotliCompressSync(spaces, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }), /bomb/],
  ['brotli of nothing we know', brotliCompressSync(Buffer.alloc(200 << 20)), /unrecognised/],
  ['zip', writeZip([{ name: 'a.json', content: spaces }]), /bomb/],
  [
    'zip of many',
    writeZip(Array.from({ length: 100 }, () => ({ name: 'a.json', content: spaces.subarray(0, 2 << 20) }))),
    /bomb/,
  ],
])('a bomb is stopped: %s', async (_what, bomb, code) => {
  const reading = new Reading()
  await reading.read(JSON.stringify(row('warm')))
  const before = process.memoryUsage().rss
  const started = process.cpuUsage()
  const file = await reading.read(bomb, 1 << 20)
  expect(file.failure?.code).toMatch(code)
  const { user, system } = process.cpuUsage(started)
  // a second, whatever else the machine does
  expect((user + system) / 1000).toBeLessThan(1000)
  expect(process.memoryUsage().rss - before).toBeLessThan(100 << 20)
})

test('members of an archive are read one by one, by what they hold; hidden ones and folders are left out', async () => {
  const half = text.indexOf('\n', text.length / 2)
  const zip = writeZip([
    { name: 'folder/', content: Buffer.alloc(0), method: 0 },
    { name: 'folder/one.txt', content: Buffer.from(text.slice(0, half)) },
    { name: '__MACOSX/folder/._one.txt', content: Buffer.from('noise') },
    { name: '.DS_Store', content: Buffer.from('noise') },
    { name: 'stored.bin', content: Buffer.from(text.slice(half + 1)), method: 0 },
    { name: 'empty.json', content: Buffer.alloc(0) },
    { name: 'packed', content: gzipSync(JSON.stringify({ ...row('gzip'), span_id: 'g' })) },
    { name: 'request', content: encodeRequest(request(otlpSpan())) },
  ])
  writeFileSync(path.join(folder, 'a.zip'), zip)
  const sent = await readContent(zip)
  const opened = await new Reading().open(openFile(path.join(folder, 'a.zip')))
  for (const file of [sent, opened]) {
    expect(file.records).toHaveLength(2002)
    expect(file.unreadable).toEqual([])
    expect(file.file).toMatchObject({ packed: ['zip', 'gzip'], formats: { flat: 2001, 'otlp-json': 1 } })
  }
})

test('what opens a log comes before the rest of it', async () => {
  const names = ['samples/1.json', 'summaries.json', 'header.json', '_journal/start.json']
  const zip = writeZip(
    names.map(name => ({ name, content: Buffer.from(JSON.stringify({ ...row(name), span_id: name })) })),
  )
  const file = await readContent(zip)
  expect(file.records.map(({ record }) => (JSON.parse(record) as { payload: string }).payload)).toEqual([
    'header.json',
    '_journal/start.json',
    'samples/1.json',
    'summaries.json',
  ])
})

test('what is wrong with a member names it, and costs only it', async () => {
  const good = Buffer.from(JSON.stringify(row('x')))
  const zip = writeZip([
    { name: '../../etc/passwd', content: Buffer.concat([good, Buffer.from('\n{"broken')]) },
    { name: '/absolute', content: Buffer.from('Buy milk.\nAnd bread.\n') },
    { name: 'C:\\evil\u001b[2J', content: randomBytes(100) },
    { name: 'link', content: Buffer.from('/etc/passwd'), mode: 0o120777 },
    { name: 'secret', content: good, flags: 0x801 },
    { name: 'lzma', content: good, method: 14 },
    { name: 'inner.zip', content: writeZip([{ name: 'a', content: good }]) },
    { name: 'last', content: Buffer.from(JSON.stringify({ ...row('y'), span_id: 'last' })) },
  ])
  const { records, unreadable } = await readContent(zip)
  expect(records).toHaveLength(2)
  const told = unreadable.map(({ code, message }) => `${code} ${message}`)
  expect(told).toEqual([
    expect.stringMatching(/^import\/truncated \.\.\/\.\.\/etc\/passwd: /),
    expect.stringMatching(/^import\/unrecognised \/absolute: .*plain text.*“Buy milk\. And bread\./),
    expect.stringMatching(/^import\/unrecognised C:\/evil·\[2J: /),
    expect.stringMatching(/^import\/not-a-file link: /),
    expect.stringMatching(/^import\/encrypted secret: .*password/),
    expect.stringMatching(/^import\/unsupported lzma: /),
    expect.stringMatching(/^import\/compressed-twice inner\.zip: /),
  ])
  expect(readdirSync(folder)).not.toContain('etc')
})

test('archives that lie or are endless are refused', async () => {
  const zip = writeZip([{ name: 'a', content: Buffer.from(text) }])
  const wrong = Buffer.from(zip)
  wrong[14]! ^= 1 // nobody reads the sums beside the data
  checkSame(await readContent(wrong))
  wrong[zip.indexOf('PK\u0001\u0002') + 16]! ^= 1
  expect((await readContent(wrong)).unreadable).toMatchObject([{ code: 'import/damaged' }])

  const many = writeZip(
    Array.from({ length: 10_001 }, (_, i) => ({ name: `${i}`, content: Buffer.alloc(0), method: 0 })),
  )
  expect((await readContent(many)).failure?.code).toBe('import/too-many-files')

  const at = zip.indexOf('PK\u0001\u0002')
  const entry = zip.subarray(at, zip.length - 22)
  const end = Buffer.from(zip.subarray(zip.length - 22))
  end.writeUInt16LE(50, 8)
  end.writeUInt16LE(50, 10)
  const overlapping = Buffer.concat([zip.subarray(0, at), ...Array.from({ length: 50 }, () => entry), end])
  expect((await readContent(overlapping)).failure?.code).toBe('import/damaged')

  for (let cut = 4; cut < 31; cut += 3) {
    expect((await readContent(zip.subarray(0, cut))).failure?.code).toBe('import/damaged')
  }
})

test.each([
  ['sizes before the data', writeZip],
  ['sizes after it', writeZipAsStream],
])('a cut archive gives the members that are whole, and of the last what is there: %s', async (_what, write) => {
  const lines = text.trimEnd().split('\n')
  const parts = [lines.slice(0, 700), lines.slice(700, 1500), lines.slice(1500)]
  const zip = write([
    ...parts.map((part, i) => ({ name: `${i}.jsonl`, content: Buffer.from(part.join('\n')) })),
    { name: 'stored', content: Buffer.from(JSON.stringify({ ...row('s'), span_id: 's' })), method: 0 },
  ])
  const whole = zip.indexOf('PK\u0001\u0002')
  const last = await readContent(zip.subarray(0, whole))
  expect(last.records).toHaveLength(lines.length + 1)
  expect(last.unreadable).toMatchObject([{ code: 'import/truncated' }])
  let before = 0
  for (let cut = 100; cut < whole; cut += 4999) {
    const file = await readContent(zip.subarray(0, cut))
    expect(file.failure).toBeUndefined()
    expect(file.records.length).toBeGreaterThanOrEqual(before)
    expect(file.unreadable.map(({ code }) => code)).toContain('import/truncated')
    before = file.records.length
  }
  expect(before).toBeGreaterThan(1500)
})
