// Cost tables of a dump's calls, added up in the plainest way: decimals as whole numbers of BigInt, days by `Intl`.

import type { DumpCall } from './read-dump.ts'

export interface CountedLine {
  readonly calls: number
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  readonly cacheReadTokens: number | null
  readonly recorded: string | null
  readonly unpricedCalls: number
}

export interface CountedRow extends CountedLine {
  readonly key: readonly (string | null)[]
}

export interface CountedTable {
  readonly rows: readonly CountedRow[]
  readonly total: CountedLine
}

export function countDump(
  calls: readonly DumpCall[],
  by: readonly string[],
  per?: { readonly day: true; readonly zone: string },
): CountedTable {
  const groups = new Map<string, { key: (string | null)[]; calls: DumpCall[] }>()
  for (const call of calls) {
    for (const key of keysOf(call, by, per?.zone)) {
      const name = JSON.stringify(key)
      const group = groups.get(name) ?? { key, calls: [] }
      group.calls.push(call)
      groups.set(name, group)
    }
  }
  return {
    rows: Array.from(groups.values(), group => ({ key: group.key, ...lineOf(group.calls) })),
    total: lineOf(calls),
  }
}

function keysOf(call: DumpCall, by: readonly string[], zone: string | undefined): (string | null)[][] {
  let keys: (string | null)[][] = [[]]
  for (const name of by) {
    const values = [...new Set(call.fields[name] ?? [])]
    const each = values.length === 0 ? [null] : values
    keys = keys.flatMap(key => each.map(value => [...key, value]))
  }
  return zone === undefined ? keys : keys.map(key => [...key, dayOf(call.start, zone)])
}

const days = new Map<string, Intl.DateTimeFormat>()

function dayOf(start: number | undefined, zone: string): string | null {
  if (start === undefined) return null
  // Canada writes dates as the world does.
  const format = days.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
  days.set(zone, format)
  return format.format(start)
}

function lineOf(calls: readonly DumpCall[]): CountedLine {
  const sum = (read: (call: DumpCall) => number | undefined) => {
    const known = calls.map(read).filter(number => number !== undefined)
    return known.length === 0 ? null : known.reduce((a, b) => a + b, 0)
  }
  const costs = calls.flatMap(({ cost }) => (cost === undefined ? [] : [cost]))
  return {
    calls: calls.length,
    inputTokens: sum(call => call.input),
    outputTokens: sum(call => call.output),
    cacheReadTokens: sum(call => call.cached),
    recorded: costs.length === 0 ? null : addDecimals(costs),
    unpricedCalls: calls.filter(call => call.cost === undefined && !canBePriced(call)).length,
  }
}

/** Models of these dumps that no price list has. */
const unlisted = new Set(['northwind-refund-7b', 'my-finetune', '__proto__'])

/** By rule: the model is listed, and both of its token counts are known. */
function canBePriced({ fields, input, output }: DumpCall): boolean {
  return input !== undefined && output !== undefined && !unlisted.has(fields['model']?.[0] ?? '')
}

const places = 40

export function addDecimals(texts: readonly string[]): string {
  let sum = 0n
  for (const text of texts) {
    const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
    const [whole = '', fraction = ''] = mantissa.split('.')
    sum += BigInt(whole + fraction) * 10n ** BigInt(places - fraction.length + Number(exponent))
  }
  const digits = String(sum).padStart(places + 1, '0')
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '')
}
