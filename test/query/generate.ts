import * as fc from 'fast-check'
import type { Query, QueryNode, Value } from '../../shared/query/ast.ts'
import { scopes } from '../../shared/query/ast.ts'
import { fields, isCompared, type FieldRef } from '../../shared/query/fields.ts'
import { parseQuery } from '../../shared/query/parse.ts'

// Queries as values and as texts, for properties.

/** A query without the places in its text. */
export function bare(query: Query): unknown {
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) => (key === 'at' ? [] : [[key, strip(item)]])),
    )
  }
  return strip(query.node)
}

const anyString = fc
  .oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.constantFrom(
      'a b',
      '"',
      '\\',
      '\\"',
      'a\\',
      '../x',
      '[a,b]',
      'OR',
      '検索',
      '(',
      ')',
      '>5',
      '/x/',
      '/x/g',
      '/x/ii',
      'a\u0000b',
      'x:y',
      '*a*',
    ),
  )
  .map(text => text.toWellFormed())

const word = fc.constantFrom(
  'alpha',
  'b*',
  '*c*',
  'x-y',
  'n.m',
  'refund_worker',
  '検索',
  'a..b',
  'a:b',
  '#1',
  "o'clock",
)
const numbers = fc.constantFrom('0', '5', '8k', '1.2M', '-3', '0.05')
const samples: Readonly<Record<string, fc.Arbitrary<string>>> = {
  count: numbers,
  number: numbers,
  money: fc.constantFrom('0.05', '$1', '1k'),
  duration: fc.constantFrom('250ms', '1.5m', '1h30m', '0'),
  time: fc.constantFrom('2026-01-05', '2026-01-05T14:02', 'now-2h', 'today', '2026-01-05T14:02:03.5+02:00'),
  kind: fc.constantFrom('tool', 'generation', 'a*'),
  status: fc.constantFrom('ok', 'ERROR'),
  is: fc.constantFrom('root', 'slow', 'orphan'),
  has: fc.constantFrom('output', 'score', '@a.b', 'score.x'),
}
const regex = fc
  .constantFrom('a', 'retry \\d+', 'a/b', '[x/y]', '\\.', 'a|b', '"', '(x)')
  .chain(source => fc.boolean().map(ignoreCase => ({ type: 'regex' as const, source, ignoreCase })))

const quoted = (text: fc.Arbitrary<string>) => text.map(one => ({ type: 'scalar' as const, text: one, quoted: true }))
const plain = (text: fc.Arbitrary<string>) => text.map(one => ({ type: 'scalar' as const, text: one, quoted: false }))

function valueOf(ref: FieldRef): fc.Arbitrary<Value> {
  const { type } = fields.find(field => field.id === ref.id)!
  const sample = samples[type]
  if (type === 'kind' || type === 'status' || type === 'is' || type === 'has') return plain(sample!)
  const scalar = sample
    ? fc.oneof(plain(sample), quoted(sample))
    : fc.oneof(
        plain(word.filter(one => !isCompared(type) || !one.includes('..'))),
        quoted(anyString.filter(one => one.trim() !== '')),
      )
  if (!isCompared(type)) {
    if (type === 'words') return fc.oneof(scalar, regex)
    return fc.oneof(
      scalar,
      regex,
      scalar.map(value => ({ type: 'compare' as const, operator: '=' as const, value })),
    )
  }
  const end = type === 'any' ? plain(numbers) : scalar
  const compared = fc
    .constantFrom('>', '>=', '<', '<=', '=')
    .chain(operator => end.map(value => ({ type: 'compare' as const, operator, value })))
  const range = fc.tuple(end, end, fc.constantFrom(0, 1, 2)).map(([from, to, sides]) => ({
    type: 'range' as const,
    ...(sides === 2 ? {} : { from }),
    ...(sides === 1 ? {} : { to }),
  }))
  return fc.oneof(scalar, compared, range)
}

const at = { from: 0, to: 0 }
const ref: fc.Arbitrary<FieldRef> = fc.constantFrom(...fields).chain(field =>
  field.named
    ? fc
        .oneof(
          fc.constantFrom('a', 'x.y-z', 'ü'),
          anyString.filter(name => name !== ''),
        )
        .map(name => ({ id: field.id, name }))
    : fc.constant({ id: field.id }),
)
const term = ref.chain(field =>
  fc
    .array(valueOf(field), { minLength: 1, maxLength: 3 })
    .map(values => ({ type: 'term' as const, field, values, at })),
)
const text = fc
  .oneof(
    quoted(anyString.filter(one => one.trim() !== '')),
    plain(fc.constantFrom('timeout', '*1182*', 'x-y', 'a:b', '@john', '検索')),
    regex,
  )
  .map(value => ({ type: 'text' as const, value, at }))

/** Queries as the parser could have given them. */
export const query: fc.Arbitrary<Query> = fc
  .letrec<{ node: QueryNode }>(tie => ({
    node: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      term,
      text,
      fc
        .tuple(fc.constantFrom('and', 'or'), fc.array(tie('node'), { minLength: 2, maxLength: 4 }))
        .map(([type, items]) => ({ type, items, at })),
      tie('node').map(item => ({ type: 'not' as const, item, at })),
      fc
        .tuple(fc.constantFrom(...scopes), tie('node'))
        .map(([scope, item]) => ({ type: 'scope' as const, scope, item, at })),
    ),
  }))
  .node.map(node => ({ node, unknown: [] }))

const pieces = fc.constantFrom(
  '(',
  ')',
  '"',
  '-',
  ' ',
  ' ',
  'OR ',
  'AND ',
  'NOT ',
  '/',
  ':',
  '..',
  '[',
  ']',
  ',',
  '*',
  '>',
  '=',
  '\\',
  '@',
  '\u0000',
  '\ud800',
  'a',
  '5',
  '2s',
  'now-2h',
  '2026-01-05',
  'score.x:',
  'score."y z":',
  '@"a b":',
  '/a(b|c)/i',
  '/a/g',
  'x/gi',
  'tool',
  'https://x/y',
  ...fields.map(field => `${field.id}:`),
  ...scopes.map(scope => `${scope}:(`),
)

/** Texts that look like queries, most of them faulty. */
export const queryText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof({ weight: 8, arbitrary: pieces }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) }),
    { maxLength: 24 },
  )
  .map(parts => parts.join(''))

export function parsed(written: string): Query {
  const result = parseQuery(written)
  if (!result.ok) throw new Error(`${result.error.message} (${written})`)
  return result.query
}
