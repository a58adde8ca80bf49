import { Readable } from 'node:stream'
import { afterAll, expect, test, vi } from 'vitest'
import type { EventData } from '../../shared/contract/index.ts'
import { spanKinds } from '../../shared/domain/kind.ts'
import { openMemoryHost } from '../../electron/hosts/memory.ts'
import { resource } from '../../electron/hosts/places.ts'

// The whole inspector in one process: every question of the contract on the bundled sample.

const host = openMemoryHost()
afterAll(() => host.close())

test('the sample goes in, and every question about it is answered', async () => {
  const ended = vi.fn<(data: unknown) => void>()
  host.on('imports.ended', ended)
  const { import: id } = await host.ask('imports.sample', {})
  await vi.waitFor(
    () => expect(ended).toHaveBeenCalledWith(expect.objectContaining({ import: id, state: 'complete' })),
    {
      timeout: 20_000,
    },
  )

  const summary = await host.ask('store.summary', {})
  expect(summary).toMatchObject({ path: host.storePath, name: 'test.spanwise', imports: 1, readOnly: false })
  const window = { sort: 'errors', descending: true, offset: 0, limit: 20 } as const
  const { total, rows } = await host.ask('traces.list', window)
  expect(total).toBe(summary.traces)
  expect(rows[0]?.errors).toBeGreaterThan(0)
  const exact = await host.ask('traces.rows', window)
  expect(exact.traces.map(row => row.traceId)).toEqual(rows.map(row => row.traceId))

  const asked = { list: 'traces', columns: ['name', 'errors'], sort: { column: 'errors', descending: true } } as const
  const list = await host.ask('lists.rows', { ...asked, offset: 0, limit: 20 })
  expect(list).toMatchObject({ total, exact: true })
  expect([...list.cells.subarray(list.id.length)]).toEqual(rows.map(row => row.errors))
  // A word, and what a file calls its own: the engine asks the reader for both.
  const where = { query: 'output:a*', now: 0, zone: 'UTC', scan: true }
  const read = await host.ask('lists.rows', {
    list: 'spans',
    where,
    columns: ['output', '@gen_ai.operation.name'],
    sort: { column: 'started', descending: true },
    offset: 0,
    limit: 50,
  })
  expect(read.total).toBe((await host.ask('search.count', { where })).spans)
  expect(read.total).toBeGreaterThan(0)
  expect(read.cells.subarray(0, read.id.length).some(Number.isNaN)).toBe(false)

  const [first] = rows
  if (!first) throw new Error('The sample holds no traces.')
  expect(await host.ask('traces.find', { traceId: first.traceId })).toEqual({ id: first.id })
  expect((await host.ask('traces.tree', { traceId: first.traceId })).trace.id).toBe(first.id)
  expect(await host.ask('traces.find', { traceId: first.traceId.slice(0, 12), prefix: true })).toEqual({ id: first.id })
  const tree = await host.ask('traces.tree', { id: first.id })
  expect(tree.id).toHaveLength(first.spans)
  const calls = [...tree.id].filter((_, i) => tree.counted[i] === 1)
  const { turns } = await host.ask('spans.news', { ids: calls, before: [] })
  expect(turns.map(turn => turn.id)).toEqual(calls)
  const goesOn = turns.findIndex(turn => turn.same > 0)
  const turn = turns[goesOn]!
  const repeats = await host.ask('spans.repeats', {
    id: turn.id,
    earlier: calls.slice(0, goesOn).toReversed().slice(0, 8),
  })
  const whole = await host.ask('spans.read', { id: turn.id })
  expect(repeats.previous).toBe(turn.previous)
  expect(turn.input).toEqual(whole.inputMessages?.filter((_, i) => repeats.same[i] === 0))
  expect(turn.output).toEqual(whole.outputMessages ?? [])
  expect(await host.ask('spans.repeats', { id: calls[0]!, earlier: [] })).toMatchObject({ previous: null, gone: 0 })
  const kinds = [...tree.kind].map(kind => spanKinds[kind])
  const retrievals = [...tree.id].filter((_, i) => kinds[i] === 'retrieval')
  const { found } = await host.ask('spans.sources', { id: calls.at(-1)!, retrievals })
  expect(found.map(({ id }) => id)).toEqual(retrievals)
  expect(found[0]?.documents[0]).toMatchObject({ rank: 1, score: expect.any(Number), sent: 'whole' })
  const failing = rows.filter(({ errors }) => errors > 0).map(({ id }) => host.ask('traces.tree', { id }))
  const failed = (await Promise.all(failing)).flatMap(({ id, status }) => [...id].filter((_, i) => status[i] === 2))
  const moments = await host.ask('spans.moments', { ids: failed })
  expect(new Set(moments.strings)).toEqual(new Set(['exception']))
  for (const [i, id] of moments.span.entries()) {
    const { startTime, events } = await host.ask('spans.read', { id })
    const after = events!.map(({ time }) => Number(BigInt(time!) - BigInt(startTime!)) / 1000)
    expect(moments.failed[i]).toBe(1)
    expect(after).toContain(moments.at[i])
  }
  const brief = await host.ask('spans.read', { id: turn.id, holdBack: 100 })
  const [held] = Object.keys(brief.attributesHeldBack ?? {})
  expect(Object.keys({ ...brief.attributes, ...brief.attributesHeldBack }).toSorted()).toEqual(
    Object.keys(whole.attributes).toSorted(),
  )
  const { value } = await host.ask('spans.attribute', { id: turn.id, name: held! })
  expect(value).toEqual(whole.attributes[held!])
  await expect(host.ask('spans.attribute', { id: turn.id, name: '__proto__' })).rejects.toThrow('no attribute')
  for (const spanId of tree.id) {
    const span = await host.ask('spans.read', { id: spanId })
    expect(spanKinds).toContain(span.kind)
    const { records } = await host.ask('spans.raw', { id: spanId })
    expect(JSON.parse(records[0]?.record ?? '')).toBeTypeOf('object')
    const kept = await host.ask('spans.kept', { id: spanId, record: 0 })
    expect(kept.record).toBe(JSON.stringify(JSON.parse(kept.record)))
    expect(JSON.parse(kept.record)).toEqual(JSON.parse(records[0]?.record ?? ''))
    await expect(host.ask('spans.kept', { id: spanId, record: 99 })).rejects.toThrow('no span')
  }
  const { inputs } = await host.ask('traces.inputs', { ids: rows.map(row => row.id) })
  expect(inputs.filter(input => input !== null && input.length <= 200).length).toBeGreaterThan(0)
  for (const row of rows) {
    const { spans, errors, error } = await host.ask('traces.peek', { trace: row.id })
    expect({ spans, errors, failed: error !== undefined }).toEqual({
      spans: row.spans,
      errors: row.errors,
      failed: row.errors > 0,
    })
  }
  expect(await host.ask('traces.peek', { trace: first.id, span: turn.id })).toMatchObject({
    name: whole.name,
    kind: whole.kind,
    model: whole.model,
  })

  const { imports } = await host.ask('imports.list', {})
  expect(imports).toMatchObject([{ id, state: 'complete', files: ['traces.jsonl.gz'], spans: summary.spans }])
  await host.ask('imports.remove', { import: id })
  expect(await host.ask('store.summary', {})).toMatchObject({ traces: 0, spans: 0, imports: 0 })
})

test('what is gone is an answer a person can read', async () => {
  await expect(host.ask('traces.tree', { id: 9999 })).rejects.toMatchObject({ code: 'store/no-trace' })
  await expect(host.ask('traces.tree', { traceId: 'none' })).rejects.toMatchObject({ code: 'store/no-trace' })
  await expect(host.ask('spans.read', { id: 9999 })).rejects.toMatchObject({ code: 'store/no-span' })
  await expect(host.ask('traces.peek', { trace: 9999 })).rejects.toMatchObject({ code: 'store/no-trace' })
  await expect(host.ask('spans.raw', { id: 9999 })).rejects.toMatchObject({ code: 'store/no-span' })
  await expect(host.ask('imports.continue', { import: 9999 })).rejects.toMatchObject({ code: 'store/no-such-import' })
  await expect(host.ask('imports.remove', { import: 9999 })).rejects.toMatchObject({ code: 'store/no-such-import' })
  expect(await host.ask('traces.find', { traceId: 'none', prefix: true })).toEqual({ id: null })
})

test('a host without a dialog or a browser says so', async () => {
  expect(await host.ask('app.info', {})).toMatchObject({ host: 'memory', nativeDialog: false })
  await expect(host.ask('files.choose', {})).rejects.toMatchObject({ code: 'app/no-dialog' })
  await expect(host.ask('links.open', { url: 'https://example.com' })).rejects.toMatchObject({ code: 'app/no-links' })
})

test('two imports at once run one after the other, and both arrive', async () => {
  const order: number[] = []
  host.on('imports.ended', ({ import: id }) => order.push(id))
  const [first, second] = await Promise.all([host.ask('imports.sample', {}), host.ask('imports.sample', {})])
  await vi.waitFor(() => expect(order).toEqual([first.import, second.import]), { timeout: 20_000 })
  const { imports } = await host.ask('imports.list', {})
  expect(imports.map(row => row.receipt?.totals.known)).toEqual([imports[0]?.spans, 0])
})

test('a check says what an import would do, a new one ends the one before it, and a store remembers no mapping yet', async () => {
  const imports = (await host.ask('imports.list', {})).imports.length
  const checked = new Map<number, EventData<'imports.checked'>>()
  host.on('imports.checked', data => checked.set(data.check, data))
  const paths = [resource('sample/traces.jsonl.gz')!]
  const [first, second] = await Promise.all([
    host.ask('imports.check', { paths }),
    host.ask('imports.check', { paths }),
  ])
  await vi.waitFor(() => expect(checked.size).toBe(2), { timeout: 20_000 })
  expect(checked.get(first.check)?.error?.code).toBe('cancelled')
  const { receipt, preview } = checked.get(second.check)!
  expect(receipt).toMatchObject({ dryRun: true, totals: { added: 0 } })
  expect(preview.length).toBeGreaterThan(10)
  await host.ask('imports.stopCheck', { check: second.check })
  expect((await host.ask('imports.list', {})).imports).toHaveLength(imports)

  const sent = await host.ask('imports.checkUpload', { files: [{ name: 'sent' }] })
  const line = JSON.stringify({ trace_id: 't', span_id: 's', model_name: 'm' })
  await host.inspector.upload(sent.key, Readable.from([Buffer.from(line)]))
  await vi.waitFor(() => expect(checked.get(sent.check)?.receipt?.totals.spans).toBe(1), { timeout: 20_000 })

  expect(await host.ask('imports.mappings', {})).toEqual({ mappings: [] })
  expect(await host.ask('imports.forgetMapping', { fingerprint: 'none' })).toEqual({})
})

test('what is done to a selection of a list reaches exactly its rows', async () => {
  const where = { query: 'kind:tool', now: 0, zone: 'UTC' }
  const { id, trace } = await host.ask('lists.ids', { list: 'spans', where })
  expect(id.length).toBe((await host.ask('search.count', { where })).spans)
  const [left = 0] = id
  const bulk = { list: 'spans' as const, where, except: [left], word: 'checked', on: true }
  const { change, rows } = await host.ask('notes.setMatching', bulk)
  expect(rows).toBe(id.length - 1)
  const tagged = { query: 'tag:checked', now: 0, zone: 'UTC' }
  expect((await host.ask('lists.totals', { list: 'spans', where: tagged })).total).toBe(rows)
  expect(await host.ask('notes.read', { of: 'spans', ids: [left, id[1]!] })).toEqual({
    starred: [false, false],
    tags: [[], ['checked']],
    notes: [null, null],
  })
  await host.ask('notes.undo', { change })
  expect((await host.ask('lists.totals', { list: 'spans', where: tagged })).total).toBe(0)

  const traces = [...new Set(trace)]
  const { export: key, spans } = await host.ask('exports.open', {
    format: 'flat',
    traces: traces.slice(0, 1),
    spans: [id[0]!],
  })
  expect(spans).toBe(1)
  const more = { export: key, traces: traces.slice(1), spans: [...id.subarray(1)] }
  expect(await host.ask('exports.more', more)).toEqual({ spans: id.length })
  let text = ''
  for (let done = false; !done;) {
    const piece = await host.ask('exports.next', { export: key })
    text += piece.text
    done = piece.done
  }
  const kinds = text
    .trim()
    .split('\n')
    .map(line => (JSON.parse(line) as { kind: string }).kind)
  expect(kinds).toHaveLength(id.length)
  expect(new Set(kinds)).toEqual(new Set(['tool']))
  await expect(host.ask('exports.more', more)).rejects.toThrow('This export is over')
})
