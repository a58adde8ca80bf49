// The registry of prompts and one prompt: versions, what differs, what came of it, and what a person says of them.

import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import type DiffEditor from '../../renderer/components/diff/DiffEditor.tsx'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Input, Output } from '../../shared/contract/index.ts'
import { pairOf } from '../../renderer/views/prompts/model/pair.ts'
import { hideToast } from '../../renderer/state/undo.ts'
import { fakeClient, type FakeClient } from './fake-client.ts'
import { freshWindows, openWindow } from './render.tsx'

// Monaco needs a layout: what it is given is shown instead.
vi.mock('../../renderer/components/diff/DiffEditor.tsx', () => ({
  default: ({ before, after, label, onEdit }: Parameters<typeof DiffEditor>[0]) => (
    <div role="group" aria-label={`${label} in the editor`}>
      <pre>{before.text}</pre>
      {onEdit ? (
        <textarea aria-label={after.name} defaultValue={after.text} onChange={event => onEdit(event.target.value)} />
      ) : (
        <pre>{after.text}</pre>
      )}
    </div>
  ),
}))

freshWindows()
beforeEach(() => hideToast())

const day = 86_400_000_000
const start = Date.UTC(2026, 10, 5) * 1000
const answered = { exact: true, complete: true }

type Row = Output<'prompts.versions'>['versions'][number]
const row = (version: string | null, n: number, more: Partial<Row> = {}): Row => ({
  version,
  recovered: true,
  sureness: 'sure',
  pinned: false,
  library: false,
  draft: false,
  calls: 70 + n,
  firstSeen: start + n * 7 * day,
  lastSeen: start + (n * 7 + 6) * day,
  models: [{ value: 'gpt-4o', calls: 70 + n }],
  query: `prompt.version:${version}`,
  ...more,
})
const rows = [row('a1', 0), row('b2', 1, { sureness: 'likely' }), row('c3', 2, { sureness: 'unsure' })]
const templates: Readonly<Record<string, string>> = {
  a1: 'You help {{name}}.\nAnswer.',
  b2: 'You help {{name}}.\nAnswer briefly.',
  c3: 'You help {{name}}.\nName the article.',
}
const side = { calls: 34, unknown: 42, estimate: { value: 0.62, interval: { low: 0.58, high: 0.66 } } }
const measures: Output<'prompts.compare'>['measures'] = [
  { name: 'errors', label: 'Errors', unit: 'share', better: 'less' },
  { name: 'score.helpfulness', label: 'helpfulness', unit: 'score' },
]
const compared: Output<'prompts.compare'> = {
  ...answered,
  calls: { a: 71, b: 72 },
  both: 0,
  measures,
  verdicts: [
    {
      name: 'errors',
      outcome: 'not enough data',
      a: { calls: 3, unknown: 0 },
      b: { calls: 4, unknown: 0 },
      level: 0.95,
      together: 2,
    },
    {
      name: 'score.helpfulness',
      outcome: 'better',
      a: side,
      b: { ...side, estimate: { value: 0.81, interval: { low: 0.78, high: 0.84 } } },
      difference: { value: 0.19, interval: { low: 0.14, high: 0.24 } },
      level: 0.95,
      together: 2,
    },
  ],
  sentences: ['Not enough data: 3 of at least 10 independent calls.', 'Better: 0.81 after 0.62.'],
  confounders: [
    {
      field: 'model',
      label: 'Model',
      distance: 0.8,
      values: [
        { value: 'gpt-4o', a: 1, b: 0.2 },
        { value: null, a: 0, b: 0.8 },
      ],
    },
  ],
}

const near = { least: 0.8, groups: 0, read: 0, all: 0 }

function store(versions: readonly Row[] = rows, more: Parameters<typeof fakeClient>[0] = {}) {
  return fakeClient({
    'prompts.status': () => ({ state: 'complete', done: 3, all: 3 }),
    'prompts.list': () => ({
      ...answered,
      total: 2,
      without: 5,
      prompts: [
        {
          name: 'chat <b>',
          recovered: true,
          versions: 3,
          recoveredVersions: 3,
          calls: 213,
          firstSeen: start,
          lastSeen: start + day,
          models: [{ value: 'gpt-4o', calls: 213 }],
          query: 'prompt:x',
        },
        {
          name: 'triage',
          recovered: false,
          versions: 1,
          recoveredVersions: 0,
          calls: 9,
          models: [],
          query: 'prompt:triage',
        },
      ],
    }),
    'prompts.versions': ({ prompt }) => ({
      ...answered,
      name: prompt,
      recovered: true,
      versions: [...versions],
      more: 0,
      changes: [],
    }),
    'prompts.version': ({ version }) => ({
      ...row(version, 0),
      name: 'chat <b>',
      template: templates[version ?? ''],
      cut: 0,
      slots: [{ name: 'name', type: 'name', from: 9, to: 17, examples: ['Ada'] }],
      role: 'system',
      configurations: [
        { id: 'x', calls: 70, model: version === 'c3' ? 'gpt-5' : 'gpt-4o', tools: '[{"name":"find"}]' },
      ],
      read: 70,
      labels: [],
      environments: ['production'],
      releases: [],
      owners: [],
      authors: [],
      approvals: [],
      deployments: [],
    }),
    'prompts.compare': () => compared,
    'prompts.evidence': () => ({
      ...answered,
      measures,
      versions: [{ version: 'c3', calls: 72, sessions: 30, values: [{ calls: 0, unknown: 72 }, side] }],
    }),
    'prompts.matches': () => ({ ...answered, total: 0, near, groups: [] }),
    'prompts.calls': () => ({
      total: 1,
      calls: [
        { id: 5, traceId: 't/1', start, version: 'c3', variables: [{ name: 'name', value: 'Ada\u202e', cut: 0 }] },
      ],
    }),
    'prompts.draft': () => ({ draft: null }),
    'prompts.saveDraft': () => ({ draft: null }),
    'prompts.edit': () => ({ change: 7 }),
    'prompts.undo': () => ({}),
    ...more,
  })
}

const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more })
const query = () => Object.fromEntries(new URLSearchParams(location.hash.split('?')[1] ?? ''))
const edits = (client: FakeClient) =>
  client.asked.filter(({ name }) => name === 'prompts.edit').map(({ input }) => input as Input<'prompts.edit'>)
const tab = async (name: string) => fireEvent.click(await screen.findByRole('tab', { name }))

async function openPrompt(more = '', versions = rows, answers: Parameters<typeof fakeClient>[0] = {}) {
  const client = store(versions, answers)
  await openWindow(client, `/prompt/${encodeURIComponent('chat <b>')}${more}`)
  const grid = await screen.findByRole('treegrid', { name: 'Versions' })
  return { client, grid }
}

test('the registry says what is recovered and what is of no prompt; Enter opens a prompt', async () => {
  await openWindow(store(), '/prompts')
  const grid = await screen.findByRole('treegrid', { name: 'Prompts' })
  const named = within(grid).getByRole('row', { name: /^chat <b>/ })
  expect(named.getAttribute('aria-label') ?? named.textContent).toContain('recovered, 3 versions, 213 calls')
  expect(screen.getByRole('link', { name: '5 calls of no prompt' })).toBeTruthy()
  await waitFor(() => expect(document.activeElement).toBe(grid))
  press('Enter')
  await screen.findByRole('treegrid', { name: 'Versions' })
  expect(location.hash).toBe(`#/prompt/${encodeURIComponent('chat <b>')}`)
})

test('the last two versions are compared: texts, configuration, variables, each with how sure it is', async () => {
  const { grid } = await openPrompt()
  const editor = await screen.findByRole('group', { name: 'System prompt in the editor' })
  expect([...editor.querySelectorAll('pre')].map(one => one.textContent)).toEqual([templates['b2'], templates['c3']])
  expect(screen.getByRole('region', { name: 'What differs in model' }).textContent).toContain('gpt-4o → gpt-5')
  expect(screen.getByRole('region', { name: 'About c3' }).textContent).toContain('name nameAda')
  expect(within(grid).getByRole('row', { name: /^B: c3, recovered, unsure/ })).toBeTruthy()
  expect(within(grid).getByRole('row', { name: /^A: b2, recovered, likely/ })).toBeTruthy()
})

test('by keys: another version, another A, and both stand in the address', async () => {
  const { grid } = await openPrompt()
  await waitFor(() => expect(document.activeElement).toBe(grid))
  press('j')
  press('Enter')
  await waitFor(() => expect(query()).toEqual({ to: 'b2' }))
  press('j')
  press('f')
  await waitFor(() => expect(query()).toEqual({ to: 'b2', from: 'a1' }))
  await within(grid).findByRole('row', { name: /^A: a1/ })
  expect(within(grid).getByRole('row', { name: /^B: b2/ })).toBeTruthy()
  press('o')
  await waitFor(() => expect(location.hash).toContain('/calls?q=prompt.version%3Aa1'))
})

test('a comparison speaks plainly: verdicts first that were found, the interval, what is lacking, what else differs', async () => {
  await openPrompt('?tab=comparison')
  const table = await screen.findByRole('table', { name: 'Measures of A and B' })
  const cells = within(table)
    .getAllByRole('row')
    .slice(1)
    .map(line => [...line.children].map(cell => cell.textContent))
  expect(cells).toEqual([
    ['helpfulness', '▲ Better', '0.62', '0.81', '+0.19 (+0.14 to +0.24)', '34 / 34'],
    ['Errors', '… Not enough data', '—', '—', '3 of at least 10 independent calls.', '3 / 4'],
  ])
  expect(screen.getByText(/Better: helpfulness\. Not enough data: 1 of 2\./)).toBeTruthy()
  expect(screen.getByRole('region', { name: 'What else differs' }).textContent).toContain(
    'Model: gpt-4o 100 % → 20 %, not said 0 % → 80 %',
  )
  expect(screen.getByRole('link', { name: '72 calls' }).getAttribute('href')).toBe('#/calls?q=prompt.version%3Ac3')
})

test('evidence: each number with its interval and n, and unknown is not zero', async () => {
  await openPrompt('?tab=evidence')
  const errors = await screen.findByRole('row', { name: /^Errors/ })
  expect(within(errors).getByRole('cell').textContent).toBe('—not in the files')
  expect(within(screen.getByRole('row', { name: /^helpfulness/ })).getByRole('cell').textContent).toBe(
    '0.620.58 to 0.66, n 34',
  )
})

test('naming, pinning and merging are told and undone', async () => {
  const { client, grid } = await openPrompt()
  await waitFor(() => expect(document.activeElement).toBe(grid))
  press('p')
  await screen.findByText('c3 is pinned')
  press('m')
  await screen.findByText('c3 and b2 are one version')
  press('z', { ctrlKey: true })
  await screen.findByText('Undone: c3 and b2 are one version')
  press('F2')
  fireEvent.change(await screen.findByRole('textbox', { name: 'Name of the version' }), {
    target: { value: ' with articles ' },
  })
  fireEvent.click(screen.getByRole('button', { name: 'Keep' }))
  await screen.findByText('c3 is called with articles')
  expect(edits(client)).toEqual([
    { type: 'pin', prompt: 'chat <b>', version: 'c3', on: true },
    { type: 'merge', prompt: 'chat <b>', versions: ['c3'], into: 'b2' },
    { type: 'title', prompt: 'chat <b>', version: 'c3', title: 'with articles' },
  ])
  expect(client.asked.find(({ name }) => name === 'prompts.undo')?.input).toEqual({ change: 7 })
})

test('what a file names is not merged, and says so', async () => {
  const { client, grid } = await openPrompt('', [row('6', 0, { recovered: false }), row('7', 1, { recovered: false })])
  await waitFor(() => expect(document.activeElement).toBe(grid))
  press('m')
  await waitFor(() => expect(screen.getByText(/what a file names stays apart/)).toBeTruthy())
  expect(edits(client)).toEqual([])
})

test('calls of a recovered version can be split off; their values are shown harmless', async () => {
  const { client } = await openPrompt('?tab=calls')
  const calls = await screen.findByRole('region', { name: 'Calls of the version' })
  expect(calls.textContent).toContain('Ada⟦U+202E⟧')
  fireEvent.click(within(calls).getByRole('checkbox'))
  fireEvent.click(within(calls).getByRole('button', { name: 'Make 1 a version of their own' }))
  await waitFor(() => expect(edits(client)).toEqual([{ type: 'split', prompt: 'chat <b>', version: 'c3', calls: [5] }]))
})

const answer = (id: number, text: string) => ({
  id: `span ${id}`,
  kind: 'generation' as const,
  name: 'chat',
  status: 'ok' as const,
  attributes: {},
  durationNs: `${id}000000000`,
  inputMessages: [{ role: 'user', parts: [{ type: 'text' as const, text: 'where is it' }] }],
  outputMessages: [{ role: 'assistant', parts: [{ type: 'text' as const, text }] }],
})

test('same input: answers side by side, judged by one key, kept as scores of both calls and undone', async () => {
  const { client } = await openPrompt('?tab=inputs', rows, {
    'prompts.matches': () => ({
      ...answered,
      total: 2,
      near,
      groups: [1, 3].map(id => ({ calls: [id, id + 1].map(one => ({ id: one, traceId: `t${one}` })), counts: [1, 2] })),
    }),
    'spans.read': ({ id }) => answer(id, `answer ${id}`),
    'scores.give': () => {
      queueMicrotask(() => client.tell('scores.ended', { run: 3, id: 11 }))
      return { run: 3 }
    },
    'scores.remove': () => ({ scores: 4 }),
  })
  const first = await screen.findByRole('group', { name: 'Answer in the editor' })
  expect(first.textContent).toContain('answer 1')
  expect(screen.getByText('where is it')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'B better' }))
  await tab('Evidence')
  await screen.findByRole('table')
  await tab('Same input')
  await screen.findByRole('button', { name: 'Keep 1 as scores' })
  fireEvent.click(screen.getByRole('button', { name: 'Next input' }))
  await screen.findByText('Input 2 of 2')
  await waitFor(() => expect(screen.getByRole('button', { name: 'Tie' }).hasAttribute('disabled')).toBe(false))
  fireEvent.click(screen.getByRole('button', { name: 'Tie' }))
  fireEvent.click(screen.getByRole('button', { name: 'Keep 2 as scores' }))
  await screen.findByText('2 inputs judged, kept as scores')
  const { file, lines } = client.asked.find(({ name }) => name === 'scores.give')!.input as Input<'scores.give'>
  expect(file).toBe('judged chat b.jsonl')
  const given = lines.split('\n').map(line => JSON.parse(line) as { span_id: string; value: number; comment: string })
  expect(given.map(({ span_id, value, comment }) => [span_id, value, comment])).toEqual([
    ['span 1', 0, 'against c3'],
    ['span 2', 1, 'against b2'],
    ['span 3', 0.5, 'against c3'],
    ['span 4', 0.5, 'against b2'],
  ])
  press('z', { ctrlKey: true })
  await waitFor(() => expect(client.asked.find(({ name }) => name === 'scores.remove')?.input).toEqual({ id: 11 }))
})

test('same input: a third version stands beside the two, a near input says so, and any answer is compared with the first', async () => {
  const { client } = await openPrompt('?tab=inputs', rows, {
    'prompts.matches': ({ sides }) => ({
      ...answered,
      total: 1,
      near: { least: 0.8, groups: 1, read: 600, all: 900 },
      groups: [
        {
          calls: sides.map((_, i) => ({ id: i + 1, traceId: `t${i}` })),
          counts: sides.map(() => 1),
          likeness: 0.876,
        },
      ],
    }),
    'spans.read': ({ id }) => answer(id, `answer ${id}`),
  })
  const mark = await screen.findByText('near, 87 % alike')
  expect(mark.title).toContain('at least 80 %')
  expect(mark.title).toContain('latest 600 of 900 inputs')
  fireEvent.change(screen.getByRole('combobox', { name: 'Version or model to put beside them' }), {
    target: { value: '["a1"]' },
  })
  const columns = await screen.findByRole('group', { name: 'Answers side by side' })
  await within(columns).findByText(/answer 3/)
  expect(query()).toMatchObject({ beside: '["a1"]' })
  expect(client.asked.findLast(({ name }) => name === 'prompts.matches')?.input).toMatchObject({
    sides: ['b2', 'c3', 'a1'].map(version => ({ prompt: 'chat <b>', version })),
  })
  fireEvent.click(within(columns).getByRole('button', { name: /^C / }))
  await waitFor(() =>
    expect(screen.getByRole('group', { name: 'Answer in the editor' }).textContent).toContain('answer 3'),
  )
  expect(screen.getByRole('button', { name: 'C better' })).toBeTruthy()
  expect(screen.getByRole('table', { name: 'Figures of A and C' })).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: /Leave out/ }))
  await waitFor(() => expect(query()).not.toHaveProperty('beside'))
})

test('the palette finds a prompt by its name', async () => {
  await openWindow(store(), '/prompts')
  await screen.findByRole('treegrid', { name: 'Prompts' })
  press('k', { ctrlKey: true })
  fireEvent.change(await screen.findByRole('combobox', { name: 'Command, trace name or id' }), {
    target: { value: 'tri' },
  })
  fireEvent.click(await screen.findByRole('option', { name: /triage/ }))
  await waitFor(() => expect(location.hash).toBe('#/prompt/triage'))
})

test('one version: its template, and what is missing is said on every section', async () => {
  await openPrompt('', [row('a1', 0)])
  expect(await screen.findByText('There is one version only: nothing to compare it with yet.')).toBeTruthy()
  await tab('Comparison')
  expect(await screen.findByRole('heading', { name: 'There is one version only' })).toBeTruthy()
  await tab('Same input')
  expect(await screen.findByRole('heading', { name: 'There is one version only' })).toBeTruthy()
})

test('while prompts are recovered one sees how far; a failure says why', async () => {
  const client = store(rows, { 'prompts.status': () => ({ state: 'working', done: 1, all: 4 }) })
  await openWindow(client, '/prompts')
  expect((await screen.findByRole('progressbar', { name: 'Recovering prompts' })).getAttribute('aria-valuenow')).toBe(
    '25',
  )
  act(() => client.tell('prompts.progress', { state: 'failed', done: 1, all: 4, message: 'the disk is full' }))
  await screen.findByText(/could not be recovered: the disk is full/)
})

test('a prompt that no call has is explained', async () => {
  await openWindow(store([]), '/prompt/gone')
  expect(await screen.findByRole('heading', { name: 'No call here has this prompt' })).toBeTruthy()
})

test('a folder of prompts is read: what would change is said first, then kept and undone; all are saved as one archive', async () => {
  const told: Output<'prompts.putFiles'>['files'] = [
    { path: 'x/a.md', what: 'new', prompt: 'x', version: 'a', names: [{ prompt: 'chat <b>', version: 'a1' }] },
    { path: 'x/b.md', what: 'unreadable', why: 'Its version cannot be read.' },
  ]
  const client = store(rows, {
    'prompts.putFiles': ({ dryRun }) => ({ files: told, ...(dryRun ? {} : { change: 9 }) }),
    'prompts.files': () => ({ total: 1, without: 2, complete: true, files: [{ path: 'x/a.md', text: 'text' }] }),
  })
  await openWindow(client, '/prompts')
  await screen.findByRole('treegrid', { name: 'Prompts' })
  const text = '---\nname: x\nversion: a\n---\nHello'
  const files = ['a.md', 'b.md', 'README.txt'].map(name => new File([text], name))
  fireEvent.change(screen.getByLabelText('Folder of prompts'), { target: { files } })
  const sheet = await screen.findByRole('dialog', { name: '1 version would change' })
  expect(sheet.textContent).toContain('1 file cannot be read')
  expect(sheet.textContent).toContain('is what was recovered as chat <b> a1, which takes this name')
  expect(sheet.textContent).toContain('1 other file left alone')
  fireEvent.click(within(sheet).getByRole('button', { name: 'Keep them' }))
  await screen.findByText('Prompts were read from files')
  const asked = client.asked.filter(({ name }) => name === 'prompts.putFiles')
  expect(asked.map(({ input }) => (input as Input<'prompts.putFiles'>).dryRun)).toEqual([true, false])
  fireEvent.click(screen.getByRole('button', { name: /^Undo/ }))
  await waitFor(() => expect(client.asked.at(-1)).toMatchObject({ name: 'prompts.undo', input: { change: 9 } }))
  const saved = vi.fn<(blob: Blob) => string>(() => 'blob:x')
  Object.assign(URL, { createObjectURL: saved, revokeObjectURL: () => {} })
  fireEvent.click(screen.getByRole('button', { name: 'Save as files…' }))
  await screen.findByText('1 version as files. 2 versions without a text or a name left out.')
  expect(saved.mock.calls[0]![0].type).toBe('application/zip')
})

test('a draft is written beside its version and tried with values; it keeps itself, and is thrown away and back', async () => {
  const { client } = await openPrompt('?tab=draft')
  const editor = await screen.findByRole('textbox', { name: 'draft of c3' })
  // All of what one writes on is shown.
  expect(screen.getByRole('button', { name: 'Only what differs' }).getAttribute('aria-pressed')).toBe('false')
  const preview = () => screen.getByLabelText('Preview').textContent
  expect(preview()).toBe('You help Ada.\nName the article.')
  fireEvent.change(editor, { target: { value: 'You help {{name}} in {{language}}.' } })
  fireEvent.change(screen.getByRole('textbox', { name: 'name' }), { target: { value: '{{language}}' } })
  expect(preview()).toBe('You help {{language}} in {{language}}.')
  expect(screen.getByText('No value for language.')).toBeTruthy()
  const saved = () => client.asked.filter(({ name }) => name === 'prompts.saveDraft').map(({ input }) => input)
  // Kept by itself after a rest, not only when one goes elsewhere.
  await waitFor(() => expect(saved()).toHaveLength(1))
  await tab('Evidence')
  const draft = { template: 'You help {{name}} in {{language}}.', variables: { name: '{{language}}' } }
  expect(saved()).toEqual([{ prompt: 'chat <b>', version: 'c3', draft }])
  client.answers['prompts.draft'] = () => ({ draft })
  await tab('Draft')
  await screen.findByDisplayValue(draft.template)
  fireEvent.click(screen.getByRole('button', { name: 'Throw away' }))
  await screen.findByDisplayValue(/Name the article/)
  expect(saved().at(-1)).toMatchObject({ draft: null })
  press('z', { ctrlKey: true })
  await screen.findByDisplayValue(draft.template)
  expect(saved().at(-1)).toMatchObject({ draft })
})

test('a version that was only tried is listed as that, and compared only where somebody asks', async () => {
  const versions = [...rows, row('d4', 3, { calls: 2, replays: 2 })]
  const { client, grid } = await openPrompt('?tab=comparison', versions, {
    'prompts.compare': () => ({ ...compared, replays: { a: 0, b: 1 } }),
  })
  const named = within(grid).getByRole('row', { name: /^d4/ })
  expect(named.getAttribute('aria-label')).toContain('2 calls, all of them replays')
  expect(await screen.findByText(/^Replays, sent again from here: 0 of A, 1 of B/)).toBeTruthy()
  const sides = client.asked.find(({ name }) => name === 'prompts.compare')?.input as Input<'prompts.compare'>
  expect([sides.a, sides.b]).toMatchObject([{ version: 'b2' }, { version: 'c3' }])
  expect(pairOf(versions, { to: 'd4' }).a?.version).toBe('c3')
})
