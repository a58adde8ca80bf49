import { expect, test } from 'vitest'
import { spanKinds, statuses, type SpanKind, type Status } from '../../shared/domain/kind.ts'
import { findAttempts } from '../../shared/tree/attempts.ts'

interface Line {
  readonly name: string
  readonly kind?: SpanKind
  readonly status?: Status
  readonly model?: string
  readonly depth?: number
  /** The spans follow each other, one second each, where nothing is said. */
  readonly offset?: number
}

/** "1/3 2/3 3/3" of the spans; a fallback has an f, a span that was tried once is a dash. */
function attempts(lines: readonly Line[]): string {
  const strings = ['']
  const intern = (text = '') => {
    const at = strings.indexOf(text)
    return at >= 0 ? at : strings.push(text) - 1
  }
  const depth = lines.map(line => line.depth ?? 0)
  const { number, of, fallback, superseded } = findAttempts({
    depth,
    last: lines.map((_, i) => {
      let last = i
      while ((depth[last + 1] ?? -1) > depth[i]!) last++
      return last
    }),
    kind: lines.map(({ kind = 'generation' }) => spanKinds.indexOf(kind)),
    status: lines.map(({ status = 'ok' }) => statuses.indexOf(status)),
    marks: lines.map(() => 0),
    name: lines.map(({ name }) => intern(name)),
    model: lines.map(({ model }) => intern(model)),
    offset: lines.map(({ offset }, i) => offset ?? i * 1e6),
    duration: lines.map(() => 1e6),
    strings,
  })
  const text = lines.map((_, i) => (number[i] === 0 ? '-' : `${number[i]}/${of[i]}${fallback[i] === 1 ? 'f' : ''}`))
  expect(superseded).toBe(lines.filter((_, i) => number[i]! < of[i]!).length)
  return text.join(' ')
}

const failed = { status: 'error' } as const

test('siblings of one name, each but the last failed, are attempts at one thing', () => {
  expect(attempts([{ name: 'a', ...failed }, { name: 'a', ...failed }, { name: 'a' }, { name: 'a' }])).toBe(
    '1/3 2/3 3/3 -',
  )
  expect(attempts([{ name: 'decide', ...failed }, { name: 'decide (retry 2)' }])).toBe('1/2 2/2')
  expect(attempts([{ name: 'a', ...failed }, { name: 'b' }])).toBe('- -')
  expect(attempts([{ name: 'a', ...failed }])).toBe('-')
})

test('with another model the next one is a fallback, whatever it is called', () => {
  const first = { name: 'gpt call', model: 'gpt-4o', ...failed }
  expect(attempts([first, { name: 'claude call', model: 'haiku' }])).toBe('1/2 2/2f')
  expect(attempts([first, { ...first }, { name: 'gpt call', model: 'haiku' }])).toBe('1/3 2/3 3/3f')
})

test('a model that answers under its dated name is the one that was asked', () => {
  const names = (a: string, b: string) =>
    attempts([
      { name: 'x', model: a, ...failed },
      { name: 'x', model: b },
    ])
  expect(names('gpt-4o', 'gpt-4o-2024-11-20')).toBe('1/2 2/2')
  expect(names('claude-3-5-haiku-latest', 'claude-3-5-haiku')).toBe('1/2 2/2')
  expect(names('gpt-4o', 'gpt-4o-mini')).toBe('1/2 2/2f')
})

test('what ran at the same time, deeper, or is another kind is no attempt', () => {
  expect(
    attempts([
      { name: 'a', ...failed },
      { name: 'a', offset: 500_000 },
    ]),
  ).toBe('- -')
  expect(
    attempts([
      { name: 'a', ...failed },
      { name: 'a', depth: 1, offset: 100 },
    ]),
  ).toBe('- -')
  expect(
    attempts([
      { name: 'a', ...failed },
      { name: 'a', kind: 'tool' },
    ]),
  ).toBe('- -')
  expect(
    attempts([
      { name: 'a', kind: 'agent', ...failed },
      { name: 'a', kind: 'agent' },
    ]),
  ).toBe('- -')
})

test('what stands below an attempt does not part it from the next', () => {
  expect(
    attempts([
      { name: 'a', ...failed },
      { name: 'http', kind: 'other', depth: 1, offset: 0, ...failed },
      { name: 'a' },
    ]),
  ).toBe('1/2 - 2/2')
})

test('names that end in nothing but a word for trying keep it', () => {
  expect(attempts([{ name: 'retry', ...failed }, { name: 'attempt' }])).toBe('- -')
})
