import { copyFileSync, existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { setNotes } from '../../electron/store/notes.ts'
import { openStore } from '../../electron/store/open.ts'
import { writeRemark } from '../../electron/store/remarks.ts'
import { spanwise } from '../helpers/product.ts'
import { fields } from '../../shared/query/fields.ts'
import { isWords } from '../../shared/query/words-of-is.ts'
import { store, type Row, start, evil, trace, other, acting, prepareStore } from './cli-store.ts'

prepareStore()

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
      unpricedCalls: 1,
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

  test('--sort relevance asks the index, which is made for it; another order is refused', async () => {
    const sorted = ['--json', '-q', 'answer OR small', '--sort', 'relevance']
    expect(await ask('spans', ...sorted)).toMatchObject({
      code: 0,
      answer: { total: 2, spans: [{ name: 'answer' }, {}] },
    })
    expect(await ask('traces', ...sorted)).toMatchObject({ code: 0, answer: { total: 1 } })
    expect(await ask('spans', '--sort', 'cost')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--sort takes started or relevance.'),
    })
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
    expect(stdout).toMatch(/^  cost: +what it cost, in dollars: as recorded, else as computed \(dollars: >0\.05\)$/m)
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

  test('--json: stars, tags and notes of the trace and of its spans', async () => {
    const noted = `${store}.noted`
    copyFileSync(store, noted)
    const open = openStore(noted, {})
    const { id, span } = open.db
      .prepare<[string], { id: number; span: number }>(
        'SELECT t.id, s.id AS span FROM trace t JOIN span s ON s.trace = t.id WHERE t.key = ? ORDER BY s.id LIMIT 1',
      )
      .get(trace)!
    setNotes(open, 'traces', [id], 'keep', true)
    writeRemark(open, 'spans', span, 'here it went wrong')
    open.close()
    const { stdout } = await spanwise(['show', trace, '--store', noted, '--json'])
    const { tags, starred, spans } = JSON.parse(stdout)
    expect({ tags, starred }).toEqual({ tags: ['keep'], starred: undefined })
    expect(spans.map((each: Row) => each['note']).filter(Boolean)).toEqual(['here it went wrong'])
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
