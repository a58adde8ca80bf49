import { expect, test, vi } from 'vitest'
import { Stream, type Told } from '../../renderer/views/replay/model/stream.ts'

const told = (text: string): Told => ({ send: 's', phase: 'answering', bytesIn: 0, elapsed: 1, text })

test('an answer that comes in one run without lines is kept in pieces that are laid out one by one', () => {
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => draw())
  const stream = new Stream()
  // Two units each: an odd place would cut one.
  const run = `x${'\u{1f600}'.repeat(100_000)}`
  stream.add(told(run))
  const { settled, tail } = stream.shown.get()
  expect(settled.join('') + tail).toBe(run)
  expect(stream.text).toBe(run)
  expect(Math.max(...settled.map(({ length }) => length))).toBeLessThanOrEqual(4000)
  expect([...settled, tail].every(piece => piece.isWellFormed())).toBe(true)
  vi.unstubAllGlobals()
})

test('pieces end with a line where there is one', () => {
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => draw())
  const stream = new Stream()
  const line = `${'word '.repeat(30)}\n`
  stream.add(told(line.repeat(100)))
  const { settled, tail } = stream.shown.get()
  expect(settled.every(piece => piece.endsWith('\n'))).toBe(true)
  expect(settled.join('') + tail).toBe(line.repeat(100))
  vi.unstubAllGlobals()
})
