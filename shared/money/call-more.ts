import type { Usage } from '../domain/span.ts'
import type { CallTerms } from './factors.ts'

/** Counts that few calls tell. */
export const rareParts = ['audioInput', 'audioCached', 'audioOutput', 'webSearches'] as const
type RarePart = (typeof rareParts)[number]

/** What changes the price of few calls: how they were made, and counts that most do not tell. The store keeps it as one text. */
export type CallMore = CallTerms & { readonly [part in RarePart]?: number }

/** Terms come from anywhere; none that is longer is one. */
const longest = 40

/** One text for the same; undefined where there is nothing more. */
export function printCallMore({ tier, speed, geo }: CallTerms, usage: Usage | undefined): string | undefined {
  const more: { [name: string]: string | number } = {}
  for (const [name, value] of [['tier', tier] as const, ['speed', speed] as const, ['geo', geo] as const])
    if (value !== undefined && value !== '') more[name] = value.slice(0, longest).toWellFormed()
  for (const part of rareParts) if (usage?.[part]) more[part] = usage[part]
  const text = JSON.stringify(more)
  return text === '{}' ? undefined : text
}

/** What a store holds may be anything. */
export function readCallMore(text: string): CallMore {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return {}
  }
  if (typeof value !== 'object' || value === null) return {}
  const of = new Map(Object.entries(value))
  const more: { [name: string]: string | number } = {}
  for (const name of ['tier', 'speed', 'geo']) if (typeof of.get(name) === 'string') more[name] = of.get(name)
  for (const part of rareParts) if (typeof of.get(part) === 'number') more[part] = of.get(part)
  return more
}
