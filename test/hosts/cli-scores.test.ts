import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { traceFromText } from '../helpers/draw-trace.ts'
import { spanwise } from '../helpers/product.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const store = folder.file('scores.spanwise')
const ids = ['7e000000000000000000000000000001', '7e000000000000000000000000000002'] as const
const run = (...words: string[]) => spanwise([...words, '--store', store])
const json = async (...words: string[]) => JSON.parse((await run(...words, '--json')).stdout)
const traceIds = async (query: string) =>
  (await json('traces', '-q', query)).traces.map((trace: { traceId: string }) => trace.traceId).sort()

beforeAll(async () => {
  const drawing = `
    agent        answer   20..900
      generation gpt-4o    0..400  in:120 out:30
      tool       search  410..700  error`
  writeFileSync(folder.file('two.jsonl'), ids.map(id => traceFromText(drawing, id).line()).join(''))
  const { code, stderr } = await run('import', folder.file('two.jsonl'))
  if (code !== 0) throw new Error(stderr)
})

test('scores from elsewhere are brought in, asked for, listed, and taken out again', async () => {
  const file = folder.file('feedback.csv')
  writeFileSync(
    file,
    `trace_id,span_id,name,value,comment\n${ids[0]},,thumbs,down,wrong order\n${ids[1]},0000000000000002,accuracy,0.9,\nffff,,thumbs,up,\n`,
  )
  const first = await run('scores', 'import', file)
  expect(first.code).toBe(2)
  expect(first.stdout).toContain('feedback.csv: 3 rows, 2 scores added')
  expect(first.stdout).toContain('1 row found nothing in the store:\n  line 4: The store has no trace ffff.')
  expect(await traceIds('score.thumbs:0')).toEqual([ids[0]])
  expect(await json('count', '-q', 'score.accuracy:>0.5')).toMatchObject({ traces: 1, spans: 1, calls: 1 })
  const again = await json('scores', 'import', file)
  expect(again).toMatchObject({ added: 0, known: 2, notFound: { count: 1 } })
  const { files } = await json('scores', 'list')
  // The file of the first time gave nothing that this one does not.
  expect(files.map((one: { id: number }) => one.id)).toEqual([2])
  expect(await json('scores', 'remove', '2')).toEqual({ id: 2, scores: 2 })
  expect(await traceIds('has:score')).toEqual([])
  expect((await run('scores', 'remove', '2')).code).toBe(1)
})

test('all found is 0, nothing taken is 1, and what is no file of scores says so', async () => {
  const file = folder.file('rows.jsonl')
  writeFileSync(file, `{"trace_id":"${ids[1]}","value":4}\n`)
  expect((await run('scores', 'import', file, '--name', 'stars')).code).toBe(0)
  expect((await run('scores', 'import', file)).code).toBe(1)
  const other = await run('scores', 'import', folder.file('two.jsonl'))
  expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('no row could be taken')])
  const missing = await run('scores', 'import', folder.file('nothing.csv'))
  expect([missing.code, missing.stderr]).toEqual([1, 'spanwise: There is no such file.\n'])
})

test('stars and tags by query, and the query that asks for them', async () => {
  expect(await json('tag', 'needs work', '-q', 'is:error')).toEqual({ traces: 2 })
  expect(await json('tag', 'needs work', '-q', `trace:${ids[0]}`, '--remove')).toEqual({ traces: 1 })
  expect(await traceIds('tag:"needs work"')).toEqual([ids[1]])
  expect(await json('star', '-q', `kind:tool trace:${ids[0]}`, '--spans')).toEqual({ spans: 1 })
  expect(await json('count', '-q', 'is:starred')).toMatchObject({ traces: 1, spans: 1 })
  expect((await run('star')).code).toBe(1)
  expect((await run('tag', '', '-q', '')).code).toBe(1)
})
