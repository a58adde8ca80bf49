import type { JsonValue } from '../domain/json.ts'
import { formatCount, formatPlural } from '../format/numbers.ts'
import { visibleLine } from '../format/visible-text.ts'
import { fenced, oneLine } from '../format/markdown.ts'
import type { PartChanges } from './configuration.ts'
import type { JsonChange } from './json-changes.ts'
import { unifiedPatch } from './patch.ts'
import { pathWords } from './path-words.ts'

/** Texts of one name on both sides. */
export interface ComparedText {
  readonly title: string
  readonly before: string
  readonly after: string
}

export interface Comparison {
  readonly title: string
  /** What the two are called: `v6`, `v7`. */
  readonly from: string
  readonly to: string
  readonly texts: readonly ComparedText[]
  readonly parts: readonly PartChanges[]
  /** Sentences on what it led to. */
  readonly notes?: readonly string[]
}

/** Characters of a patch: a pull request takes 65,536 for everything. */
const longest = 40_000
/** Changes of one part. */
const most = 60
/** Characters of a value. */
const longestValue = 200

/** A comparison as Markdown for a pull request: each text as a patch, everything else as a list. What is cut says so. */
export function comparisonMarkdown({ title, from, to, texts, parts, notes = [] }: Comparison): string {
  const pieces = [`## ${oneLine(title)}: ${oneLine(from)} → ${oneLine(to)}`]
  for (const text of texts) {
    const patch = unifiedPatch(
      { before: `${text.title} ${from}`, after: `${text.title} ${to}` },
      text.before,
      text.after,
    )
    pieces.push(`### ${oneLine(text.title)}`, patch === '' ? 'No change.' : fenced(cut(patch), 'diff'))
  }
  for (const { part, changes, more } of parts) {
    const left = more + Math.max(0, changes.length - most)
    const lines = changes.slice(0, most).map(changeLine)
    if (left > 0) lines.push(`- … and ${formatPlural(left, 'further change')}`)
    pieces.push(`### ${part.charAt(0).toUpperCase()}${part.slice(1)}`, lines.join('\n'))
  }
  if (notes.length > 0) pieces.push('### Evidence', notes.map(note => `- ${oneLine(note)}`).join('\n'))
  return `${pieces.join('\n\n')}\n`
}

function changeLine({ kind, path, before, after }: JsonChange): string {
  const where = path.length === 0 ? '' : ` ${code(pathWords(path))}`
  if (kind === 'added') return `- added${where}: ${code(shortJson(after!))}`
  if (kind === 'removed') return `- removed${where}: ${code(shortJson(before!))}`
  return `- changed${where}: ${code(shortJson(before!))} → ${code(shortJson(after!))}`
}

/** A value on one line, for eyes. */
export function shortJson(value: JsonValue, longestText = longestValue): string {
  return visibleLine(typeof value === 'string' ? value : JSON.stringify(value), longestText)
}

/** Between as many backticks as nothing inside has. */
function code(text: string): string {
  const most = Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length))
  const ticks = '`'.repeat(most + 1)
  const room = most > 0 || text === '' ? ' ' : ''
  return `${ticks}${room}${text}${room}${ticks}`
}

function cut(patch: string): string {
  if (patch.length <= longest) return patch.replace(/\n$/, '')
  const end = patch.lastIndexOf('\n', longest)
  const kept = patch.slice(0, end > 0 ? end : longest).toWellFormed()
  return `${kept}\n… ${formatCount(patch.length - kept.length)} characters more`
}
