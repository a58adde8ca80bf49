import type { EvidenceMeasured } from '../../../../shared/contract/prompt-evidence.ts'
import type { PromptVersionRow } from '../../../../shared/contract/prompts.ts'
import type { Span } from '../../../../shared/domain/span.ts'
import { plainTextOf } from '../../../../shared/messages/plain-text.ts'
import { formatCount, formatMoney, formatTokens, unknown } from '../../../../shared/format/numbers.ts'
import { formatDate, formatDuration } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import type { VersionName } from './address.ts'

export function promptWords(name: string): string {
  return visibleLine(name, 120) || '(no name)'
}

type Named = Pick<PromptVersionRow, 'version' | 'title'>

/** What a person called it, else its own name. */
export function versionWords({ version, title }: Named): string {
  return title ? visibleLine(title, 60) : nameWords(version)
}

export function nameWords(version: VersionName): string {
  return version === null ? 'no version named' : visibleLine(version, 40) || '(no name)'
}

/** What versions are called, by their names. */
export type VersionTitles = ReadonlyMap<VersionName, string>

/** Where a version comes from, and how much that is to be believed. */
export function originWords({
  recovered,
  sureness,
  library,
  calls,
}: Pick<PromptVersionRow, 'recovered' | 'sureness' | 'library' | 'calls'>): string {
  if (library && calls === 0) return 'from a folder, never sent here'
  if (!recovered) return 'named by its file'
  return sureness === undefined ? 'recovered' : `recovered, ${sureness}`
}

/** 3 of them replays; nothing where none is. */
export function replayWords({ calls, replays }: Pick<PromptVersionRow, 'calls' | 'replays'>): string {
  if (replays === undefined) return ''
  if (replays === calls) return calls === 1 ? 'a replay' : 'all of them replays'
  return replays === 1 ? 'one of them a replay' : `${formatCount(replays)} of them replays`
}

export const replayHelp =
  'Sent again from here. -is:replayed in the query leaves replays out, is:replayed shows nothing else.'

export const surenessHelp: Readonly<Record<NonNullable<PromptVersionRow['sureness']>, string>> = {
  sure: 'Recovered from what was sent: lines of it came with this version and went with it.',
  likely: 'Recovered from what was sent: all calls of the prompt look alike, and nothing contradicts.',
  unsure:
    'Recovered from so few calls that a value may have been taken for the prompt’s own text, or the other way round.',
}

/** 2026-11-05 to 2026-11-18; one day is said once. */
export function seenWords({
  firstSeen,
  lastSeen,
}: {
  readonly firstSeen?: number | undefined
  readonly lastSeen?: number | undefined
}): string {
  if (firstSeen === undefined) return 'undated'
  const [first, last] = [formatDate(firstSeen), formatDate(lastSeen ?? firstSeen)]
  return first === last ? first : `${first} to ${last}`
}

/** A number of a measure, in its unit. */
export function printerOf(unit: EvidenceMeasured['unit']): (value: number) => string {
  switch (unit) {
    case 'share':
      return value => `${(value * 100).toFixed(1)} %`
    case 'nanodollars':
      return formatMoney
    case 'microseconds':
      return formatDuration
    case 'tokens':
      return value => (Math.abs(value) < 1000 ? value.toFixed(1).replace(/\.0$/, '') : formatTokens(value))
    case 'characters':
      return formatCount
    default:
      return value => (Number.isFinite(value) ? value.toFixed(2) : unknown)
  }
}

export function signed(value: number, print: (value: number) => string): string {
  return value < 0 ? `−${print(-value)}` : `+${print(value)}`
}

/** What a person asked last. */
export function askedWords({ inputMessages = [] }: Span): string {
  const asked = inputMessages.findLast(({ role }) => role === 'user')
  return asked ? visibleLine(plainTextOf(asked), 400) : ''
}
