import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ImportProgress, ImportRow } from '../../shared/contract/imports.ts'
import type { FileReceipt, ImportReceipt } from '../../shared/domain/receipt.ts'
import { fakeClient, listOf, summary, type FakeClient } from './fake-client.ts'
import { openWindow } from './render.tsx'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more })
const panel = () => screen.getByRole('region', { name: 'Import' })
const sheet = () => screen.findByRole('dialog', { name: /^Import / })
/** The person's word in the import sheet. */
const agree = async () => fireEvent.click(within(await sheet()).getByRole('button', { name: 'Import' }))

function progress(more: Partial<ImportProgress> = {}): ImportProgress {
  return {
    import: 7,
    phase: 'reading',
    file: 'traces.jsonl.gz',
    fileIndex: 0,
    fileCount: 1,
    bytes: 41_000_000,
    totalBytes: 100_000_000,
    spans: 12_204,
    traces: 310,
    unreadable: 0,
    spansPerSecond: 30_000,
    secondsLeft: 40,
    ...more,
  }
}

function fileReceipt(more: Partial<FileReceipt> = {}): FileReceipt {
  return {
    path: '/dumps/traces.jsonl.gz',
    format: 'otlp-json',
    conventions: { openinference: 81, 'otel-genai': 19 },
    bytes: 2048,
    traces: 2,
    spans: 100,
    calls: 9,
    added: 60,
    known: 40,
    unreadable: [],
    unreadableCount: 0,
    skipped: [],
    kinds: {},
    formats: { 'otlp-json': 2 },
    messages: 0,
    inputTokens: 0,
    outputTokens: 0,
    marks: {},
    unreadFields: [],
    unreadFieldCount: 0,
    conflicts: [],
    conflictCount: 0,
    ...more,
  }
}

function receipt(files: readonly FileReceipt[], more: Partial<ImportReceipt['totals']> = {}): ImportReceipt {
  const totals = {
    traces: 2,
    spans: 100,
    calls: 9,
    inputTokens: 0,
    outputTokens: 0,
    added: 60,
    known: 40,
    unreadable: 0,
    messages: 0,
    conflicts: 0,
    unreadFields: 0,
  }
  return { files, totals: { ...totals, ...more }, outcome: 'complete', seconds: 1.25 }
}

const importRow = (more: Partial<ImportRow> = {}): ImportRow => ({
  id: 7,
  files: ['traces.jsonl.gz'],
  state: 'complete',
  startedAt: 1_780_495_331_204,
  spans: 100,
  traces: 2,
  unreadable: 0,
  canContinue: false,
  ...more,
})

function emptyStore(): FakeClient {
  return fakeClient({
    'store.summary': () => summary(0),
    'traces.list': listOf(() => 0),
    'imports.sample': () => ({ import: 7 }),
    'imports.upload': () => ({ import: 7, key: 'k1' }),
    'imports.start': () => ({ import: 7 }),
    'imports.check': () => ({ check: 1 }),
    'imports.checkUpload': () => ({ check: 1, key: 'c1' }),
    'imports.stopCheck': () => ({}),
    'imports.cancel': () => ({}),
    'imports.continue': () => ({ import: 8 }),
    'imports.remove': () => ({}),
  })
}

test('the sample opens with progress, then with its receipt, then with its traces', async () => {
  const client = emptyStore()
  await openWindow(client, '/')
  fireEvent.click(screen.getByRole('button', { name: 'Open the sample traces' }))
  await waitFor(() => panel())
  act(() => client.tell('imports.progress', progress()))
  expect(within(panel()).getByRole('progressbar').getAttribute('aria-valuenow')).toBe('41')
  expect(panel().textContent).toContain('41% · 41.0 MB of 100 MB · 30,000 spans/s · about 40 s left')
  expect(screen.getByRole('contentinfo').textContent).toContain('import: 41% · 30,000 spans/s')
  const last = fileReceipt({
    unreadable: [{ line: 20_113, code: 'import/not-json', message: 'Cut short.' }],
    unreadableCount: 1,
  })
  act(() => client.tell('imports.ended', { import: 7, state: 'complete', receipt: receipt([last]) }))
  expect(within(panel()).getByRole('heading', { name: 'Imported 100 spans in 2 traces' })).toBeTruthy()
  expect(await within(panel()).findByText('Meaning: OpenInference 81% · OpenTelemetry GenAI 19%')).toBeTruthy()
  expect(within(panel()).getByText('line 20,113').parentElement?.textContent).toContain('Cut short.')
  expect(await within(panel()).findByText(/OTLP JSON · 2\.0 kB/)).toBeTruthy()
  fireEvent.click(within(panel()).getByRole('button', { name: 'Open traces' }))
  expect(location.hash).toBe('#/traces')
  expect(screen.queryByRole('region', { name: 'Import' })).toBeNull()
})

test('files are chosen in the page where the host has no dialog, and their bytes are sent', async () => {
  const client = emptyStore()
  const file = new File(['{}'], 'dump.json')
  await openWindow(client, '/', () => Promise.resolve([file]))
  press('o', { ctrlKey: true })
  await agree()
  await waitFor(() => expect(client.uploads.at(-1)).toEqual({ key: 'k1', names: ['dump.json'] }))
  expect(client.asked.find(one => one.name === 'imports.upload')?.input).toEqual({
    files: [{ name: 'dump.json', bytes: 2 }],
  })
})

test('dropped files are named by their paths where the host knows them', async () => {
  const client = fakeClient(
    { 'imports.start': () => ({ import: 7 }), 'imports.check': () => ({ check: 1 }), 'traces.list': listOf(() => 3) },
    { paths: true },
  )
  await openWindow(client)
  const files = [new File(['{}'], 'dump.json')]
  const data = { types: ['Files'], files, items: [] }
  fireEvent.dragEnter(document.body, { dataTransfer: data })
  expect(screen.getByText('Drop to import')).toBeTruthy()
  fireEvent.drop(document.body, { dataTransfer: data })
  await agree()
  await waitFor(() =>
    expect(client.asked.find(one => one.name === 'imports.start')?.input).toEqual({ paths: ['/dumps/dump.json'] }),
  )
  expect(screen.queryByText('Drop to import')).toBeNull()
})

test('cancelling asks to keep what is read; Escape only hides the panel', async () => {
  const client = emptyStore()
  await openWindow(client, '/')
  fireEvent.click(screen.getByRole('button', { name: 'Open the sample traces' }))
  await waitFor(() => panel())
  press('Escape')
  expect(screen.queryByRole('region', { name: 'Import' })).toBeNull()
  fireEvent.click(within(screen.getByRole('contentinfo')).getByRole('button', { name: /^import:/ }))
  fireEvent.click(within(panel()).getByRole('button', { name: 'Cancel' }))
  expect(client.asked.find(one => one.name === 'imports.cancel')?.input).toEqual({ import: 7 })
  expect(within(panel()).getByRole('button', { name: 'Stopping…' })).toHaveProperty('disabled', true)
})

test('a file that could not be read says why and what to do', async () => {
  const client = emptyStore()
  await openWindow(client, '/')
  const failure = { code: 'import/empty', message: 'The file is empty.' }
  const { format: _, ...unread } = fileReceipt({ spans: 0, traces: 0, failure, conventions: {} })
  act(() =>
    client.tell('imports.ended', {
      import: 7,
      state: 'failed',
      receipt: receipt([unread], { spans: 0, traces: 0, added: 0 }),
    }),
  )
  expect(within(panel()).getByRole('heading', { name: 'Nothing could be imported' })).toBeTruthy()
  expect(panel().textContent).toContain('The file is empty. Check that the program that wrote it had finished.')
  expect(within(panel()).queryByRole('button', { name: 'Open traces' })).toBeNull()
})

test('a file cut short after some of it was read is not called unread', async () => {
  const client = emptyStore()
  await openWindow(client, '/')
  const failure = { code: 'import/cut-short', message: 'What was sent ended before the file did.' }
  act(() =>
    client.tell('imports.ended', { import: 7, state: 'complete', receipt: receipt([fileReceipt({ failure })]) }),
  )
  expect(
    within(panel()).getByRole('heading', { name: 'Imported 100 spans in 2 traces; 1 file not read to the end' }),
  ).toBeTruthy()
  expect(panel().textContent).toContain('Open the file again')
})

test('the list marks an import that read nothing as failed', async () => {
  const client = emptyStore()
  const failure = { code: 'import/empty', message: 'The file is empty.' }
  const read = receipt([fileReceipt({ spans: 0, failure })], { spans: 0, traces: 0, added: 0 })
  client.answers['imports.list'] = () => ({ imports: [importRow({ spans: 0, traces: 0, receipt: read })] })
  await openWindow(client, '/imports')
  expect(await screen.findByRole('button', { name: /^failed: nothing could be imported/ })).toBeTruthy()
})

test('answers of a run are one row, which opens the run and says what removing it means', async () => {
  const client = emptyStore()
  const { receipt: _none, ...row } = importRow({ files: ['50 answers to ask'], answers: { run: 'r/1', imports: 50 } })
  client.answers['imports.list'] = () => ({ imports: [row] })
  await openWindow(client, '/imports')
  expect(await screen.findByRole('button', { name: /50 answers to ask/, expanded: true })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Audit' })).toBeNull()
  expect(document.body.textContent).not.toContain('No receipt')
  fireEvent.click(screen.getByRole('button', { name: /^Remove/ }))
  expect((await screen.findByRole('alertdialog')).textContent).toContain('nobody else has these answers')
  fireEvent.click(screen.getByRole('button', { name: 'Keep it' }))
  fireEvent.click(screen.getByRole('button', { name: 'Open the run' }))
  await waitFor(() => expect(location.hash + location.pathname).toContain('/session/r%2F1'))
})

test('an import that ended stops running in the list before the list is asked for again', async () => {
  const client = emptyStore()
  client.answers['imports.list'] = () => ({ imports: [importRow({ state: 'running' })] })
  await openWindow(client, '/imports')
  expect(await screen.findByRole('button', { name: 'Cancel' })).toBeTruthy()
  act(() => client.tell('imports.ended', { import: 7, state: 'partial', receipt: receipt([fileReceipt()]) }))
  expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull()
  expect(screen.getByText(/Stopped before its end/)).toBeTruthy()
})

test('an import that cannot begin says why', async () => {
  const client = emptyStore()
  delete client.answers['imports.sample']
  await openWindow(client, '/')
  fireEvent.click(screen.getByRole('button', { name: 'Open the sample traces' }))
  expect(
    (await within(await screen.findByRole('region', { name: 'Import' })).findByRole('alert')).textContent,
  ).toContain('test/no-answer')
})

test('importing the same again says that nothing is new', async () => {
  const client = emptyStore()
  await openWindow(client, '/')
  act(() =>
    client.tell('imports.ended', {
      import: 7,
      state: 'complete',
      receipt: receipt([fileReceipt()], { added: 0, known: 100 }),
    }),
  )
  expect(panel().textContent).toContain('Nothing new: the store had all of 100 spans in 2 traces')
})

test('many unreadable records are listed on demand', async () => {
  const client = emptyStore()
  const unreadable = Array.from({ length: 9 }, (_, i) => ({
    byte: i * 1000,
    code: 'import/truncated',
    message: `Record ${i}`,
  }))
  client.answers['imports.list'] = () => ({
    imports: [importRow({ receipt: receipt([fileReceipt({ unreadable, unreadableCount: 1200 })]), unreadable: 1200 })],
  })
  await openWindow(client, '/imports')
  expect(await screen.findByText('1,200 unreadable records')).toBeTruthy()
  expect(screen.queryByText('Record 8')).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Show 4 more' }))
  expect(screen.getByText('byte 8,000')).toBeTruthy()
  expect(screen.getByText('1,191 more are counted but not listed.')).toBeTruthy()
})

test('removing an import names what goes, says that it is final, and waits for the word', async () => {
  const client = emptyStore()
  client.answers['imports.list'] = () => ({ imports: [importRow()] })
  await openWindow(client, '/imports')
  fireEvent.click(await screen.findByRole('button', { name: 'Remove traces.jsonl.gz' }))
  const dialog = await screen.findByRole('alertdialog', { name: 'Remove traces.jsonl.gz?' })
  expect(dialog.textContent).toContain('100 spans in 2 traces leave the store')
  expect(dialog.textContent).toContain('This cannot be undone')
  fireEvent.click(within(dialog).getByRole('button', { name: 'Keep it' }))
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  expect(client.asked.some(one => one.name === 'imports.remove')).toBe(false)
  fireEvent.click(screen.getByRole('button', { name: 'Remove traces.jsonl.gz' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Remove import' }))
  await waitFor(() => expect(client.asked.find(one => one.name === 'imports.remove')?.input).toEqual({ import: 7 }))
})

test('a partial import can be continued', async () => {
  const client = emptyStore()
  client.answers['imports.list'] = () => ({ imports: [importRow({ state: 'partial', canContinue: true })] })
  await openWindow(client, '/imports')
  expect(await screen.findByText(/Stopped before its end\./)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Continue' }))
  await waitFor(() => expect(client.asked.find(one => one.name === 'imports.continue')?.input).toEqual({ import: 7 }))
})

test('sending that breaks off because the import ended is not told as a failure of its own', async () => {
  const client = emptyStore()
  client.failUploads(new Error('broken off'))
  await openWindow(client, '/', () => Promise.resolve([new File(['{}'], 'dump.json')]))
  vi.useFakeTimers({ shouldAdvanceTime: true })
  press('o', { ctrlKey: true })
  await agree()
  await waitFor(() => panel())
  act(() =>
    client.tell('imports.ended', {
      import: 7,
      state: 'partial',
      error: { code: 'process/died', message: 'It was interrupted.' },
    }),
  )
  await act(() => vi.advanceTimersByTimeAsync(4000))
  expect(panel().textContent).toContain('It was interrupted.')
  expect(within(panel()).queryByRole('alert')).toBeNull()
  vi.useRealTimers()
})

test('files that cannot be sent while the import waits for them end it and say why', async () => {
  const client = emptyStore()
  client.failUploads(new Error('no such file any more'))
  await openWindow(client, '/', () => Promise.resolve([new File(['{}'], 'dump.json')]))
  vi.useFakeTimers({ shouldAdvanceTime: true })
  press('o', { ctrlKey: true })
  await agree()
  await waitFor(() => panel())
  await act(() => vi.advanceTimersByTimeAsync(4000))
  expect(within(panel()).getByRole('alert').textContent).toContain('no such file any more')
  expect(client.asked.find(one => one.name === 'imports.cancel')?.input).toEqual({ import: 7 })
  vi.useRealTimers()
})

const checked = (files: readonly FileReceipt[], more: Partial<ImportReceipt> = {}) => ({
  check: 1,
  receipt: { ...receipt(files), dryRun: true as const, ...more },
  preview: [
    { depth: 0, name: 'answer_question', kind: 'agent' as const, status: 'ok' as const, durationNs: '2310000000' },
    { depth: 1, name: 'chat', kind: 'generation' as const, status: 'ok' as const, model: 'gpt-4o', inputTokens: 1204 },
  ],
})

test('the sheet says how a file would be read before anything is written', async () => {
  const client = emptyStore()
  await openWindow(client, '/', () => Promise.resolve([new File(['{}'], 'dump.json')]))
  press('o', { ctrlKey: true })
  const dialog = await sheet()
  expect(dialog.textContent).toContain('Import dump.json')
  await waitFor(() => expect(client.asked.some(one => one.name === 'imports.checkUpload')).toBe(true))
  const file = fileReceipt({
    sure: 'likely',
    packed: ['gzip'],
    unpackedBytes: 9000,
    marks: { secret: 14 },
    bytes: 40_000_000,
  })
  act(() => client.tell('imports.checked', checked([file], { onlyFirstBytes: 33_554_432 })))
  await within(dialog).findByText(/OTLP JSON, likely/)
  for (const said of [
    '100 spans in 2 traces',
    '40.0 MB gzip, 9.0 kB unpacked',
    'answer_question',
    'gpt-4o',
    '1,204',
    '14 spans may hold a secret',
    'Only the first 33.6 MB of each file were looked at.',
  ])
    expect(dialog.textContent).toContain(said)
  expect(client.asked.some(one => one.name === 'imports.upload')).toBe(false)
  fireEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(client.asked.at(-1)).toEqual({ name: 'imports.stopCheck', input: { check: 1 } })
})

test('fields of unknown rows can be chosen, and the import is given the choice', async () => {
  const client = emptyStore()
  await openWindow(client, '/', () => Promise.resolve([new File(['{}'], 'rows.jsonl')]))
  press('o', { ctrlKey: true })
  const dialog = await sheet()
  const rows = {
    fingerprint: 'f',
    rows: 12,
    fields: [
      { path: 'llm', rows: 12, examples: ['gpt-4o'] },
      { path: 'who.answered', rows: 12, examples: ['claude-opus-4'] },
    ],
    mapping: { fields: { model: 'llm' } },
    from: 'names and values' as const,
  }
  await waitFor(() => expect(client.asked.some(one => one.name === 'imports.checkUpload')).toBe(true))
  act(() => client.tell('imports.checked', checked([fileReceipt({ unknownRows: [rows] })])))
  const model = within(dialog).getByLabelText('model')
  expect(model).toHaveProperty('value', 'llm')
  fireEvent.change(model, { target: { value: 'who.answered' } })
  expect(dialog.textContent).toContain('claude-opus-4')
  const mapping = { fields: { model: 'who.answered' } }
  await waitFor(() =>
    expect(client.asked.findLast(one => one.name === 'imports.checkUpload')?.input).toMatchObject({ mapping }),
  )
  await agree()
  await waitFor(() => expect(client.asked.find(one => one.name === 'imports.upload')?.input).toMatchObject({ mapping }))
})

test('who wants no questions is asked none the next time', async () => {
  const client = emptyStore()
  await openWindow(client, '/', () => Promise.resolve([new File(['{}'], 'dump.json')]))
  press('o', { ctrlKey: true })
  fireEvent.click(within(await sheet()).getByLabelText('Next time import without asking'))
  await agree()
  await waitFor(() => panel())
  press('o', { ctrlKey: true })
  await waitFor(() => expect(client.asked.filter(one => one.name === 'imports.upload')).toHaveLength(2))
  localStorage.clear()
})

test('a receipt tells conflicts, fields nobody understands, and shows the bytes of what could not be read', async () => {
  const client = emptyStore()
  const file = fileReceipt({
    conflicts: [{ traceId: 't', spanId: 's1', field: 'model', kept: 'gpt-4o', other: 'gpt-3.5' }],
    conflictCount: 3,
    unreadFields: [{ name: 'my.own.field', spans: 7 }],
    unreadFieldCount: 1,
    unreadable: [{ line: 4, code: 'import/not-json', message: 'No JSON.', bytes: '{"a": \\x00' }],
    unreadableCount: 1,
    marks: { 'no-zone': 2, orphan: 1 },
  })
  client.answers['imports.list'] = () => ({ imports: [importRow({ receipt: receipt([file]) })] })
  await openWindow(client, '/imports')
  const item = (await screen.findByText('3 fields on which records of one span disagree')).closest('li')!
  for (const said of [
    'gpt-3.5',
    '2 more are counted',
    'my.own.field',
    '7 spans',
    'show bytes',
    '{"a": \\x00',
    '1 orphan',
  ])
    expect(item.textContent).toContain(said)
})
