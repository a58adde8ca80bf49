// Rows of no known format, whose fields a person or a guess assigned (shared/domain/mapping.ts). The format puts the
// assignment where a span's scope is told, so that it is kept, shown and read again with every span.

import { mappedRoles, valueAt, type MappedRole } from '../domain/mapping.ts'
import type { Attributes, RawSpan } from '../domain/raw-span.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { takeCost } from './cost.ts'
import { sumMessages } from './count-messages.ts'
import { kindOf } from './kinds.ts'
import { readInstructions, readMessages } from './messages.ts'
import { foldProvider } from './providers.ts'
import type { WrittenUsage } from './usage.ts'
import { asJson, asLabel, asLabels, present, type Written } from './values.ts'

/** The name of the scope that holds an assignment: role -> path. */
export const mappingScope = 'field mapping'

type Paths = { readonly [role in MappedRole]?: string }

const known = new WeakMap<Attributes, Paths>()
const nothing: Paths = {}

function pathsOf({ scope }: RawSpan): Paths {
  if (scope.name !== mappingScope) return nothing
  let paths = known.get(scope.attributes)
  if (!paths) {
    const entries = mappedRoles.flatMap(role => {
      const path = scope.attributes[role]
      return typeof path === 'string' ? [[role, path] as const] : []
    })
    known.set(scope.attributes, (paths = Object.fromEntries(entries)))
  }
  return paths
}

function at(span: RawSpan, path: string | undefined): Written {
  return path === undefined ? undefined : valueAt(span.attributes, path)
}

const labels = [
  ...(['model', 'session', 'user', 'tenant', 'team', 'environment', 'release', 'application', 'feature'] as const),
  ...(['promptName', 'promptVersion'] as const),
] satisfies readonly (keyof Facts & MappedRole)[]

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const paths = pathsOf(span)
  for (const field of labels) {
    const path = paths[field]
    if (path !== undefined) reading.take(field, asLabel(at(span, path)), path)
  }
  const { provider, kind, cost, tags } = paths
  const vendor = asLabel(at(span, provider))
  if (vendor !== undefined) reading.take('provider', foldProvider(vendor), provider!)
  reading.take('kind', kindOf(at(span, kind)), kind ?? 'kind', kindRank.explicit)
  const isCall = reading.has('model') || usage(span) !== undefined || (at(span, paths.output) ?? null) !== null
  reading.take('kind', isCall ? 'generation' : 'chain', paths.model ?? paths.output ?? 'field mapping', kindRank.shape)
  const currency = /usd|dollar/i.test(cost ?? '') ? undefined : at(span, cost?.replace(/[^.]*$/, 'currency'))
  takeCost(reading, at(span, cost), cost ?? 'cost', currency)
  reading.take('tags', asLabels(at(span, tags)), tags ?? 'tags')
}

function usage(span: RawSpan): WrittenUsage | undefined {
  const paths = pathsOf(span)
  const [input, output] = [at(span, paths.inputTokens), at(span, paths.outputTokens)]
  const total = at(span, paths.totalTokens)
  if ((input ?? output ?? total ?? null) === null) return undefined
  const from = paths.inputTokens ?? paths.outputTokens ?? paths.totalTokens ?? 'tokens'
  return {
    input,
    output,
    total,
    cacheRead: at(span, paths.cacheReadTokens),
    reasoning: at(span, paths.reasoningTokens),
    from,
  }
}

function content(span: RawSpan, reading: Reading<Content>, { kind }: Readonly<Facts>): void {
  const { input, output, system, promptName, promptVersion } = pathsOf(span)
  if (kind === 'generation') {
    const said = readMessages(at(span, input), 'user')
    const instructions = readInstructions(at(span, system))
    const messages = instructions ? [instructions, ...(said ?? [])] : said
    reading.take('inputMessages', messages, input ?? system ?? 'input')
    reading.take('outputMessages', readMessages(at(span, output), 'assistant'), output ?? 'output')
  } else {
    reading.take('input', asJson(at(span, input)), input ?? 'input')
    reading.take('output', asJson(at(span, output)), output ?? 'output')
  }
  const prompt = present({ name: asLabel(at(span, promptName)), version: asLabel(at(span, promptVersion)) })
  reading.take('prompt', prompt, promptName ?? promptVersion ?? 'prompt')
}

export const mapped: Convention = {
  id: 'mapped',
  label: 'Fields by mapping',
  precedence: 7,
  prefixes: [],
  // What nothing reads is listed with the mapping.
  reads: ['*'],
  around: { reads: ['*'] },
  facts,
  content,
  usage,
  messages: span => {
    const { input, output, system } = pathsOf(span)
    return sumMessages(at(span, system), at(span, input), at(span, output)) ?? 0
  },
}
