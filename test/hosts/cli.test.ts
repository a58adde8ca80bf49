import { execFileSync, spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { productCommand, spanwise } from '../helpers/product.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { writeZip } from '../helpers/write-zip.ts'
import { fields } from '../../shared/query/fields.ts'
import { isWords } from '../../shared/query/words-of-is.ts'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const at = (name: string) => folder.file(name)
const store = at('cli.spanwise')

interface Row {
  readonly [field: string]: unknown
}

const start = 1_780_000_000_123_456_789n
const evil = 'tool \x1b]52;c;aGk=\x07\x1b[31m\r\x90q\x9c \u202egnp.exe'

function otlp(spans: readonly Row[]): string {
  return JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ scope: { name: 't' }, spans }] }] })
}

function span(traceId: string, spanId: string, over: Row = {}): Row {
  return {
    traceId,
    spanId,
    name: 'step',
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + 1_000_000_001n),
    ...over,
  }
}

const trace = '5b8efff798038103d269b633813fc60c'
const other = '5b8efff798038103d269b633813fc60d'

beforeAll(async () => {
  const chat = [
    { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
    { key: 'gen_ai.request.model', value: { stringValue: 'small' } },
    { key: 'gen_ai.usage.input_tokens', value: { intValue: '12' } },
    { key: 'gen_ai.usage.output_tokens', value: { intValue: '3' } },
  ]
  const lines = [
    otlp([span(trace, 'aaaaaaaaaaaaaaa1', { name: 'answer' })]),
    otlp([span(trace, 'aaaaaaaaaaaaaaa2', { parentSpanId: 'aaaaaaaaaaaaaaa1', name: 'chat small', attributes: chat })]),
    otlp([span(trace, 'aaaaaaaaaaaaaaa3', { parentSpanId: 'aaaaaaaaaaaaaaa1', name: evil, status: { code: 2 } })]),
    otlp([span(other, 'bbbbbbbbbbbbbbb1', { name: evil })]),
  ]
  writeFileSync(at('good.jsonl'), lines.map(line => `${line}\n`).join(''))
  writeFileSync(at('broken.jsonl'), `${lines[0]}\n{"resourceSpans": [\n${lines[3]}\n`)
  writeFileSync(at('empty.jsonl'), '')
  writeFileSync(at('junk.bin'), Buffer.from([0, 1, 2, 3, 255, 254, 0, 9]))
  writeFileSync(at('not-a-store.spanwise'), 'hello, this is no store at all'.repeat(100))
  const { code, stderr } = await spanwise(['import', at('good.jsonl'), '--store', store])
  if (code !== 0) throw new Error(stderr)
})

describe('import', () => {
  test('a file that is whole: 0, and what was read', async () => {
    const { code, stdout } = await spanwise(['import', at('good.jsonl'), '--store', at('new.spanwise'), '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      files: [
        { format: expect.stringContaining('otlp'), traces: 2, spans: 4, calls: 1, added: 4, known: 0, unreadable: [] },
      ],
      totals: { traces: 2, spans: 4, calls: 1, inputTokens: 12, outputTokens: 3, added: 4, known: 0, unreadable: 0 },
    })
  })

  test('the same again adds nothing', async () => {
    const { code, stdout } = await spanwise(['import', at('good.jsonl'), '--store', store, '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout).totals).toMatchObject({ spans: 4, added: 0, known: 4 })
  })

  test('a file packed in an archive is said to be in it, not around it', async () => {
    const inner = gzipSync(otlp([span(trace, 'aaaaaaaaaaaaaaa1')]))
    writeFileSync(at('archive.zip'), writeZip([{ name: 'a.gz', content: inner }]))
    const { code, stdout } = await spanwise(['import', at('archive.zip'), '--store', at('zip.spanwise')])
    expect(code).toBe(0)
    expect(stdout).toContain('gzip in zip,')
  })

  test('what fields mean is a guess until it is said', async () => {
    writeFileSync(
      at('rows.jsonl'),
      '{"ts":"2026-01-01T10:00:00Z","mdl":"gpt-x","prompt":"hello","tin":3,"took":1500}\n',
    )
    writeFileSync(at('fields.json'), '{"fields":{"startTime":"ts","model":"mdl","input":"prompt","inputTokens":"tin"}}')
    const words = ['import', at('rows.jsonl'), '--json', '--store']
    const guess = await spanwise([...words, at('guess.spanwise')])
    expect([guess.code, JSON.parse(guess.stdout).files[0].sure]).toEqual([2, 'guessed'])
    const told = await spanwise([...words, at('told.spanwise'), '--mapping', at('fields.json')])
    expect([told.code, JSON.parse(told.stdout).files[0].sure]).toEqual([0, 'certain'])
  })

  test('standard input, in small pieces', async () => {
    const text = otlp([span(trace, 'aaaaaaaaaaaaaaa1')])
    const input = (text.match(/.{1,100}/gs) ?? []).map(piece => Buffer.from(piece))
    const { code, stdout } = await spanwise(['import', '-', '--store', at('stdin.spanwise'), '--json'], { input })
    expect(code).toBe(0)
    expect(JSON.parse(stdout).files[0].bytes).toBe(text.length)
    expect(JSON.parse(stdout).totals).toMatchObject({ spans: 1, added: 1 })
    const packed = gzipSync(text)
    const again = await spanwise(['import', '-', '--store', at('stdin.spanwise'), '--json'], { input: [packed] })
    expect(JSON.parse(again.stdout).files[0]).toMatchObject({ bytes: packed.length, unpackedBytes: text.length })
  })

  test('some records unreadable: 2, with the line and why', async () => {
    const { code, stdout } = await spanwise(['import', at('broken.jsonl'), '--store', at('b.spanwise'), '--json'])
    expect(code).toBe(2)
    const { files, totals } = JSON.parse(stdout)
    expect(totals).toMatchObject({ spans: 2, unreadable: 1 })
    expect(files[0].unreadable).toEqual([
      { line: 2, code: expect.stringMatching(/^import\//), message: expect.any(String), bytes: '{"resourceSpans": [' },
    ])
  })

  test.each([
    ['an empty file', ['empty.jsonl']],
    ['binary junk', ['junk.bin']],
    ['a missing path', ['missing.jsonl']],
    ['an empty folder', ['hollow']],
    ['nothing but bad ones', ['empty.jsonl', 'junk.bin']],
  ])('%s: 1, with a sentence', async (_, names) => {
    mkdirSync(at('hollow'), { recursive: true })
    const { code, stderr } = await spanwise(['import', ...names.map(at), '--store', at('n.spanwise'), '--json'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/^spanwise: .{10,}\n$/)
  })

  test('a mistyped path makes no store', async () => {
    const { code, stderr } = await spanwise(['import', at('missing.jsonl'), '--store', at('never.spanwise')])
    expect([code, stderr]).toEqual([1, `spanwise: ${at('missing.jsonl')}: There is no such file.\n`])
    expect(existsSync(at('never.spanwise'))).toBe(false)
  })

  test('one good file among bad ones: 2', async () => {
    const { code } = await spanwise(['import', at('good.jsonl'), at('missing.jsonl'), '--store', at('m.spanwise')])
    expect(code).toBe(2)
  })

  test('a store that is none: 1, and it is left as it was', async () => {
    const { code, stderr } = await spanwise(['import', at('good.jsonl'), '--store', at('not-a-store.spanwise')])
    expect(code).toBe(1)
    expect(stderr).toMatch(/not a Spanwise store|is not/i)
  })

  test('a text that is no dump: what it looks like, once', async () => {
    writeFileSync(at('notes.md'), '# Notes\n\nBuy milk.\n\nBuy bread.\n')
    const { code, stdout, stderr } = await spanwise(['import', at('notes.md'), '--store', at('t.spanwise')])
    expect(code).toBe(1)
    expect(stdout).not.toMatch(/line \d/)
    expect(stderr).toMatch(
      /^spanwise: \S+notes\.md: Not recognised: this looks like plain text[^\n]+“# Notes Buy milk\.[^\n]+\n$/,
    )
  })

  test('objects of no known format are counted in words that fit one and many', async () => {
    writeFileSync(at('object.json'), '{"milk":1}')
    const { stdout } = await spanwise(['import', at('object.json'), '--store', at('t.spanwise')])
    expect(stdout).toContain('  JSON objects of no known trace format, skipped: 1\n')
  })

  test('a dry run tells the same and makes no store', async () => {
    const nowhere = at('tried.spanwise')
    const tried = await spanwise(['import', at('good.jsonl'), '--store', nowhere, '--dry-run', '--json'])
    expect(tried.code).toBe(0)
    const { totals, dryRun } = JSON.parse(tried.stdout)
    expect(dryRun).toBe(true)
    expect(existsSync(nowhere)).toBe(false)
    const real = await spanwise(['import', at('good.jsonl'), '--store', at('real.spanwise'), '--json'])
    expect(JSON.parse(real.stdout).totals).toEqual(totals)

    const { stdout } = await spanwise(['import', at('good.jsonl'), '--store', at('real.spanwise'), '--dry-run'])
    expect(stdout).toMatch(/It begins with\n {2}answer {2}/)
    expect(stdout).toContain('0 new, 4 known')
    expect(stdout).toContain('Nothing was written')
    expect(stdout).not.toMatch(acting)
  })

  test('rows of no known format: by a guess 2, by a mapping 0, and by the same one the next time', async () => {
    const rows = at('rows.jsonl')
    writeFileSync(rows, '{"q": "How?", "which": "gpt-4.1", "said": "So."}\n')
    const unknown = at('unknown.spanwise')
    const guess = await spanwise(['import', rows, '--store', unknown])
    expect(guess.code).toBe(2)
    expect(guess.stdout).toMatch(/1 row of no known format, read by a guess: model = which/)
    const shown = guess.stdout.split('\n').find(line => line.startsWith('  {"fields"'))!
    expect(JSON.parse(shown)).toEqual({ fields: { model: 'which' } })

    const mapping = at('mapping.json')
    writeFileSync(mapping, '{"fields": {"model": "which", "input": "q", "output": "said"}}')
    expect((await spanwise(['import', rows, '--store', unknown, '--mapping', mapping])).code).toBe(0)
    writeFileSync(mapping, '{"fields": {"model": "wich", "input": "q", "output": "said"}}')
    const typo = await spanwise(['import', rows, '--store', at('typo.spanwise'), '--mapping', mapping])
    expect(typo.code).toBe(2)
    expect(typo.stderr).toContain('no row has the field of --mapping: "wich" (did you mean "which"?).')
    expect(typo.stdout, 'what a person says is no guess').not.toMatch(/guess/)
    const none = await spanwise(['import', at('good.jsonl'), '--store', at('typo.spanwise'), '--mapping', mapping])
    expect(none.code).toBe(2)
    expect(none.stderr).toContain('no row has the fields of --mapping: "wich", "q", "said".')
    const again = await spanwise(['import', rows, '--store', unknown, '--json'])
    expect(again.code).toBe(0)
    expect(JSON.parse(again.stdout).files[0].unknownRows[0].from).toBe('remembered')
  })

  test.each([
    ['is not there', undefined, /cannot be read \(ENOENT\)/],
    ['is no JSON', '{', /is no mapping: it is not JSON/],
    ['names a role that is none', '{"fields": {"colour": "c"}}', /is no mapping: fields[^\n]+/],
    ['says nothing about fields', '{"durationUnit": "years"}', /is no mapping: [^\n]+/],
  ])('a mapping that %s is told in one line', async (_, text, why) => {
    const mapping = at('odd-mapping.json')
    rmSync(mapping, { force: true })
    if (text !== undefined) writeFileSync(mapping, text)
    const { code, stderr } = await spanwise([
      'import',
      at('good.jsonl'),
      '--store',
      at('x.spanwise'),
      '--mapping',
      mapping,
    ])
    expect(code).toBe(1)
    expect(stderr).toMatch(why)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  test('the human receipt is safe and says the essentials', async () => {
    const { stdout } = await spanwise(['import', at('broken.jsonl'), '--store', at('h.spanwise')])
    expect(stdout).toMatch(/line 2 /)
    expect(stdout).toMatch(/2 spans/)
    expect(stdout).not.toMatch(acting)
  })
})

// oxlint-disable-next-line no-control-regex
const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/

describe('imports', () => {
  const list = async (where: string) =>
    JSON.parse((await spanwise(['imports', '--store', where, '--json'])).stdout).imports as readonly Row[]

  test('listed newest first, as a table and as JSON', async () => {
    const listed = at('listed.spanwise')
    await spanwise(['import', at('good.jsonl'), '--store', listed])
    await spanwise(['import', at('broken.jsonl'), '--store', listed])
    expect(await list(listed)).toMatchObject([
      { id: 2, files: ['broken.jsonl'], state: 'complete', unreadable: 1, startedAt: expect.any(Number), receipt: {} },
      { id: 1, files: ['good.jsonl'], state: 'complete', spans: 4, traces: 2, unreadable: 0 },
    ])
    const { code, stdout } = await spanwise(['imports', '--store', listed])
    expect(code).toBe(0)
    const [head, ...rows] = stdout.trimEnd().split('\n')
    expect(head).toMatch(/^IMPORT +STARTED +FILES +SPANS +UNREADABLE +STATE$/)
    expect(rows).toEqual([
      expect.stringMatching(/^ +2 {2}\S.* {2}broken\.jsonl +2 +1 {2}complete$/),
      expect.stringMatching(/^ +1 {2}\S.* {2}good\.jsonl +4 +complete$/),
    ])
  })

  test('one is removed whole, but for what another brought too', async () => {
    const left = at('left.spanwise')
    await spanwise(['import', at('good.jsonl'), '--store', left])
    await spanwise(['import', at('broken.jsonl'), '--store', left])
    const first = await spanwise(['remove', '1', '--store', left])
    expect([first.code, first.stdout]).toEqual([
      0,
      'Import 1 (good.jsonl) is removed: 2 spans and 0 traces went; what other imports brought too stays.\n',
    ])
    expect((await list(left)).map(({ id }) => id)).toEqual([2])
    const second = await spanwise(['remove', '2', '--store', left, '--json'])
    expect(JSON.parse(second.stdout)).toEqual({ import: 2, files: ['broken.jsonl'], spans: 2, traces: 2 })
    expect((await spanwise(['imports', '--store', left])).stdout).toBe('The store holds no imports.\n')
    expect((await spanwise(['traces', '--store', left])).stdout).toBe('The store holds no traces.\n')
  })

  test.each([
    ['remove', ['remove', '99']],
    ['audit', ['audit', '--import', '99']],
    ['audit --json', ['audit', '--import', '99', '--json']],
  ])('%s of one that is not there: one line, 1', async (_, words) => {
    const { code, stdout, stderr } = await spanwise([...words, '--store', store])
    expect([code, stdout, stderr]).toEqual([
      1,
      '',
      'spanwise: The store has no import 99; spanwise imports lists those it has.\n',
    ])
  })

  test('audit of one that is there says what it lacks', async () => {
    const { code, stdout } = await spanwise(['audit', '--import', '1', '--store', store])
    expect([code, stdout.split('\n')[0]]).toEqual([0, '2 traces · 4 spans · 1 call'])
  })

  test('the advice after a guess leaves the right traces and no others', async () => {
    const [rows, mended, mapping] = [at('guessed.jsonl'), at("it's mended.spanwise"), at('mended.json')]
    writeFileSync(rows, '{"q": "How?", "which": "gpt-4.1", "said": "So.", "grp": "g1"}\n')
    const { stdout: tried } = await spanwise(['import', rows, '--dry-run', '--store', mended])
    expect(tried).toContain('Fields are guessed. If a guess is wrong, save this as a file')
    expect(tried).not.toContain('spanwise remove')
    const { stdout } = await spanwise(['import', rows, '--store', mended])
    const advice = /remove this import \(spanwise (remove 1 --store '.+')\),\nsave this as a file/.exec(stdout)?.[1]
    const [name, id, option, quoted] = advice?.match(/'.*'|\S+/g) ?? []
    expect(quoted).toBe(`'${mended.replace("'", "'\\''")}'`)
    expect((await spanwise(['import', rows, '--store', mended])).stdout).toContain(
      'remove this import and the earlier one of the same rows, which spanwise imports lists (spanwise remove 2',
    )
    expect((await spanwise(['remove', '2', '--store', mended])).code).toBe(0)
    expect((await spanwise([name!, id!, option!, mended])).code).toBe(0)
    writeFileSync(mapping, '{"fields": {"model": "which", "input": "q", "traceId": "grp"}}')
    expect((await spanwise(['import', rows, '--mapping', mapping, '--store', mended])).code).toBe(0)
    const { stdout: found } = await spanwise(['count', '--store', mended])
    expect(found).toBe('1 span in 1 trace, 1 call\n')
  })
})

describe('traces', () => {
  test('--json: exact times as text, absent facts as absent keys', async () => {
    const { code, stdout } = await spanwise(['traces', '--store', store, '--json'])
    expect(code).toBe(0)
    const { total, traces } = JSON.parse(stdout)
    expect(total).toBe(2)
    expect(traces).toContainEqual({
      traceId: trace,
      name: 'answer',
      startTime: String(start),
      durationNs: '1000000001',
      spanCount: 3,
      callCount: 1,
      errorCount: 1,
      inputTokens: 12,
      outputTokens: 3,
    })
    expect(traces).toContainEqual(expect.objectContaining({ traceId: other, name: evil, callCount: 0 }))
    expect(traces.find((row: Row) => row['traceId'] === other)).not.toHaveProperty('inputTokens')
  })

  test('--limit cuts the list, the total stays exact', async () => {
    const { stdout } = await spanwise(['traces', '--store', store, '--limit', '1', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ total: 2, traces: [{}] })
  })

  test('a name cannot act on the terminal, as a table or as JSON', async () => {
    for (const more of [[], ['--json']]) {
      const { stdout } = await spanwise(['traces', '--store', store, ...more])
      expect(stdout).toContain('tool ')
      expect(stdout).not.toMatch(acting)
    }
  })
})

describe('a query', () => {
  const ask = async (...words: string[]) => {
    const { code, stdout, stderr } = await spanwise([...words, '--store', store])
    return { code, stderr, answer: stdout.startsWith('{') ? JSON.parse(stdout) : stdout }
  }

  test('count: spans, their traces, and the calls among them', async () => {
    expect(await ask('count', '--json')).toMatchObject({ answer: { traces: 2, spans: 4, calls: 1, exact: true } })
    expect(await ask('count', '--json', '-q', '')).toMatchObject({
      answer: { traces: 2, spans: 4, calls: 1, exact: true },
    })
    expect((await ask('count', '-q', 'model:small')).answer).toBe('1 span in 1 trace, 1 call\n')
  })

  test('what follows -q is the query, whatever it looks like', async () => {
    expect(await ask('count', '-q', '-is:error', '--json')).toMatchObject({ code: 0, answer: { traces: 2, spans: 3 } })
    expect(await ask('count', '--json', '-q', '--json')).toMatchObject({ code: 0, answer: { spans: 0 } })
    expect(await ask('traces', '--json', '-q', '-model:*')).toMatchObject({ answer: { total: 2 } })
  })

  test('spans: each as show prints it, with its trace', async () => {
    const { answer } = await ask('spans', '--json', '-q', 'parent:(name:answer)', '--limit', '1')
    expect(answer).toMatchObject({ total: 2, exact: true, spans: [{ traceId: trace, parentId: 'aaaaaaaaaaaaaaa1' }] })
    const { answer: all } = await ask('spans', '--json', '-q', `trace:${trace}`)
    const { answer: shown } = await ask('show', trace, '--json')
    const byId = (a: Row, b: Row) => (String(a['id']) < String(b['id']) ? -1 : 1)
    const withTrace = shown.spans.map((span: Row) => ({ traceId: trace, ...span }))
    expect(all.spans.sort(byId)).toEqual(withTrace.sort(byId))
  })

  test('traces: those that hold a span that matches', async () => {
    expect((await ask('traces', '--json', '-q', 'small')).answer).toMatchObject({
      total: 1,
      traces: [{ traceId: trace }],
    })
    expect((await ask('traces', '-q', 'nowhere')).answer).toBe('No trace matches.\n')
  })

  test('a mistake is one line and exit code 1; an unknown field is text', async () => {
    const { code, stderr } = await ask('count', '-q', 'a (b')
    expect([code, stderr]).toEqual([
      1,
      'spanwise: The query has a mistake at character 3: This parenthesis is not closed.\n',
    ])
    expect(await ask('count', '--json', '-q', 'https://example.com/x?y=z')).toMatchObject({
      code: 0,
      answer: { spans: 0 },
    })
    expect((await spanwise(['count', '--store', store, '-q'])).code).toBe(1)
  })

  test('index says where the index of texts is; removing it costs nothing but time', async () => {
    const made = await ask('index', '--json')
    expect(made).toMatchObject({ code: 0, answer: { path: `${store}.index`, state: 'complete', done: 4, all: 4 } })
    expect(existsSync(`${store}.index`)).toBe(true)
    const before = await ask('count', '--json', '-q', 'search')
    expect(await ask('index', '--remove')).toMatchObject({ code: 0, answer: `${store}.index is gone.\n` })
    expect(existsSync(`${store}.index`)).toBe(false)
    expect(await ask('count', '--json', '-q', 'search')).toEqual(before)
  })

  test('a word that is nearly a field is said to be searched as text; --json and addresses are left alone', async () => {
    const meant = 'spanwise: "modle" is no field: searched as text. Did you mean model?\n'
    for (const command of ['count', 'spans', 'traces']) {
      const { code, stderr } = await ask(command, '-q', 'modle:gpt-4o OR -(modle:small)')
      expect([command, code, stderr]).toEqual([command, 0, meant])
    }
    expect((await ask('count', '-q', 'zzzzzz:1')).stderr).toBe('spanwise: "zzzzzz" is no field: searched as text.\n')
    expect((await ask('count', '--json', '-q', 'modle:gpt-4o')).stderr).toBe('')
    for (const query of ['https://example.com/x?y=z', '"modle:gpt"', 'model:small', '12:30']) {
      expect([query, (await ask('count', '-q', query)).stderr]).toEqual([query, ''])
    }
  })

  test('help query prints every field, the words of is: and how they are written', async () => {
    const { code, stdout } = await spanwise(['help', 'query'])
    expect(code).toBe(0)
    for (const { id } of fields) expect(stdout).toContain(id)
    for (const word of isWords) expect(stdout).toContain(`is:${word}`)
    expect(stdout).toMatch(/^  cost: +what it cost, in dollars \(dollars: >0\.05\)$/m)
    expect((await spanwise(['help', 'count'])).stdout).toContain('spanwise count [-q QUERY]')
    expect((await spanwise(['help', 'nothing'])).code).toBe(1)
  })

  test('a name cannot act on the terminal', async () => {
    for (const more of [[], ['--json']]) {
      const { stdout } = await spanwise(['spans', '--store', store, ...more])
      expect(stdout).toContain('tool ')
      expect(stdout).not.toMatch(acting)
    }
  })
})

describe('show', () => {
  test('--json: spans in reading order with the file’s own attributes', async () => {
    const { code, stdout } = await spanwise(['show', trace, '--store', store, '--json'])
    expect(code).toBe(0)
    const { traceId, spans } = JSON.parse(stdout)
    expect(traceId).toBe(trace)
    expect(spans).toHaveLength(3)
    expect(spans[0]).toMatchObject({ id: 'aaaaaaaaaaaaaaa1', name: 'answer', startTime: String(start) })
    expect(spans[0]).not.toHaveProperty('parentId')
    expect(spans[1]).toMatchObject({
      id: 'aaaaaaaaaaaaaaa2',
      parentId: 'aaaaaaaaaaaaaaa1',
      kind: 'generation',
      model: 'small',
      usage: { input: 12, output: 3 },
      attributes: { 'gen_ai.request.model': 'small' },
    })
    expect(spans[2]).toMatchObject({ name: evil, status: 'error' })
  })

  test('the beginning of an id will do while it means one trace', async () => {
    const { code } = await spanwise(['show', trace.slice(0, 32).toUpperCase(), '--store', store])
    expect(code).toBe(0)
    const several = await spanwise(['show', trace.slice(0, 8), '--store', store])
    expect(several.code).toBe(1)
    expect(several.stderr).toContain(trace)
    expect(several.stderr).toContain(other)
    expect((await spanwise(['show', 'ffff', '--store', store])).code).toBe(1)
  })

  test('the tree is safe too', async () => {
    const { stdout } = await spanwise(['show', trace, '--store', store])
    expect(stdout).toMatch(/answer[\s\S]*chat small[\s\S]*gnp\.exe/)
    expect(stdout).not.toMatch(acting)
  })
})

describe('anything else', () => {
  test.each([
    ['an unknown command', ['frobnicate']],
    ['an unknown option', ['traces', '--frob', '--store', store]],
    ['a missing argument', ['show', '--store', store]],
    ['a limit that is none', ['traces', '--limit', 'x', '--store', store]],
    ['no path', ['import']],
    ['a store that is missing', ['traces', '--store', at('missing.spanwise')]],
    ['a store that is none', ['traces', '--store', at('not-a-store.spanwise')]],
    ['a store that is empty', ['traces', '--store', at('empty.jsonl')]],
    ['a store without a name', ['traces', '--store', '']],
    ['a word too many', ['traces', 'june', '--store', store]],
    ['an empty path', ['import', '', '--store', store]],
    ['an import without a number', ['remove', '--store', store]],
    ['an import that is no number', ['remove', 'june', '--store', store]],
    ['a number too many', ['remove', '1', '2', '--store', store]],
    ['a port that is none', ['serve', '--port', '99999', '--store', store]],
  ])('%s: one line, 1', async (_, words) => {
    const { code, stdout, stderr } = await spanwise(words)
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^spanwise: [^\n]+\n$/)
  })

  test('asking a store that is missing or empty makes none', () => {
    expect(existsSync(at('missing.spanwise'))).toBe(false)
    expect(statSync(at('empty.jsonl')).size).toBe(0)
  })

  // Root may write anywhere but there.
  test.skipIf(process.platform !== 'linux')(
    'a folder that cannot be written: says so, though no store is there',
    async () => {
      const { code, stderr } = await spanwise(['import', at('good.jsonl'), '--store', '/sys/spanwise.spanwise'])
      expect(code).toBe(1)
      expect(stderr).toMatch(/^spanwise: [^\n]+read-only\.\n$/)
    },
  )

  test('after -- a word is a path, whatever it looks like', async () => {
    const { code, stderr } = await spanwise(['import', '--store', at('dash.spanwise'), '--', '-h'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/no such file/)
  })

  test.skipIf(!existsSync('/dev/full'))('an answer that cannot be written: one line, 1', async () => {
    const [command, words] = productCommand(['traces', '--store', store])
    const full = openSync('/dev/full', 'w')
    const child = spawn(command, words, { stdio: ['ignore', full, 'pipe'] })
    closeSync(full)
    let said = ''
    child.stderr?.on('data', (text: Buffer) => (said += text.toString()))
    const code = await new Promise(resolve => child.once('close', resolve))
    expect(said).toBe('spanwise: the answer could not be written (ENOSPC).\n')
    expect(code).toBe(1)
  })

  test('an export of what matches: whole traces, or rows of a table', async () => {
    const ids = async (query: string) => {
      const { stdout } = await spanwise(['spans', '-q', query, '--json', '--limit', '1000', '--store', store])
      return (JSON.parse(stdout) as { spans: { id: string; traceId: string }[] }).spans
    }
    const calls = await ids('kind:generation')
    expect(calls.length).toBeGreaterThan(0)
    const table = await spanwise(['export', '-o', '-', '--format', 'spans', '-q', 'kind:generation', '--store', store])
    expect(
      table.stdout
        .trimEnd()
        .split('\n')
        .filter(line => /^"?[0-9a-f]{16,}/.test(line)),
    ).toHaveLength(calls.length)
    await spanwise(['export', '-o', at('matching.spanwise.jsonl'), '-q', 'kind:generation', '--store', store])
    const whole = (await ids('trace:(kind:generation)')).length
    await spanwise(['import', at('matching.spanwise.jsonl'), '--store', at('matching.spanwise')])
    const { stdout } = await spanwise(['count', '--json', '--store', at('matching.spanwise')])
    expect(JSON.parse(stdout)).toMatchObject({ spans: whole, calls: calls.length })
    const nothing = await spanwise(['export', '-o', at('none.csv'), '-q', 'name:nobody', '--store', store])
    expect(nothing).toMatchObject({ code: 1, stderr: 'spanwise: Nothing matches the query: no file was written.\n' })
    expect(existsSync(at('none.csv'))).toBe(false)
  })

  test.skipIf(process.platform === 'win32')('an export through a link keeps the link', async () => {
    symlinkSync(at('real.csv'), at('link.csv'))
    writeFileSync(at('real.csv'), 'old')
    const { code } = await spanwise(['export', '-o', at('link.csv'), '--store', store])
    expect(code).toBe(0)
    expect(lstatSync(at('link.csv')).isSymbolicLink()).toBe(true)
    expect(readFileSync(at('real.csv'), 'utf8')).toContain('"trace_id"')
  })

  test.skipIf(process.platform === 'win32')('an export into what is no file writes to it', async () => {
    execFileSync('mkfifo', [at('fifo')])
    const reader = spawn('cat', [at('fifo')], { stdio: ['ignore', 'pipe', 'ignore'] })
    const closed = new Promise(resolve => reader.once('close', resolve))
    let text = ''
    reader.stdout.on('data', (piece: Buffer) => (text += piece.toString()))
    const { code } = await spanwise(['export', '-o', at('fifo'), '--store', store])
    if (!lstatSync(at('fifo')).isFIFO()) reader.kill()
    await closed
    expect(code).toBe(0)
    expect(text).toContain('"spanwise":"bundle/1"')
  })

  test.each(['import', 'imports', 'remove', 'traces', 'show', 'serve', 'open'])('%s --help says how', async name => {
    const { code, stdout } = await spanwise([name, '--help'])
    expect(code).toBe(0)
    expect(stdout).toMatch(new RegExp(`^spanwise ${name}`))
  })

  test('--help lists the commands', async () => {
    const { code, stdout } = await spanwise(['--help'])
    expect(code).toBe(0)
    for (const name of ['import', 'imports', 'remove', 'traces', 'show', 'serve', 'open'])
      expect(stdout).toContain(`  ${name}`)
  })

  test('a reader that stops reading is no error', async () => {
    const [command, words] = productCommand(['show', trace, '--store', store, '--json'])
    const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.destroy()
    let said = ''
    child.stderr.on('data', (text: Buffer) => (said += text.toString()))
    const code = await new Promise(resolve => child.once('close', resolve))
    expect(said).toBe('')
    expect(code).toBe(0)
  })
})
