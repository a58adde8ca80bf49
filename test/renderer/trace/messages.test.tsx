import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { JsonText } from '../../../renderer/components/json/JsonText.tsx'
import { LongText } from '../../../renderer/components/json/LongText.tsx'
import { findAll, pieceAt, piecesOf } from '../../../renderer/components/json/pieces.ts'
import { tokenize } from '../../../renderer/components/json/pretty.ts'
import { joinToolResults } from '../../../renderer/components/messages/join.ts'
import { Messages } from '../../../renderer/components/messages/Messages.tsx'
import { read } from '../../../renderer/components/messages/reading.ts'
import { sniffImage } from '../../../renderer/components/messages/sniff-image.ts'
import { sniffMedia } from '../../../renderer/components/messages/sniff-media.ts'
import type { JsonValue } from '../../../shared/domain/json.ts'
import type { Message, Part } from '../../../shared/domain/message.ts'
import { findDanger, hidden, hostile } from './hostile.ts'

afterEach(() => {
  cleanup()
  read({ onlyNew: true, markdown: true })
})

const text = (role: string, ...texts: string[]): Message => ({
  role,
  parts: texts.map(each => ({ type: 'text', text: each })),
})
const call = (id: string, name: string, args?: JsonValue): Part => ({
  type: 'tool_call',
  id,
  name,
  ...(args === undefined ? {} : { arguments: args }),
})
const result = (id: string, value: JsonValue): Part => ({ type: 'tool_result', id, result: value })

test('hostile text in every part of a message is text and nothing else', () => {
  for (const evil of hostile) {
    const parts: Part[] = [
      { type: 'text', text: evil },
      { type: 'reasoning', text: evil },
      { type: 'tool_call', id: evil, name: evil, arguments: { [evil]: evil } },
      { type: 'tool_result', id: `${evil}2`, name: evil, result: evil },
      { type: 'refusal', text: evil },
      { type: 'media', mimeType: evil, uri: evil, fileId: evil },
      { type: 'other', value: { [evil]: [evil] } },
    ]
    const { container } = render(
      <Messages
        input={[{ role: evil, name: evil, parts }]}
        output={[{ role: 'assistant', finishReason: evil, parts }]}
      />,
    )
    expect(findDanger(container), evil).toEqual([])
    expect(container.textContent).toContain(evil)
    expect('pwn' in globalThis).toBe(false)
    cleanup()
  }
})

test('characters that hide or reorder text are shown', () => {
  for (const [written, shown] of hidden) {
    const { container } = render(<Messages input={[text('user', written)]} output={[]} />)
    expect(container.textContent).toContain(shown)
    expect(container.textContent).not.toContain(written)
    cleanup()
  }
})

test('objects that look like React elements are JSON text', () => {
  const trap = {
    $$typeof: 'Symbol(react.element)',
    type: 'img',
    props: { dangerouslySetInnerHTML: { __html: '<b>x</b>' } },
  }
  const { container } = render(<JsonText value={trap} />)
  expect(container.textContent).toContain('"$$typeof": "Symbol(react.element)"')
  expect(container.querySelector('img, b')).toBeNull()
})

test('a tool result stands under its call and nowhere else', () => {
  const messages: Message[] = [
    text('user', 'where is my parcel'),
    {
      role: 'assistant',
      parts: [call('c1', 'lookup_order', '{"order_id":"NW-1"}'), call('c2', 'search', { query: 'x' })],
    },
    { role: 'tool', parts: [result('c2', [1])] },
    { role: 'tool', parts: [result('c1', '{"status":"sent"}')] },
    { role: 'tool', parts: [result('c1', 'again'), result('c9', 'stray')] },
  ]
  const joined = joinToolResults(messages)
  expect(joined.map(({ index }) => index)).toEqual([0, 1, 4])
  expect(joined[1]?.parts.map(part => part.result?.result)).toEqual(['{"status":"sent"}', [1]])

  render(<Messages input={messages} output={[]} />)
  const articles = screen.getAllByRole('article')
  expect(articles.map(article => article.getAttribute('aria-label'))).toEqual([
    'user message',
    'assistant message',
    'tool message',
  ])
  const order = articles[1]!.textContent
  expect(order).toContain('{ "order_id": "NW-1" }')
  expect(order.indexOf('{ "status": "sent" }')).toBeGreaterThan(order.indexOf('lookup_order'))
  expect(order.indexOf('{ "status": "sent" }')).toBeLessThan(order.indexOf('search'))
  expect(articles[2]!.textContent).toContain('stray')
})

test('a result that comes before its call is not taken for its answer', () => {
  const joined = joinToolResults([
    { role: 'tool', parts: [result('c1', 'early')] },
    { role: 'assistant', parts: [call('c1', 'late')] },
  ])
  expect(joined).toHaveLength(2)
  expect(joined[1]?.parts[0]?.result).toBeUndefined()
})

test('a long conversation keeps its instructions and its end, and counts the rest', () => {
  const messages = [
    text('system', 'Be brief.'),
    ...Array.from({ length: 100_000 }, (_, i) => text('user', `turn ${i}.`)),
  ]
  render(<Messages input={messages} output={[text('assistant', 'done')]} />)
  expect(screen.getAllByRole('article')).toHaveLength(8)
  expect(screen.getByText('turn 99999.')).toBeTruthy()
  expect(screen.getByRole('button', { name: '99,994 earlier messages · show' })).toBeTruthy()
})

test('what is not seen of a long conversation takes room and nothing more', () => {
  class Nothing {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  }
  vi.stubGlobal('IntersectionObserver', Nothing)
  const messages = Array.from({ length: 100_000 }, (_, i) => text('user', `turn ${i}.`))
  render(<Messages input={messages} output={[]} />)
  fireEvent.click(screen.getByRole('button', { name: '99,994 earlier messages · show' }))
  expect(screen.getAllByRole('article').length).toBeLessThan(20)
  expect(document.querySelectorAll('*').length).toBeLessThan(1000)
  vi.unstubAllGlobals()
})

test('of a call that goes on from another one only what is new is shown', () => {
  const asked = [
    text('system', 'Be brief.'),
    text('user', 'refund order 1182'),
    { role: 'assistant', parts: [call('c1', 'issue_refund', { order: 1182 })] },
    { role: 'tool', parts: [result('c1', 'amount exceeds limit')] },
  ]
  const went: string[] = []
  const repeated = { same: Uint8Array.of(1, 1, 1, 0), gone: 2, open: () => void went.push('there') }
  render(<Messages input={asked} output={[text('assistant', 'I will ask.')]} repeated={repeated} />)
  const names = () => screen.getAllByRole('article').map(article => article.getAttribute('aria-label'))
  // The call was there before, its result was not: both stand together.
  expect(names()).toEqual(['system message', 'new assistant message', 'assistant message'])
  expect(screen.getByText(/2 messages of it not sent again/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'previous call' }))
  expect(went).toEqual(['there'])
  fireEvent.click(screen.getByRole('button', { name: '1 earlier message, same as the previous call · show all' }))
  expect(names()).toEqual(['system message', 'user message', 'new assistant message', 'assistant message'])
})

test('a reader who wants all messages gets them in every call', () => {
  const repeated = { same: Uint8Array.of(1, 0), gone: 0, open: () => {} }
  const asked = [text('user', 'one'), text('user', 'two')]
  const shown = render(<Messages input={asked} output={[]} repeated={repeated} />)
  fireEvent.click(screen.getByRole('button', { name: 'All 2' }))
  expect(screen.getAllByRole('article')).toHaveLength(2)
  shown.unmount()
  render(<Messages input={asked} output={[]} repeated={repeated} />)
  expect(screen.getAllByRole('article')).toHaveLength(2)
  fireEvent.click(screen.getByRole('button', { name: 'New' }))
  expect(screen.getAllByRole('article')).toHaveLength(1)
})

test('a call that only repeats another one still says what it asked', () => {
  const repeated = { same: Uint8Array.of(1, 1), gone: 0, open: () => {} }
  render(<Messages input={[text('user', 'one'), text('user', 'two')]} output={[]} repeated={repeated} />)
  expect(screen.getByRole('article').textContent).toContain('two')
})

test('long system prompts start folded and say how long they are', () => {
  const lines = Array.from({ length: 48 }, (_, i) => `rule ${i}`).join('\n')
  const { container } = render(<Messages input={[text('system', lines)]} output={[]} />)
  expect(container.textContent).not.toContain('rule 40')
  fireEvent.click(screen.getByRole('button', { name: 'Show all 48 lines' }))
  expect(container.textContent).toContain('rule 47')
})

test('a text of 20 MB starts with its first lines, and says how large it is', () => {
  const { container } = render(<LongText text={`${'x'.repeat(99)}\n`.repeat(200_000)} />)
  expect(container.textContent.length).toBeLessThan(70_000)
  expect(screen.getByRole('button', { name: 'Show all 20.0 MB' })).toBeTruthy()
})

test('pieces of a long text are the text, and break no character', () => {
  for (const whole of [`${'word '.repeat(9)}\n`.repeat(3000), '🙂'.repeat(30_000), `a${'🙂'.repeat(30_000)}`]) {
    const starts = piecesOf(whole)
    const parts = Array.from(starts.slice(0, -1), (start, i) => whole.slice(start, starts[i + 1]))
    expect(parts.join('')).toBe(whole)
    expect(parts.every(part => part.isWellFormed())).toBe(true)
    expect(parts.length).toBeGreaterThan(5)
    expect(pieceAt(starts, starts[3]!)).toBe(3)
    expect(pieceAt(starts, starts[3]! - 1)).toBe(2)
  }
  expect(findAll('Refund, refund', 'REFUND')).toEqual([0, 8])
})

test('a message can be read as JSON', () => {
  render(<Messages input={[text('user', 'hi')]} output={[]} />)
  const article = screen.getByRole('article', { name: 'user message' })
  fireEvent.click(within(article).getByRole('button', { name: 'json' }))
  expect(article.textContent).toContain('"role": "user"')
})

test('coloured JSON is the same text', () => {
  const json = JSON.stringify({ 'a"b': ['\\', -1.5e-7, null, true, { x: 'true : 1' }] }, null, 2)
  expect(
    tokenize(json)
      .map(token => token.text)
      .join(''),
  ).toBe(json)
})

test('images are told by their bytes: SVG and picture bombs are none', () => {
  const png = Uint8Array.from(
    atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
    c => c.charCodeAt(0),
  )
  expect(sniffImage(png)).toEqual({ mimeType: 'image/png', width: 1, height: 1 })
  const bomb = png.slice()
  new DataView(bomb.buffer).setUint32(16, 50_000)
  new DataView(bomb.buffer).setUint32(20, 50_000)
  expect(sniffImage(bomb)).toBeUndefined()
  expect(
    sniffImage(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')),
  ).toBeUndefined()
  const jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8, 0, 20, 0, 30, 3, 0, 0, 0]
  expect(sniffImage(Uint8Array.from(jpeg))).toEqual({ mimeType: 'image/jpeg', width: 30, height: 20 })
  expect(sniffImage(Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]))).toBeUndefined()
})

test('a result that is a list of texts and images is read as such, anything else is JSON', () => {
  URL.createObjectURL = () => 'blob:x'
  URL.revokeObjectURL = () => {}
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const parts: Part[] = [
    result('c1', [
      { type: 'text', text: 'a chart' },
      { type: 'image', source: { type: 'base64', media_type: 'text/html', data: png } },
    ]),
    result('c2', [
      { type: 'text', text: 'x' },
      { type: 'strange', secret: 1 },
    ]),
  ]
  const { container } = render(<Messages input={[{ role: 'tool', parts }]} output={[]} />)
  expect(screen.getByText('a chart')).toBeTruthy()
  expect(container.querySelectorAll('img')).toHaveLength(1)
  expect(container.querySelector('img')?.alt).toBe('png image, 1 × 1, 70 B')
  expect(container.textContent).toContain('"secret": 1')
})

test('sounds and files are told by their bytes', () => {
  const bytes = (text: string) => Uint8Array.from(text, char => char.charCodeAt(0))
  expect(sniffMedia(bytes('RIFF\0\0\0\0WAVEfmt '))).toMatchObject({ type: 'audio', mimeType: 'audio/wav' })
  expect(sniffMedia(bytes('ID3\u0003rest'))).toMatchObject({ type: 'audio', extension: 'mp3' })
  expect(sniffMedia(Uint8Array.of(0xff, 0xfb, 0x90, 0))).toMatchObject({ type: 'audio', extension: 'mp3' })
  expect(sniffMedia(Uint8Array.of(0xff, 0xf1, 0x50, 0))).toMatchObject({ type: 'audio', extension: 'aac' })
  expect(sniffMedia(bytes('%PDF-1.7'))).toMatchObject({ type: 'file', words: 'PDF' })
  expect(sniffMedia(bytes('<svg><script>1</script></svg>'))).toMatchObject({ type: 'file', extension: 'bin' })
  expect(sniffMedia(new Uint8Array())).toMatchObject({ type: 'file', extension: 'bin' })
})

test('a file is a name and a size, and is saved under a name that is only a name', () => {
  const saved: string[] = []
  URL.createObjectURL = () => 'blob:x'
  URL.revokeObjectURL = () => {}
  HTMLAnchorElement.prototype.click = function click(this: HTMLAnchorElement) {
    saved.push(this.download)
  }
  const parts: Part[] = [
    {
      type: 'media',
      name: '../../etc/<b>policy</b>.exe',
      mimeType: 'application/pdf',
      data: btoa('%PDF-1.7 …'.slice(0, 8)),
    },
    { type: 'media', mimeType: 'application/pdf', data: '%%%' },
    { type: 'media', mimeType: 'image/png', data: 'A'.repeat(4_000_000) },
  ]
  const { container } = render(<Messages input={[{ role: 'user', parts }]} output={[]} />)
  expect(container.querySelector('img, audio, b b, embed, object, iframe')).toBeNull()
  expect(container.textContent).toContain('PDF · 8 B')
  expect(container.textContent).toContain('cannot be decoded')
  expect(container.textContent).toContain('image/png · 3.0 MBShow')
  fireEvent.click(screen.getAllByRole('button', { name: 'Save as…' })[0]!)
  expect(saved).toEqual(['b_.exe.pdf'])
})

test('a sound plays from its own bytes, with controls and a name', () => {
  URL.createObjectURL = blob => `blob:${(blob as Blob).type}`
  URL.revokeObjectURL = () => {}
  const parts: Part[] = [{ type: 'media', mimeType: 'text/html', data: btoa('OggS\0\u0002') }]
  const { container } = render(<Messages input={[{ role: 'user', parts }]} output={[]} />)
  const sound = container.querySelector('audio')!
  expect(sound.getAttribute('src')).toBe('blob:audio/ogg')
  expect(sound.controls && sound.getAttribute('aria-label')).toBe('ogg sound, 6 B')
})

test('nothing is fetched for media by address, and opening asks first', () => {
  const opened: string[] = []
  const parts: Part[] = [{ type: 'media', mimeType: 'image/png', uri: 'https://example.org/a.png' }]
  const { container } = render(
    <Messages input={[{ role: 'user', parts }]} output={[]} openLink={url => opened.push(url)} />,
  )
  expect(container.querySelector('img, a')).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Open outside…' }))
  expect(opened).toEqual(['https://example.org/a.png'])
})
