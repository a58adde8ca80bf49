import type { PreviewSpan } from '../../../shared/contract/imports.ts'
import type { UnknownRows } from '../../../shared/domain/mapping.ts'
import type { FileReceipt, ImportReceipt, SkippedRecords, UnreadableRecord } from '../../../shared/domain/receipt.ts'
import { labelOfFormat } from '../../../shared/format/format-label.ts'
import { formatBytes, formatCount, formatPlural, formatShare, formatTokens } from '../../../shared/format/numbers.ts'
import { formatDateTime, formatDuration } from '../../../shared/format/times.ts'
import { paint } from './output.ts'
import { safeLine } from './terminal.ts'

// A receipt for a person: file by file what went wrong, then what was read; the sum last, then what to do.

const most = { unreadable: 20, places: 5, conflicts: 5, fields: 12, preview: 20 } as const

/** What a person calls formats and conventions, by their ids. */
export interface Labels {
  readonly formats: ReadonlyMap<string, string>
  readonly conventions: ReadonlyMap<string, string>
}

/** `removal`: the command that takes this import out again; a dry run has none. */
export function drawReceipt(receipt: ImportReceipt, labels: Labels, removal?: string): string {
  const { files, totals, seconds, outcome, dryRun, onlyFirstBytes } = receipt
  const sum = [
    formatPlural(totals.traces, 'trace'),
    formatPlural(totals.spans, 'span'),
    formatPlural(totals.calls, 'call'),
    ...tokensOf(totals),
    `${formatCount(totals.added)} new, ${formatCount(totals.known)} known`,
    `${seconds.toFixed(1)} s`,
  ]
  const state = outcome === 'partial' ? paint('yellow', 'Partial: what was committed is kept. ') : ''
  const told = [
    ...(dryRun ? ['Nothing was written: without --dry-run the import does what is said above.'] : []),
    ...(onlyFirstBytes === undefined ? [] : [`Only the first ${formatBytes(onlyFirstBytes)} of each file were read.`]),
    ...adviceOf(receipt, removal),
  ]
  return `${files.map(file => drawFile(file, labels)).join('')}${state}${sum.join(' · ')}\n${told.map(line => `${line}\n`).join('')}`
}

/** The first lines of what a dry run would show. */
export function drawPreview(preview: readonly PreviewSpan[]): string {
  const lines = preview.slice(0, most.preview).map(span => {
    const facts = [
      span.kind,
      ...(span.model === undefined || span.name.includes(span.model) ? [] : [safeLine(span.model)]),
      ...(span.durationNs === undefined ? [] : [formatDuration(Number(span.durationNs) / 1000)]),
      ...(span.inputTokens === undefined ? [] : [`${formatTokens(span.inputTokens)} in`]),
      ...(span.outputTokens === undefined ? [] : [`${formatTokens(span.outputTokens)} out`]),
      ...(span.status === 'error' ? [paint('red', 'error')] : []),
    ]
    return `  ${'  '.repeat(Math.min(span.depth, 20))}${safeLine(span.name) || '(no name)'}  ${paint('dim', facts.join(' · '))}\n`
  })
  return lines.length === 0 ? '' : `${paint('bold', 'It begins with')}\n${lines.join('')}`
}

function drawFile(file: FileReceipt, labels: Labels): string {
  const warnings = warningsOf(file).map(line => paint('yellow', `  ${line}`))
  const failure = file.failure ? [paint('red', `  ${safeLine(file.failure.message)}`)] : []
  const facts = file.failure ? [] : factsOf(file, labels).map(line => `  ${line}`)
  const skipped = file.skipped.map(sort => `  ${drawSkipped(sort)}`)
  const lines = [paint('bold', safeLine(file.path)), ...failure, ...warnings, ...facts, ...skipped]
  return lines.map(line => `${line}\n`).join('')
}

/** "OTLP metrics, skipped: 34"; of objects nobody knows where the first stand. */
function drawSkipped({ what, count, places = [] }: SkippedRecords): string {
  const told = `${safeLine(what)}, skipped: ${formatCount(count)}`
  if (places.length === 0) return told
  const shown = places.slice(0, most.places)
  const more = count - shown.length
  return paint(
    'yellow',
    `${told} (${shown.map(safeLine).join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''})`,
  )
}

function warningsOf(file: FileReceipt): string[] {
  // Of a file that is no dump each line is unreadable for the same reason.
  const listed = file.failure?.code === 'import/unrecognised' ? [] : file.unreadable.slice(0, most.unreadable)
  const more = file.unreadableCount - listed.length
  return [
    ...(file.unknownRows ?? []).filter(({ from }) => from === 'names and values').map(guessed),
    ...listed.map(record => `${placeOf(record)}  ${safeLine(record.message)}`),
    ...(listed.length > 0 && more > 0 ? [`and ${formatCount(more)} more records that could not be read`] : []),
    ...conflictsOf(file),
  ]
}

function placeOf({ line, byte }: UnreadableRecord): string {
  return line === undefined ? `byte ${formatCount(byte)}` : `line ${formatCount(line)}`
}

function guessed({ rows, mapping }: UnknownRows): string {
  const fields = Object.entries(mapping.fields).map(([role, path]) => `${role} = ${safeLine(path)}`)
  return `${formatPlural(rows, 'row')} of no known format, read by a guess: ${fields.join(', ')}`
}

function conflictsOf({ conflicts, conflictCount }: FileReceipt): string[] {
  if (conflictCount === 0) return []
  const lines = conflicts
    .slice(0, most.conflicts)
    .map(
      ({ spanId, field, kept, other }) =>
        `  ${safeLine(`${spanId} ${field}: kept ${short(kept)}, not ${short(other)}`)}`,
    )
  const more = conflictCount - lines.length
  return [
    `${formatPlural(conflictCount, 'field')} said differently by records of one span; the one that ends later was kept`,
    ...lines,
    ...(more > 0 ? [`  and ${formatCount(more)} more`] : []),
  ]
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60).toWellFormed()}…` : text
}

function factsOf(file: FileReceipt, { formats, conventions }: Labels): string[] {
  const packed = file.packed
    ? [`${file.packed.toReversed().join(' in ')}, ${formatBytes(file.unpackedBytes)} unpacked`]
    : []
  const others = Object.entries(file.formats).filter(([id]) => id !== file.format)
  const meaning = Object.entries(file.conventions).sort(([, a], [, b]) => b - a)
  const marks = Object.entries(file.marks).sort(([, a], [, b]) => b - a)
  const unread = file.unreadFields
    .slice(0, most.fields)
    .map(({ name, spans }) => `${safeLine(name)} ${formatCount(spans)}`)
  const moreFields = file.unreadFieldCount - unread.length
  const range = [file.firstTime, file.lastTime].map(time => formatDateTime(time, 'UTC'))
  return [
    [
      nameOf(file.format, formats, file),
      ...(file.sure === undefined ? [] : [file.sure]),
      ...(file.bytes > 0 ? [formatBytes(file.bytes)] : []),
      ...packed,
      ...others.map(([id, records]) => `beside it ${nameOf(id, formats, file)} ${formatCount(records)}`),
    ].join(' · '),
    [
      formatPlural(file.traces, 'trace'),
      formatPlural(file.spans, 'span'),
      formatPlural(file.calls, 'call'),
      ...(file.messages > 0 ? [formatPlural(file.messages, 'message')] : []),
      ...tokensOf(file),
    ].join(' · '),
    ...(file.firstTime === undefined ? [] : [`${range.join(' to ')} UTC`]),
    ...line(
      'understood as',
      meaning.map(([id, spans]) => `${safeLine(conventions.get(id) ?? id)} ${formatShare(spans, file.spans)}`),
    ),
    ...line(
      'marked',
      marks.map(([mark, spans]) => `${mark.replace('-', ' ')} ${formatCount(spans)}`),
    ),
    ...line('kept but not understood', [...unread, ...(moreFields > 0 ? [`and ${formatCount(moreFields)} more`] : [])]),
  ]
}

/** Where no call says how many, they are unknown and not none. */
function tokensOf({ inputTokens, outputTokens }: Pick<FileReceipt, 'inputTokens' | 'outputTokens'>): string[] {
  if (inputTokens === 0 && outputTokens === 0) return []
  const told = (count: number) => (count === 0 ? '—' : formatTokens(count))
  return [`${told(inputTokens)} tokens in, ${told(outputTokens)} out`]
}

function nameOf(format: string | undefined, formats: ReadonlyMap<string, string>, file: FileReceipt): string {
  return format === undefined ? 'no format' : safeLine(labelOfFormat(format, formats, file))
}

function line(title: string, parts: readonly string[]): string[] {
  return parts.length === 0 ? [] : [`${paint('dim', `${title}:`)} ${parts.join(' · ')}`]
}

/** What a person can do about it. */
function adviceOf({ files, totals, outcome, dryRun }: ImportReceipt, removal: string | undefined): string[] {
  const rows = files.flatMap(file => file.unknownRows ?? []).filter(({ from }) => from === 'names and values')
  const [first] = rows
  return [
    ...(outcome === 'partial' && !dryRun
      ? ['Import the same files again to go on: what is stored is not added twice.']
      : []),
    ...(totals.unreadable > 0
      ? ['What could not be read is not in the store; --json shows the first bytes of it.']
      : []),
    ...(first ? [...guessAdvice(removal, totals.known > 0), `  ${safeLine(JSON.stringify(first.mapping))}`] : []),
  ]
}

/** Rows read by another mapping are other spans: those of the guess must go first. */
function guessAdvice(removal: string | undefined, wereKnown: boolean): string[] {
  const again = 'save this as a file, change it, and import'
  if (removal === undefined) return [`Fields are guessed. If a guess is wrong, ${again} with --mapping FILE:`]
  const which = wereKnown
    ? 'this import and the earlier one of the same rows, which spanwise imports lists'
    : 'this import'
  return [
    `Fields were guessed. If a guess is wrong, remove ${which} (${safeLine(removal)}),`,
    `${again} again with --mapping FILE:`,
  ]
}
