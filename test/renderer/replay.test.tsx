// The pane that sends a logged call again: form and text of one body, what its grades mean, and where keys are not.

import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import type { Input, Output } from '../../shared/contract/index.ts'
import { composeRequest } from '../../shared/replay/compose.ts'
import type { LoggedRequest } from '../../shared/replay/logged-request.ts'
import type { Span } from '../../shared/domain/span.ts'
import type { ReplayRequest } from '../../shared/replay/types.ts'
import { fakeClient } from './fake-client.ts'
import { freshWindows, openWindow } from './render.tsx'
import { treeOf } from './trace/forest.ts'

// Monaco needs a layout: a plain field takes its place.
vi.mock('../../renderer/components/raw-editor/TextEditor.tsx', () => ({
  default: ({ text, label, edits }: { text: string; label: string; edits: { change: (text: string) => void } }) => (
    <textarea aria-label={label} value={text} onChange={event => edits.change(event.target.value)} />
  ),
}))

vi.mock('../../renderer/components/diff/DiffEditor.tsx', () => ({ default: () => null }))

freshWindows()

const body =
  '{"model": "gpt-4o", "messages": [{"role":"user","content":"where \\u0069s it"}], "temperature": 1.0, "unknown":{"a":[1,2]}}'
const logged: LoggedRequest = {
  grade: 'A',
  dialect: 'openai-chat',
  model: 'gpt-4o',
  headers: {},
  body,
  receipt: [
    { field: 'body', from: 'log', note: 'as it was written' },
    { field: 'messages[0].content', from: 'missing', note: 'a text that its recorder cut off' },
  ],
}
const connection = {
  name: 'work',
  origin: 'https://api.example.com',
  dialect: 'openai-chat',
  keyEnv: 'SOME_KEY',
} as const

function host(more: Partial<LoggedRequest> = {}, key?: Output<'replay.profiles'>['profiles'][number]['key']) {
  return fakeClient({
    'traces.find': () => ({ id: 1 }),
    'spans.find': () => ({ id: 7 }),
    'spans.read': () => ({ id: 's', kind: 'generation', name: 'ask', status: 'ok', attributes: {} }),
    'replay.profiles': () => ({
      profiles: [{ ...connection, ...(key ? { key } : {}) }],
      system: 'none',
      vault: 'none',
    }),
    'replay.lock': () => ({ locked: false }),
    'replay.request': (changes: Input<'replay.request'>) =>
      composeRequest({ ...logged, ...more }, changes as never) as ReplayRequest,
    'replay.send': () => new Promise(() => {}),
    'prices.estimate': () => ({}),
    'replay.putKey': () => ({}),
    'replay.saveProfile': () => ({}),
    'replay.cancel': () => ({}),
    'replay.tokens': () => ({ tokens: 8, by: 'o200k', media: 0, counted: 20, characters: 20 }),
    'replay.answers': () => ({ answers: [], more: false }),
    'notes.read': ({ ids }) => ({ starred: ids.map(() => false), tags: ids.map(() => []), notes: ids.map(() => null) }),
    'spans.cost': () => ({}),
  })
}

const opened = async (client: ReturnType<typeof host>) => {
  await openWindow(client, '/replay/s?trace=t')
  return screen.findByRole('region', { name: 'Request' }, { timeout: 10_000 })
}

const press = (key: string, on: Element, more: object = {}) => void fireEvent.keyDown(on, { key, ...more })

test('form and text are one body; an edit changes the characters of one value, and is undone', async () => {
  const client = host()
  const request = await opened(client)
  const prompt = within(request).getByRole('textbox', { name: 'user message 1, content' })
  expect(prompt).toHaveProperty('value', 'where is it')
  fireEvent.change(prompt, { target: { value: 'where' } })
  fireEvent.change(prompt, { target: { value: 'where now' } })
  const edited = body.replace('"where \\u0069s it"', '"where now"')
  fireEvent.click(within(request).getByRole('button', { name: 'Text' }))
  const text = await within(request).findByRole('textbox', { name: 'Body of the request' })
  expect(text).toHaveProperty('value', edited)
  // Typing on was one step.
  press('z', request, { ctrlKey: true })
  expect(text).toHaveProperty('value', body)
  // Who clicks beside the fields has focus on the view around them.
  press('Z', screen.getByRole('main'), { ctrlKey: true, shiftKey: true })
  expect(text).toHaveProperty('value', edited)
  press('z', request, { ctrlKey: true })
  press('y', request, { ctrlKey: true })
  expect(text).toHaveProperty('value', edited)

  fireEvent.change(text, { target: { value: edited.replace('1.0', '0.25') } })
  fireEvent.click(within(request).getByRole('button', { name: 'Form' }))
  expect(within(request).getByRole('textbox', { name: 'temperature' })).toHaveProperty('value', '0.25')
  fireEvent.click(within(request).getByRole('button', { name: 'Take out temperature' }))
  expect(within(request).queryByRole('textbox', { name: 'temperature' })).toBeNull()
  await waitFor(() =>
    expect(client.asked.findLast(({ name }) => name === 'replay.request')?.input).toEqual({
      id: 7,
      body: edited.replace('1.0', '0.25'),
      edits: [{ path: ['temperature'] }],
    }),
  )
})

test('a parameter that is added waits for its value with focus on it', async () => {
  const request = await opened(host())
  const name = await within(request).findByLabelText('Name of a parameter to add')
  name.focus()
  fireEvent.change(name, { target: { value: 'seed' } })
  fireEvent.submit(name)
  const value = await within(request).findByRole('textbox', { name: 'seed' })
  await waitFor(() => expect(document.activeElement).toBe(value))
  expect(value).toMatchObject({ value: 'null', selectionStart: 0, selectionEnd: 4 })
})

test('where no answer was logged to go by, the unknown cost says so', async () => {
  await opened(host({}, { place: 'session' }))
  fireEvent.change(screen.getByRole('combobox', { name: 'Connection' }), { target: { value: 'work' } })
  expect(await screen.findByText(/cost unknown: no answer was logged to go by/)).toBeTruthy()
})

test('a grade says what it means; a lossy request waits for a word, and its receipt names what is missing', async () => {
  const client = host({ grade: 'C' }, { place: 'session', last4: '1234' })
  const request = await opened(client)
  expect(request.textContent).toContain('C Lossy')
  // The place itself is marked, and named in the receipt.
  const prompt = within(request).getByRole('article', { name: 'user message 1' })
  expect(prompt.textContent).toContain('Not as it was sent: a text that its recorder cut off')
  expect(within(request).getByRole('row', { name: /^messages\[0\]\.content not in it/ })).toBeTruthy()
  fireEvent.change(screen.getByRole('combobox', { name: 'Connection' }), { target: { value: 'work' } })
  await screen.findByText('https://api.example.com/v1/chat/completions')
  const sent = () => client.asked.filter(({ name }) => name === 'replay.send')
  press('Enter', request, { ctrlKey: true })
  expect(sent()).toEqual([])
  expect(screen.getAllByText(/^Something is missing/).length).toBeGreaterThan(0)
  fireEvent.click(within(request).getByRole('checkbox', { name: 'Send it without what is missing' }))
  press('Enter', request, { ctrlKey: true })
  expect(sent()).toEqual([
    { name: 'replay.send', input: { send: expect.any(String), id: 7, profile: 'work', lossy: true } },
  ])
  // On its way it can be stopped, by Escape.
  press('Escape', request)
  expect(client.asked.some(({ name }) => name === 'replay.cancel')).toBe(true)
})

test('a key that is typed is told to the host once, and is nowhere on the page after that', async () => {
  const client = host()
  await opened(client)
  fireEvent.change(screen.getByRole('combobox', { name: 'Connection' }), { target: { value: 'work' } })
  fireEvent.click(await screen.findByRole('button', { name: 'Key…' }))
  const dialog = await screen.findByRole('dialog', { name: 'The key of work' })
  const field = within(dialog).getByLabelText('Key') as HTMLInputElement
  expect(field.type).toBe('password')
  // What is pasted at once lands in it.
  await waitFor(() => expect(document.activeElement).toBe(field))
  fireEvent.change(field, { target: { value: 'sk-canary' } })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Keep it' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(field.value).toBe('')
  const told = client.asked.filter(({ input }) => JSON.stringify(input).includes('sk-canary'))
  expect(told).toEqual([{ name: 'replay.putKey', input: { name: 'work', key: 'sk-canary', place: 'session' } }])
  const kept = Object.keys(localStorage).map(name => localStorage.getItem(name))
  expect([document.documentElement.outerHTML, location.href, ...kept].join()).not.toContain('canary')
})

test('an answer that calls a tool is gone on from with what the tool answered when it was logged', async () => {
  const client = host({}, { place: 'session' })
  const said = [{ type: 'tool_call' as const, id: 'call_9', name: 'look', arguments: { q: 1 } }]
  const spans: Readonly<Record<number, Partial<Span>>> = {
    8: { outputMessages: [{ role: 'assistant', parts: said }] },
    21: { kind: 'tool', tool: { name: 'look', arguments: { q: 2 }, result: 'of another question' } },
    22: { kind: 'tool', tool: { name: 'look', arguments: { q: 1 }, result: 'in the shed' } },
  }
  const read = client.answers['spans.read']!
  client.answers['spans.read'] = async input => ({ ...(await read(input)), ...spans[input.id] })
  const tree = treeOf([
    { name: 'ask', kind: 'generation' },
    { name: 'look', kind: 'tool' },
    { name: 'look', kind: 'tool' },
  ])
  client.answers['traces.tree'] = () => ({ ...tree, id: Float64Array.of(7, 21, 22) })
  const came = { bytesOut: 1, bytesIn: 1, traceId: 'new', spanId: 'n', trace: 3, span: 8, run: 'r' }
  client.answers['replay.send'] = () => ({ outcome: 'ok', httpStatus: 200, duration: 5, ...came })
  const request = await opened(client)
  fireEvent.change(screen.getByRole('combobox', { name: 'Connection' }), { target: { value: 'work' } })
  await screen.findByText('https://api.example.com/v1/chat/completions')
  press('Enter', request, { ctrlKey: true })
  fireEvent.click(await screen.findByRole('button', { name: 'Go on with recorded results' }))
  const result = await within(request).findByRole('textbox', { name: 'tool message 3, content' })
  expect(result).toHaveProperty('value', 'in the shed')
  expect(client.asked.filter(({ name }) => name === 'replay.send')).toHaveLength(1)
})

test('a variable of the template is filled in anew, while the text is what the template gives', async () => {
  const client = host()
  const read = client.answers['spans.read']!
  const prompt = { template: 'where {{verb}} it', variables: { verb: 'is' } }
  client.answers['spans.read'] = async input => ({ ...(await read(input)), prompt })
  const request = await opened(client)
  const variable = within(request).getByRole('textbox', { name: 'Variable verb' })
  fireEvent.change(variable, { target: { value: 'was' } })
  const text = within(request).getByRole('textbox', { name: 'user message 1, content' })
  expect(text).toHaveProperty('value', 'where was it')
  expect(variable).toHaveProperty('value', 'was')
  fireEvent.change(text, { target: { value: 'something else' } })
  expect(within(request).queryByRole('textbox', { name: 'Variable verb' })).toBeNull()
  expect(within(request).getByText(/nothing can be put in for verb/)).toBeTruthy()
  // Words that somebody names are one, too.
  const field = (name: string) => within(request).getByRole('textbox', { name })
  fireEvent.change(field('Name of a variable to add'), { target: { value: 'what' } })
  fireEvent.change(field('Words of the request that it stands for'), { target: { value: 'thing' } })
  fireEvent.click(within(request).getByRole('button', { name: 'Variable' }))
  fireEvent.change(field('Variable what'), { target: { value: 'body' } })
  expect(text).toHaveProperty('value', 'somebody else')
})

test('what a provider would refuse is said, and mended by one press', async () => {
  const call = { id: 'c', type: 'function', function: { name: 'look', arguments: '{}' } }
  const messages = [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: null, tool_calls: [call] },
  ]
  const client = host({ body: JSON.stringify({ model: 'gpt-5', temperature: 0, messages }), model: 'gpt-5' })
  const request = await opened(client)
  const list = within(request).getByRole('list', { name: 'What the provider would refuse' })
  expect(list.textContent).toContain('models that reason refuse')
  fireEvent.click(within(list).getByRole('button', { name: 'Take out temperature' }))
  expect(within(request).queryByRole('textbox', { name: 'temperature' })).toBeNull()
  fireEvent.click(within(list).getByRole('button', { name: 'Write its result' }))
  expect(within(request).getByRole('article', { name: 'tool message 3' })).toBeTruthy()
  expect(within(request).queryByRole('list', { name: 'What the provider would refuse' })).toBeNull()
  press('z', request, { ctrlKey: true })
  fireEvent.click(within(request).getByRole('button', { name: 'Drop the call' }))
  expect(within(request).getAllByRole('article')).toHaveLength(1)
})

test('an address with a draft puts a request with it beside the logged one, once', async () => {
  const client = host()
  const compose = client.answers['replay.request']!
  client.answers['replay.request'] = async (changes: Input<'replay.request'>) => {
    const { prompt, ...rest } = changes
    const made = await compose(rest)
    return prompt ? { ...made, body: made.body.replace('where \\u0069s it', 'as drafted') } : made
  }
  await openWindow(client, '/replay/s?trace=t&prompt=ask&version=v3&draft=1')
  const request = await screen.findByRole('region', { name: 'Request' })
  await within(request).findByRole('button', { name: 'Draft of v3', pressed: true })
  expect(within(request).getByRole('textbox', { name: 'user message 1, content' })).toHaveProperty(
    'value',
    'as drafted',
  )
  expect(location.hash).not.toContain('draft')
  fireEvent.change(screen.getByRole('combobox', { name: 'Connection' }), { target: { value: 'work' } })
  const wanted = { prompt: 'ask', version: 'v3', draft: true }
  await waitFor(() =>
    expect(client.asked.findLast(({ name }) => name === 'replay.tokens')?.input).toMatchObject({ prompt: wanted }),
  )
  fireEvent.click(within(request).getByRole('button', { name: 'Request 1' }))
  expect(within(request).getByRole('textbox', { name: 'user message 1, content' })).toHaveProperty(
    'value',
    'where is it',
  )
})

test('answers of earlier windows are listed beside the logged one; a run says how far its answers agree', async () => {
  const client = host()
  const read = client.answers['spans.read']!
  const said: Readonly<Record<number, string>> = { 7: 'in the shed', 31: 'in the shed', 32: 'lost', 33: 'lost' }
  client.answers['spans.read'] = async input => ({
    ...(await read(input)),
    outputMessages: [{ role: 'assistant', parts: [{ type: 'text', text: said[input.id]! }] }],
  })
  const answer = { outcome: 'ok', duration: 900, connection: 'work', trace: 3, traceId: 'new' } as const
  client.answers['replay.answers'] = () => ({
    answers: [
      { ...answer, at: 3000, model: 'gpt-4o', span: 33, spanId: 'c', run: 'together' },
      { ...answer, at: 2000, model: 'gpt-4o', span: 32, spanId: 'b', run: 'together' },
      { ...answer, at: 1000, model: 'small', span: 31, spanId: 'a', run: 'alone' },
    ],
    more: true,
  })
  await opened(client)
  const list = await screen.findByRole('group', { name: 'What was sent' })
  const lines = () =>
    within(list)
      .getAllByRole('button')
      .map(({ textContent }) => textContent)
  await waitFor(() => expect(lines()[3]).toMatch(/small.*as the logged one/))
  expect(lines()[0]).toContain('Run of 2 requests')
  expect(lines()[1]).toMatch(/gpt-4o.*differs from the logged one/)
  expect(list.textContent).toContain('is:replayed in a list finds all')
  fireEvent.click(within(list).getAllByRole('button')[0]!)
  const spread = await screen.findByRole('region', { name: 'How far the answers agree' })
  await waitFor(() => expect(within(spread).getByRole('row', { name: /^gpt-4o/ }).textContent).toContain('2 of 21100%'))
  expect(within(spread).getByRole('link', { name: 'Open the run as a list' }).getAttribute('href')).toContain(
    'together',
  )
  fireEvent.click(within(spread).getByRole('button', { name: /lost/ }))
  expect(await screen.findByRole('link', { name: 'Open its trace' })).toBeTruthy()
})

test('another request like this one is edited by itself, and both are sent with their names', async () => {
  const client = host({}, { place: 'session' })
  // As the host counts below a ceiling: a token more of what was edited, and a cent for each.
  client.answers['replay.tokens'] = ({ edits = [] }) => ({
    tokens: 8,
    by: 'o200k',
    media: 0,
    counted: 20,
    characters: 20,
    mostInput: 7 + edits.length,
    mostOutput: 2,
  })
  client.answers['prices.estimate'] = ({ input, output }) => ({
    cost: { cost: { dollars: `${(input + output) / 100}` } } as NonNullable<Output<'prices.estimate'>['cost']>,
  })
  const request = await opened(client)
  fireEvent.change(screen.getByRole('combobox', { name: 'Connection' }), { target: { value: 'work' } })
  await screen.findByText('https://api.example.com/v1/chat/completions')
  press('d', request, { ctrlKey: true })
  const which = within(request).getByRole('group', { name: 'Which request' })
  await within(which).findByRole('button', { name: 'Request 2', pressed: true })
  const text = () => within(request).getByRole('textbox', { name: 'user message 1, content' })
  fireEvent.change(text(), { target: { value: 'where then' } })
  fireEvent.click(within(which).getByRole('button', { name: 'Request 1' }))
  expect(text()).toHaveProperty('value', 'where is it')
  press('Enter', request, { ctrlKey: true, shiftKey: true })
  const dialog = await screen.findByRole('dialog', { name: 'Send several' })
  fireEvent.click(within(dialog).getByRole('checkbox', { name: 'Request 2' }))
  fireEvent.change(within(dialog).getByLabelText('Vary a parameter'), { target: { value: 'temperature' } })
  fireEvent.change(within(dialog).getByLabelText(/^Its values/), { target: { value: '0, 1' } })
  fireEvent.change(within(dialog).getByLabelText('Times each'), { target: { value: '1' } })
  expect(within(dialog).getByRole('status').textContent).toContain(
    '2 requests × 1 model × 2 values × 1 time = 4 requests',
  )
  await waitFor(() => expect(within(dialog).getByRole('status').textContent).toContain('at most $0.420 in all'))
  const atOnce = within(dialog).getByLabelText('At the same time')
  fireEvent.change(atOnce, { target: { value: '4' } })
  press('Enter', atOnce, { ctrlKey: true })
  const sent = () =>
    client.asked.filter(({ name }) => name === 'replay.send').map(({ input }) => input as Input<'replay.send'>)
  await waitFor(() => expect(sent()).toHaveLength(4))
  expect(sent().map(({ variant }) => variant)).toContain('Request 2, temperature 0')
  const content = { path: ['messages', '0', 'content'], value: '"where then"' }
  expect(sent().map(({ edits }) => edits)).toEqual([
    [{ path: ['temperature'], value: '0' }],
    [{ path: ['temperature'], value: '1' }],
    [content, { path: ['temperature'], value: '0' }],
    [content, { path: ['temperature'], value: '1' }],
  ])
  expect(new Set(sent().map(({ run }) => run)).size).toBe(1)
  const list = screen.getByRole('group', { name: 'What was sent' })
  expect(list.textContent).toContain('Request 2, temperature 0')
})

/** Each request costs $0.004 at most, where it is known how many tokens it has at most. */
function bounded(most: Pick<Output<'replay.tokens'>, 'mostInput' | 'mostOutput'>) {
  const client = host({}, { place: 'session' })
  const counted = { tokens: 8, by: 'o200k', media: 0, counted: 20, characters: 20 } as const
  client.answers['replay.tokens'] = () => ({ ...counted, ...most })
  client.answers['prices.estimate'] = () => ({ cost: { cost: { dollars: '0.004' } } }) as never
  return client
}

test('below a ceiling that nothing can pass nothing is sent, and why is said before', async () => {
  const client = bounded({ mostInput: 1000, mostOutput: 100 })
  const request = await opened(client)
  fireEvent.change(screen.getByRole('combobox', { name: 'Connection' }), { target: { value: 'work' } })
  await screen.findByText('https://api.example.com/v1/chat/completions')
  press('Enter', request, { ctrlKey: true, shiftKey: true })
  const dialog = await screen.findByRole('dialog', { name: 'Send several' })
  const send = () => within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Send 3' })
  const cap = (value: string) =>
    fireEvent.change(within(dialog).getByLabelText(/^Never more than/), { target: { value } })
  cap('0,5')
  expect(within(dialog).getByRole('alert').textContent).toBe('The ceiling is written with a point: 0.5')
  expect(send().disabled).toBe(true)
  cap('0x1')
  expect(within(dialog).getByRole('alert').textContent).toContain('an amount of dollars, such as 0.5')
  cap('0.003')
  expect((await within(dialog).findByText(/^The first of them may cost/)).textContent).toContain('nothing is sent')
  expect(send().disabled).toBe(true)
  cap('0.004')
  expect(within(dialog).queryByRole('alert')).toBeNull()
  fireEvent.click(send())
  await waitFor(() =>
    expect(client.asked.find(({ name }) => name === 'replay.send')?.input).toMatchObject({ ceiling: 0.004 }),
  )
})

test('below a ceiling what nobody can bound is not sent', async () => {
  const client = bounded({ mostInput: 1000 })
  const request = await opened(client)
  fireEvent.change(screen.getByRole('combobox', { name: 'Connection' }), { target: { value: 'work' } })
  await screen.findByText('https://api.example.com/v1/chat/completions')
  press('Enter', request, { ctrlKey: true, shiftKey: true })
  const dialog = await screen.findByRole('dialog', { name: 'Send several' })
  fireEvent.change(within(dialog).getByLabelText(/^Never more than/), { target: { value: '5' } })
  expect(await within(dialog).findByText(/^Nobody knows what the first of them may cost/)).toBeTruthy()
  expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Send 3' }).disabled).toBe(true)
})

test('the variable of a key does not go along to another origin, unless it is named again', async () => {
  const client = host({}, { place: 'environment', last4: '1234' })
  await opened(client)
  fireEvent.change(screen.getByRole('combobox', { name: 'Connection' }), { target: { value: 'work' } })
  fireEvent.click(await screen.findByRole('button', { name: 'Change…' }))
  const dialog = await screen.findByRole('dialog')
  fireEvent.change(within(dialog).getByLabelText(/^Origin/), { target: { value: 'https://other.example.com' } })
  expect(within(dialog).getByText(/^The variable SOME_KEY was named for https:\/\/api\.example\.com/)).toBeTruthy()
  fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  const { keyEnv: _, ...rest } = connection
  await waitFor(() =>
    expect(client.asked.find(({ name }) => name === 'replay.saveProfile')?.input).toEqual({
      ...rest,
      origin: 'https://other.example.com',
    }),
  )
})

test('a key pressed before a connection that was just added is known sends once it is', async () => {
  const client = host({}, { place: 'session' })
  const profiles = await client.answers['replay.profiles']!({})
  let known: ((profiles: Output<'replay.profiles'>) => void) | undefined
  client.answers['replay.profiles'] = () => ({ ...profiles, profiles: [] })
  const request = await opened(client)
  client.answers['replay.profiles'] = () => new Promise(resolve => (known = resolve))
  fireEvent.click(screen.getByRole('button', { name: 'Add…' }))
  const dialog = await screen.findByRole('dialog', { name: 'Add a connection' })
  press('Enter', within(dialog).getByLabelText('Name'), { ctrlKey: true })
  expect(await screen.findByText('Nothing is sent while a dialog is open')).toBeTruthy()
  fireEvent.change(within(dialog).getByLabelText('Name'), { target: { value: 'work' } })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  press('Enter', request, { ctrlKey: true })
  const sent = () => client.asked.filter(({ name }) => name === 'replay.send').length
  expect(sent()).toBe(0)
  known?.(profiles)
  await waitFor(() => expect(sent()).toBe(1))
})

test('of two on their way Escape says which it stops, and the next one stops the other', async () => {
  const client = host({}, { place: 'session' })
  const request = await opened(client)
  fireEvent.change(screen.getByRole('combobox', { name: 'Connection' }), { target: { value: 'work' } })
  await screen.findByText('https://api.example.com/v1/chat/completions')
  press('Enter', request, { ctrlKey: true })
  press('Enter', request, { ctrlKey: true })
  press('Escape', request)
  expect(await screen.findByText(/^Stopping what was sent at .*; 1 still on the way$/)).toBeTruthy()
  press('Escape', request)
  const asked = (name: string) =>
    client.asked.flatMap(one => (one.name === name ? [(one.input as { send: string }).send] : []))
  expect(new Set(asked('replay.cancel'))).toEqual(new Set(asked('replay.send')))
})

test('focus stays in the pane when what had it goes', async () => {
  const request = await opened(host())
  const bin = within(request).getByRole('button', { name: 'Take out user message 1' })
  bin.focus()
  fireEvent.click(bin)
  await waitFor(() => expect(bin.isConnected).toBe(false))
  await waitFor(() => expect(request.contains(document.activeElement)).toBe(true))
  const undo = within(request).getByRole<HTMLButtonElement>('button', { name: 'Undo' })
  undo.focus()
  fireEvent.click(undo)
  await waitFor(() => expect(undo.disabled).toBe(true))
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Redo'))
})

test('what another window does to connections, the lock and the answers is seen in this one', async () => {
  const client = host({}, { place: 'session' })
  await opened(client)
  fireEvent.change(screen.getByRole('combobox', { name: 'Connection' }), { target: { value: 'work' } })
  await screen.findByText('https://api.example.com/v1/chat/completions')
  client.answers['replay.lock'] = () => ({ locked: true, by: 'setting' })
  act(() => client.tell('replay.changed', {}))
  expect(await screen.findByText('The network is locked: unlock it to send.')).toBeTruthy()
  client.answers['replay.lock'] = () => ({ locked: false })
  client.answers['replay.profiles'] = () => ({ profiles: [], system: 'none', vault: 'none' })
  act(() => client.tell('replay.changed', {}))
  expect(await screen.findByText('Choose or add a connection: no log says where a request goes.')).toBeTruthy()
  const asked = () => client.asked.filter(({ name }) => name === 'replay.answers').length
  const before = asked()
  act(() => client.tell('replay.changed', {}))
  await waitFor(() => expect(asked()).toBe(before + 1))
})
