import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { spanwise } from '../helpers/product.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

// Prompts from the terminal, of a dump that names none.

const folder = temporaryFolder()
const store = folder.file('prompts.spanwise')
afterAll(() => folder[Symbol.dispose]())

const names = ['Ada', 'Bob', 'Chandra', 'Dilek', 'Femi', 'Grace', 'Hiro', 'Inés', 'Jonas', 'Mei', 'Noor', 'Olga']
const limits = ['at most 50', 'at most 100 after checking the policy']
const rows = limits.flatMap((limit, v) =>
  names.map((name, i) => ({
    trace_id: `${100 * v + i + 1}`.padStart(32, '0'),
    span_id: `${100 * v + i + 1}`.padStart(16, '0'),
    feature: 'refunds',
    name: 'refunds',
    model_name: 'small',
    timestamp: new Date(Date.UTC(2026, 4, 1 + v * 20 + i)).toISOString(),
    messages: [
      {
        role: 'system',
        content: `You are a refund agent.\nYou may refund ${limit} dollars.\nCustomer: ${name}\nBe brief.\u001b]52;c;aGk=\u0007`,
      },
      { role: 'user', content: `Question ${i}` },
    ],
    output: v === 0 ? '```json\n{"refund":50}\n```' : 'I checked the policy.',
    latency_ms: 1000 + i,
  })),
)

const run = (...words: string[]) => spanwise([...words, '--store', store])

beforeAll(async () => {
  writeFileSync(folder.file('dump.jsonl'), rows.map(row => `${JSON.stringify(row)}\n`).join(''))
  await spanwise(['import', folder.file('dump.jsonl'), '--store', store])
})

async function versionsOf(): Promise<string[]> {
  const { stdout } = await run('prompt', 'refunds', '--json')
  return JSON.parse(stdout).versions.map((one: { version: string }) => one.version)
}

test('prompts are there after an import without another command, as JSON and as a table', async () => {
  const { code, stdout } = await run('prompts', '--json')
  expect(code).toBe(0)
  const { prompts, complete } = JSON.parse(stdout)
  expect(complete).toBe(true)
  expect(prompts).toMatchObject([
    {
      name: 'refunds',
      recovered: true,
      versions: [
        {
          calls: 12,
          firstSeen: '2026-05-01T00:00:00.000Z',
          lastSeen: '2026-05-12T00:00:00.000Z',
          slots: [{ name: 'customer' }],
        },
        { calls: 12, firstSeen: '2026-05-21T00:00:00.000Z', slots: [{ name: 'customer' }] },
      ],
    },
  ])
  expect(prompts[0].versions[0].template).toContain('Customer: {{customer}}')
  const drawn = await run('prompts')
  expect(drawn.stdout).toMatch(/^refunds +recovered +2 +24/m)
  const [version] = await versionsOf()
  const one = await run('prompt', 'refunds', '--version', version!)
  expect(one.stdout).toContain('Customer: {{customer}}')
  expect(one.stdout).not.toContain('\u001b')
})

test('a span says which prompt it was, and the values in it', async () => {
  const { stdout } = await run('spans', '--limit', '100', '--json')
  const { spans } = JSON.parse(stdout)
  const versions = await versionsOf()
  for (const span of spans) {
    expect(span.prompt).toMatchObject({ name: 'refunds', recovered: true })
    expect(versions).toContain(span.prompt.version)
    expect(names).toContain(span.prompt.variables.customer)
  }
  const of = (version: string) =>
    spans.filter((span: { prompt: { version: string } }) => span.prompt.version === version)
  expect(of(versions[0]!)).toHaveLength(12)
  const shown = await run('show', spans[0].traceId, '--json')
  expect(JSON.parse(shown.stdout).spans[0].prompt).toEqual(spans[0].prompt)
  const counted = await run('count', '-q', `prompt.version:${versions[1]}`, '--json')
  expect(JSON.parse(counted.stdout)).toMatchObject({ calls: 12 })
})

test('two versions differ in one line, and the exit code says that they do', async () => {
  const [one, two] = await versionsOf()
  const { code, stdout } = await run('diff', 'refunds', one!, two!, '--metrics', '--json')
  expect(code).toBe(3)
  const { patch, comparison } = JSON.parse(stdout)
  expect(patch.split('\n').filter((line: string) => /^[-+][^-+]/.test(line))).toEqual([
    '-You may refund at most 50 dollars.',
    '+You may refund at most 100 after checking the policy dollars.',
  ])
  const json = comparison.measures.findIndex((measure: { name: string }) => measure.name === 'json')
  expect(comparison.verdicts[json]).toMatchObject({ outcome: 'changed' })
  expect(comparison.matched.pairs).toBe(12)
  expect((await run('diff', 'refunds', one!, one!)).code).toBe(0)
  const markdown = await run('diff', 'refunds', one!, two!, '--markdown')
  expect(markdown.stdout).toContain('```diff')
  const missing = await run('diff', 'refunds', one!, 'nine')
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('has no version nine') })
})

test('two queries are compared; a query may begin with a dash', async () => {
  const [one, two] = await versionsOf()
  const { code, stdout } = await run('compare', '-q', `prompt.version:${one}`, '-q', `-prompt.version:${one}`, '--json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ calls: { a: 12, b: 12 }, both: 0, complete: true })
  const nothing = await run('compare', '-q', `prompt.version:${two}`, '-q', 'model:none')
  expect(nothing.code).toBe(4)
  expect((await run('compare', '-q', 'model:none')).code).toBe(1)
})

test('what changed since the last good call: the sentence first, then what differs from call to call', async () => {
  const first = String(101).padStart(16, '0')
  const { code, stdout } = await run('since', first, '--json')
  expect(code).toBe(3)
  const { bad, good, causes } = JSON.parse(stdout)
  expect(bad.spanId).toBe(first)
  expect(good).toMatchObject({ spanId: String(12).padStart(16, '0'), because: 'no error' })
  expect(causes[0]).toMatchObject({ part: 'prompt', asGood: 12, asBad: 0 })
  expect(causes[0].words).toBe(
    '-You may refund at most 50 dollars. +You may refund at most 100 after checking the policy dollars.',
  )
  const drawn = await run('since', first)
  expect(drawn.stdout).toContain('1. prompt: -You may refund at most 50 dollars.')
  expect(drawn.stdout).toContain('all 12 good calls agreed; none had what this one has')
  expect((await run('since', String(1).padStart(16, '0'))).code).toBe(4)
})

test('prompts are written as files and read again; what would change is said first', async () => {
  const library = folder.file('library')
  const written = await run('prompts', 'export', library)
  expect(written.stdout).toBe(`2 files written to ${library}.\n`)
  const name = (await versionsOf())[0]!
  const file = path.join(library, 'refunds', `${name}.md`)
  writeFileSync(file, readFileSync(file, 'utf8').replace(`"${name}"`, '"spring"'))
  writeFileSync(path.join(library, 'README.md'), '# Our prompts\n')
  const dry = await run('prompts', 'import', library, '--dry-run')
  expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining('2 would change, 0 the same. 1 other file') })
  expect(dry.stdout).toContain(`is what was recovered as refunds ${name}`)
  expect(await versionsOf()).toContain(name)
  expect((await run('prompts', 'import', library)).code).toBe(0)
  expect(await versionsOf()).toContain('spring')
  // Larger than Node reads whole: it costs only itself.
  writeFileSync(path.join(library, 'huge.md'), '')
  truncateSync(path.join(library, 'huge.md'), 3 * 2 ** 30)
  const again = await run('prompts', 'import', library, '--json')
  const told: [string, string][] = JSON.parse(again.stdout).files.map((one: { path: string; what: string }) => [
    one.path,
    one.what,
  ])
  expect(again.code).toBe(2)
  expect(told.map(([, what]) => what)).toEqual(['unreadable', 'same', 'same'])
  expect(told[0]?.[0]).toBe('huge.md')
})
