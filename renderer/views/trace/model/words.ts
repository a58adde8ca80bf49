// What a screen reader is told about a row.

import type { TraceTree } from '../../../../shared/contract/traces.ts'
import { spanKinds, type SpanKind, statuses } from '../../../../shared/domain/kind.ts'
import { formatMoney } from '../../../../shared/format/numbers.ts'
import { formatDuration } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { wordsOfMark } from '../../../components/marks/mark-words.ts'
import { warningsOf } from './oddities.ts'
import type { TraceModel } from '../model.ts'
import { attemptWords } from './attempt-words.ts'
import { criticalTime } from './critical.ts'
import type { TimeRange } from './timeline.ts'

export function kindOf(tree: TraceTree, row: number): SpanKind {
  return spanKinds[tree.kind[row]!] ?? 'other'
}

export function hasFailed(tree: TraceTree, row: number): boolean {
  return statuses[tree.status[row]!] === 'error'
}

export function nameOf(tree: TraceTree, row: number): string {
  return visibleLine(tree.strings[tree.name[row]!] ?? '', 200) || '(no name)'
}

/** "tool, issue_refund, failed, 0.4 seconds, no children": the name as it stands on screen, so that both can be said. */
export function describeRow(model: TraceModel, row: number): string {
  const { tree, shape } = model
  const children = shape.children[row]!
  const cost = tree.cost[row]!
  const attempt = attemptWords(model, row)
  return [
    kindOf(tree, row),
    nameOf(tree, row),
    ...(hasFailed(tree, row) ? ['failed'] : []),
    ...(attempt ? [attempt.spoken] : []),
    ...warningsOf(tree.marks[row]!).map(mark => wordsOfMark(mark).short),
    ...(Number.isNaN(tree.duration[row]) ? [] : [spokenDuration(tree.duration[row]!)]),
    ...(Number.isNaN(cost) ? [] : [formatMoney(cost)]),
    children === 0 ? 'no children' : children === 1 ? '1 child' : `${children} children`,
  ].join(', ')
}

/** "starts at 2.1 s, lasts 0.4 s, 3% of trace"; with the critical path, how long it is on that. */
export function describeBar(tree: TraceTree, row: number, whole: TimeRange, critical = false): string {
  const start = tree.offset[row]!
  const duration = tree.duration[row]!
  if (Number.isNaN(start)) return 'no time known'
  const begins = `starts at ${formatDuration(start)}`
  const onPath = critical ? criticalTime(tree, row) : 0
  const path = onPath > 0 ? `, ${formatDuration(onPath)} on the critical path` : ''
  if (Number.isNaN(duration)) return `${begins}, unfinished${path}`
  const percent = (duration / (whole.to - whole.from)) * 100
  const share = percent > 0 && percent < 1 ? 'under 1%' : `${Math.round(percent)}%`
  return `${begins}, lasts ${formatDuration(duration)}, ${share} of trace${path}`
}

/** "0.4 seconds", "12 milliseconds", "2 minutes 3 seconds": units as words, because "ms" is read as letters. */
export function spokenDuration(us: number): string {
  if (us < 1000) return amount(Math.round(us), 'microsecond')
  if (us < 100_000) return amount(Math.round(us / 1000), 'millisecond')
  const seconds = us / 1_000_000
  if (seconds < 59.95) return amount(Number(seconds.toFixed(1)), 'second')
  const whole = Math.round(seconds)
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  if (hours > 0) return `${amount(hours, 'hour')} ${amount(minutes, 'minute')}`
  return `${amount(minutes, 'minute')} ${amount(whole % 60, 'second')}`
}

function amount(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`
}
