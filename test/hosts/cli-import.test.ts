import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { mappedRoles } from '../../shared/domain/mapping.ts'
import { spanwise } from '../helpers/product.ts'
import { writeZip } from '../helpers/write-zip.ts'
import { at, store, type Row, otlp, span, trace, acting, prepareStore } from './cli-store.ts'

prepareStore()

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
    expect(stdout).toContain('  JSON objects of no known trace format, skipped: 1 (line 1)\n')
  })

  test('an object nobody knows among spans: 2, and where it stands', async () => {
    writeFileSync(at('mixed.jsonl'), `${otlp([span(trace, 'aaaaaaaaaaaaaaa1')])}\n{"milk":1}\n`)
    const { code, stdout } = await spanwise(['import', at('mixed.jsonl'), '--store', at('mixed.spanwise')])
    expect(code).toBe(2)
    expect(stdout).toContain('JSON objects of no known trace format, skipped: 1 (line 2)')
    expect(stdout, 'no call says how many tokens').not.toContain('tokens')
  })

  test('a folder without files and a path that leads nowhere leave no import; one of nothing has failed', async () => {
    mkdirSync(at('bare'))
    writeFileSync(at('nothing.jsonl'), '')
    const into = ['--store', at('kept.spanwise')]
    await spanwise(['import', at('good.jsonl'), ...into])
    const bare = await spanwise(['import', at('bare'), ...into])
    expect([bare.code, bare.stderr]).toEqual([1, 'spanwise: There are no files here.\n'])
    expect((await spanwise(['import', at('nowhere'), ...into])).code).toBe(1)
    expect((await spanwise(['import', at('nothing.jsonl'), ...into])).code).toBe(1)
    const { stdout } = await spanwise(['imports', ...into, '--json'])
    expect(JSON.parse(stdout).imports.map(({ state }: { state: string }) => state)).toEqual(['failed', 'complete'])
  })

  test('a mapping that is none is told what one looks like, and help names every field', async () => {
    writeFileSync(at('no-mapping.json'), '{"fields":{"modle":"m"}}')
    const { code, stderr } = await spanwise(['import', at('good.jsonl'), '--mapping', at('no-mapping.json')])
    expect([code, stderr]).toEqual([1, expect.stringContaining('modle')])
    expect(stderr).toContain('It must look like {"fields": {"model": "request.model"')
    const { stdout } = await spanwise(['import', '--help'])
    for (const role of mappedRoles) expect(stdout).toContain(` ${role}`)
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
    ['is not there', undefined, /There is no such file/],
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
