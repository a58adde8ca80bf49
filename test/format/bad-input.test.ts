// What people drop on an importer by mistake: a clear error, a right exit code, and nothing lost.

import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { traceFromText } from '../helpers/draw-trace.ts'
import { fixture } from '../helpers/fixtures.ts'
import { importInto, listTraces, productCommand, showTrace, spanwise } from '../helpers/product.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { measure } from '../helpers/watch-processes.ts'

const drawn = traceFromText(`
  agent        answer   20..900
    generation gpt-4o    0..400  in:120 out:30
`)

test.for([
  ['an empty file', '', /empty|no records/i],
  ['white space', ' \n\n\t\n', /empty|no records/i],
  ['text', 'Buy milk.\nAnd bread.\n', /no JSON|not recogni[sz]ed/i],
  ['noise', Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) & 255)), /no known|not recogni[sz]ed/i],
  ['an error body', '{"data":null,"errors":[{"message":"no"}]}', /not traces|not recogni[sz]ed/i],
] as const)('%s: exit code 1 and a sentence', async ([, content, sentence]) => {
  using folder = temporaryFolder()
  writeFileSync(folder.file('dump.json'), content)
  const { code, stderr, stdout } = await spanwise([
    'import',
    folder.file('dump.json'),
    '--store',
    folder.file('s.spanwise'),
  ])
  expect(code).toBe(1)
  expect(stderr + stdout).toMatch(sentence)
})

test('a missing path and a store that is no store are said, and nothing is written', async () => {
  using folder = temporaryFolder()
  writeFileSync(folder.file('dump.json'), drawn.line())
  const missing = await spanwise(['import', folder.file('gone.json'), '--store', folder.file('s.spanwise'), '--json'])
  expect(missing.code).toBe(1)
  expect(missing.stderr).toContain('gone.json')

  const text = 'These are my notes, not a store. '.repeat(100)
  writeFileSync(folder.file('notes.txt'), text)
  const wrong = await spanwise(['import', folder.file('dump.json'), '--store', folder.file('notes.txt')])
  expect(wrong.code).toBe(1)
  expect(wrong.stderr).toMatch(/not a .*store/i)
  expect(readFileSync(folder.file('notes.txt'), 'utf8')).toBe(text)
})

test('a folder is read file by file, and one bad file costs only itself', async () => {
  using folder = temporaryFolder()
  const dumps = folder.file('dumps')
  mkdirSync(dumps)
  writeFileSync(`${dumps}/good.json`, drawn.line())
  writeFileSync(`${dumps}/bad.json`, 'Buy milk.')
  const { code, receipt } = await importInto(folder.file('s.spanwise'), [dumps])
  expect(code).toBe(2)
  expect(receipt.totals).toMatchObject({ spans: 2, added: 2 })
  expect(receipt.files.filter(file => file.failure)).toHaveLength(1)
})

// Root may write anywhere.
test.skipIf(process.getuid?.() === 0)('a folder that may not be written to is said', async () => {
  using folder = temporaryFolder()
  writeFileSync(folder.file('dump.json'), drawn.line())
  mkdirSync(folder.file('locked'))
  chmodSync(folder.file('locked'), 0o555)
  const { code, stderr } = await spanwise([
    'import',
    folder.file('dump.json'),
    '--store',
    folder.file('locked/s.spanwise'),
  ])
  expect(code).toBe(1)
  expect(stderr).toMatch(/written|write|permission|read-only/i)
})

test('one broken line in ten thousand costs that line', async () => {
  using folder = temporaryFolder()
  const lines = Array.from({ length: 10_000 }, (_, i) =>
    JSON.stringify({ trace_id: `t${i >> 3}`, span_id: `s${i}`, latency_ms: i }),
  )
  lines[4999] = lines[4999]!.slice(0, 20)
  writeFileSync(folder.file('dump.jsonl'), lines.join('\n'))
  const { code, receipt } = await importInto(folder.file('s.spanwise'), [folder.file('dump.jsonl')])
  expect(code).toBe(2)
  expect(receipt.totals).toMatchObject({ spans: 9999, unreadable: 1 })
  expect(receipt.files[0]?.unreadable).toMatchObject([{ line: 5000 }])
})

test('pipes, devices and loops are refused without waiting for them, and cost the others nothing', async () => {
  using folder = temporaryFolder()
  const [pipe, loop, good] = [folder.file('pipe'), folder.file('loop'), folder.file('good.json')]
  execFileSync('mkfifo', [pipe])
  symlinkSync(loop, loop)
  writeFileSync(good, drawn.line())
  const { code, receipt } = await importInto(folder.file('s.spanwise'), [pipe, loop, '/dev/zero', good])
  expect(code).toBe(2)
  expect(receipt.totals.spans).toBe(2)
  const codes = ['import/not-a-file', 'import/missing', 'import/not-a-file', undefined]
  expect(receipt.files.map(({ failure }) => failure?.code)).toEqual(codes)
})

test('an archive is read from standard input too', async () => {
  using folder = temporaryFolder()
  const zip = readFileSync(fixture('packed/members.zip'))
  const { code, receipt } = await importInto(folder.file('s.spanwise'), ['-'], { input: [zip] })
  expect(code).toBe(2)
  expect(receipt.totals.spans).toBe(13)
})

test('a cut gzip gives what was before the cut, and says so', async () => {
  using folder = temporaryFolder()
  const whole = readFileSync(fixture('otlp-genai/openai-contrib.jsonl.gz'))
  writeFileSync(folder.file('cut.gz'), whole.subarray(0, whole.length - 200))
  const { code, receipt } = await importInto(folder.file('s.spanwise'), [folder.file('cut.gz')])
  expect(code).toBe(2)
  expect(receipt.totals.spans).toBeGreaterThan(0)
  expect(receipt.totals.unreadable).toBeGreaterThan(0)
})

test('a text of 64 MB is kept whole', { timeout: 120_000 }, async () => {
  using folder = temporaryFolder()
  const text = 'All work and no play makes Jack a dull boy. '.repeat(1_500_000).slice(0, 64 << 20)
  const line = drawn
    .line()
    .replace('"gen_ai.request.model","value":{"stringValue":"gpt-4o"}', `"long","value":{"stringValue":"${text}"}`)
  writeFileSync(folder.file('dump.json'), line)
  const store = folder.file('s.spanwise')
  const { code, receipt } = await importInto(store, [folder.file('dump.json')])
  expect(code).toBe(0)
  expect(receipt.totals.spans).toBe(2)
  const { spans } = await showTrace(store, drawn.traceId)
  expect(spans.find(span => 'long' in span.attributes)?.attributes['long'] === text).toBe(true)
})

test('a gzip bomb is refused in bounded memory', { timeout: 120_000 }, async () => {
  using folder = temporaryFolder()
  const zeros = Buffer.alloc(64 << 20)
  const member = gzipSync(zeros)
  writeFileSync(folder.file('bomb.gz'), Buffer.concat(Array.from({ length: 16 }, () => member)))
  const use = await measure(
    ...productCommand(['import', folder.file('bomb.gz'), '--store', folder.file('s.spanwise')]),
    60_000,
  )
  expect(use.code).toBe(1)
  expect(use.stderr.trim()).not.toBe('')
  expect(Math.max(...use.processes.map(one => one.peakBytes))).toBeLessThan(600e6)
})

test('a million brackets cost nothing but themselves', async () => {
  using folder = temporaryFolder()
  writeFileSync(folder.file('deep.jsonl'), `${'['.repeat(1_000_000)}\n${drawn.line()}`)
  const { receipt } = await importInto(folder.file('s.spanwise'), [folder.file('deep.jsonl')])
  expect(receipt.totals.spans).toBe(2)
})

test('control characters of a trace never reach the terminal raw', async () => {
  using folder = temporaryFolder()
  const store = folder.file('s.spanwise')
  const file = fixture('malformed/hostile-text.json')
  const said = [(await spanwise(['import', file, '--store', store])).stdout]
  const traces = await listTraces(store)
  for (const json of [[], ['--json']]) {
    said.push((await spanwise(['traces', '--store', store, ...json])).stdout)
    said.push((await spanwise(['show', traces[0]!.traceId, '--store', store, ...json])).stdout)
  }
  // Colours aside, which a pipe does not get.
  // oxlint-disable-next-line no-control-regex
  for (const text of said) expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
})
