// The figures of a row: tokens, cost, time. Unknown is a dash with its reason, never a zero.

import {
  formatCount,
  formatDollars,
  formatMoney,
  formatShare,
  formatTokens,
} from '../../../../shared/format/numbers.ts'
import { formatDuration } from '../../../../shared/format/times.ts'
import type { TraceModel } from '../model.ts'
import type { FigureColumn } from './column-choice.ts'
import { criticalTime } from './critical.ts'
import { hasChildren } from './shape.ts'
import { showsSum } from './sums.ts'
import { kindOf, spokenDuration } from './words.ts'

/** A figure of a row: its own, or what its subtree adds up to. An empty text is "nothing to know". */
export interface Figure {
  readonly text: string
  /** The same in full, or why it is unknown. */
  readonly why: string
  readonly isSum?: boolean
}

const nothing: Figure = { text: '', why: '' }

/** Whether usage is expected of a row: a call of some model. */
function isCall(model: TraceModel, row: number): boolean {
  const kind = kindOf(model.tree, row)
  return model.tree.counted[row]! > 0 || kind === 'generation' || kind === 'embedding'
}

export function tokensOf(model: TraceModel, row: number): Figure {
  const { tree, shape, sums } = model
  const own = add(tree.input[row]!, tree.output[row]!)
  const sum = add(sums.input[row]!, sums.output[row]!)
  const isSum = showsSum(shape, row, own, sum)
  const from = isSum ? sums : tree
  const total = isSum ? sum : own
  if (Number.isNaN(total))
    return isCall(model, row) ? { text: '—', why: 'The file gives no token counts for this call' } : nothing
  const parts = [
    ...known(from.input[row]!, n => `${n} in`),
    ...known(from.cached[row]!, n => `${n} of them cached`),
    ...known(from.output[row]!, n => `${n} out`),
  ]
  return {
    text: formatTokens(total),
    why: `${parts.join(', ')}${isSum ? `, ${counted(sums.calls[row]!)}` : ''}`,
    isSum,
  }
}

export function costOf(model: TraceModel, row: number): Figure {
  const { tree, shape, sums } = model
  const own = tree.cost[row]!
  const sum = sums.cost[row]!
  const isSum = showsSum(shape, row, own, sum)
  const cost = isSum ? sum : own
  if (Number.isNaN(cost)) {
    if (isCall(model, row)) return { text: '—', why: 'No cost recorded and no price known for this call' }
    return sums.calls[row]! > 0
      ? { text: '—', why: 'No cost recorded and no price known for the calls below', isSum: true }
      : nothing
  }
  const missing = isSum ? sums.uncosted[row]! : 0
  const exact = formatDollars((cost / 1e9).toFixed(9).replace(/0{1,7}$/, ''))
  if (missing === 0)
    return { text: formatMoney(cost), why: isSum ? `${exact}, ${counted(sums.calls[row]!)}` : exact, isSum }
  const lacking = missing === 1 ? '1 call has' : `${formatCount(missing)} calls have`
  return { text: `≥${formatMoney(cost)}`, why: `At least ${exact}: ${lacking} no cost recorded and no price`, isSum }
}

export function timeOf(model: TraceModel, row: number): Figure {
  const { tree, sums } = model
  const duration = tree.duration[row]!
  if (Number.isNaN(duration)) return { text: '—', why: 'The file has no end time for this span' }
  const self = hasChildren(model.shape, row) ? `, ${spokenDuration(sums.self[row]!)} of it outside its children` : ''
  return { text: formatDuration(duration), why: spokenDuration(duration) + self }
}

const partNames = { input: 'input', output: 'output', cached: 'cached' } as const

/** One sort of tokens, of the row or of what is below it. */
function partOf(model: TraceModel, row: number, part: keyof typeof partNames): Figure {
  const { tree, shape, sums } = model
  const own = tree[part][row]!
  const isSum = showsSum(shape, row, own, sums[part][row]!)
  const count = isSum ? sums[part][row]! : own
  if (Number.isNaN(count))
    return isCall(model, row)
      ? { text: '—', why: `The file gives no ${partNames[part]} tokens for this call` }
      : nothing
  const of = isSum ? `, ${counted(sums.calls[row]!)}` : ''
  return { text: formatTokens(count), why: `${formatCount(count)} ${partNames[part]} tokens${of}`, isSum }
}

export function selfOf({ tree, sums }: TraceModel, row: number): Figure {
  const self = sums.self[row]!
  if (Number.isNaN(self)) return { text: '—', why: 'The file has no end time for this span' }
  const duration = tree.duration[row]!
  const share = duration > 0 ? `, ${formatShare(self, duration)} of it` : ''
  return { text: formatDuration(self), why: `${spokenDuration(self)} in which none of its children ran${share}` }
}

function waitOf(model: TraceModel, row: number): Figure {
  const wait = model.tree.firstToken[row]!
  if (!Number.isNaN(wait)) return { text: formatDuration(wait), why: `${spokenDuration(wait)} to the first token` }
  return kindOf(model.tree, row) === 'generation'
    ? { text: '—', why: 'The file does not say when the first token came' }
    : nothing
}

function criticalOf({ tree }: TraceModel, row: number): Figure {
  const time = criticalTime(tree, row)
  return time > 0 ? { text: formatDuration(time), why: `${spokenDuration(time)} of the critical path` } : nothing
}

function startOf({ tree }: TraceModel, row: number): Figure {
  const start = tree.offset[row]!
  if (Number.isNaN(start)) return { text: '—', why: 'The file has no start time for this span' }
  return { text: formatDuration(start), why: `${spokenDuration(start)} after the start of the trace` }
}

const figures: { readonly [id in Exclude<FigureColumn, 'model'>]: (model: TraceModel, row: number) => Figure } = {
  tokens: tokensOf,
  input: (model, row) => partOf(model, row, 'input'),
  output: (model, row) => partOf(model, row, 'output'),
  cached: (model, row) => partOf(model, row, 'cached'),
  cost: costOf,
  time: timeOf,
  self: selfOf,
  wait: waitOf,
  critical: criticalOf,
  start: startOf,
}

export function figureOf(model: TraceModel, row: number, id: Exclude<FigureColumn, 'model'>): Figure {
  return figures[id](model, row)
}

function add(a: number, b: number): number {
  if (Number.isNaN(a)) return b
  return Number.isNaN(b) ? a : a + b
}

function known(n: number, say: (count: string) => string): string[] {
  return Number.isNaN(n) ? [] : [say(formatCount(n))]
}

function counted(calls: number): string {
  return calls === 1 ? '1 call' : `${formatCount(calls)} calls`
}
