import type { CancelSignal } from '../contract/index.ts'
import type { Question } from '../contract/search.ts'
import type { Span } from '../domain/span.ts'
import { plainTextOf } from '../messages/plain-text.ts'
import { addClause, clauseFor } from '../query/edit.ts'
import { findField } from '../query/fields.ts'
import { clauseOfMonth, type Month } from './month.ts'
import type { Ask } from './gather.ts'
import type { ReportRow, ReportSection } from './month-report.ts'

/** The dearest prompts. */
const mostTexts = 20
/** Characters of a text. */
const longest = 4000

interface Asking {
  readonly ask: Ask
  readonly question: (query: string) => Question
  readonly month: Month
  readonly signal: CancelSignal | undefined
}

/** The prompts' rows with the text of the latest call of each: its template, else what it was told first. */
export async function withTexts(sections: readonly ReportSection[], asking: Asking): Promise<ReportSection[]> {
  const made: ReportSection[] = []
  for (const section of sections) {
    if (section.id !== 'prompt') {
      made.push(section)
      continue
    }
    const rows: ReportRow[] = []
    for (const [r, row] of section.rows.entries()) {
      const text =
        r < mostTexts && row.now.calls > 0 && row.key[0] !== null ? await textOf(row, section.by, asking) : undefined
      rows.push(text === undefined ? row : { ...row, text })
    }
    made.push({ ...section, rows })
  }
  return made
}

async function textOf(
  { key }: ReportRow,
  by: readonly string[],
  { ask, question, month, signal }: Asking,
): Promise<string | undefined> {
  let query = clauseOfMonth(month)
  for (const [k, value] of key.entries()) {
    const scope = /^(root)\.(.+)$/.exec(by[k]!)
    const field = findField(scope?.[2] ?? by[k]!)!
    const clause = value === null ? `has:${field.id}` : clauseFor(field, String(value))
    const said = scope ? `root:(${clause})` : clause
    query = addClause(query, value === null ? `-${said}` : said)
  }
  const sort = { column: 'started', descending: true }
  const rows = await ask(
    'lists.rows',
    { list: 'calls', where: question(query), columns: [], sort, offset: 0, limit: 1 },
    signal,
  )
  const [id] = rows.id
  if (id === undefined) return undefined
  return cut(textOfSpan(await ask('spans.read', { id }, signal)))
}

function textOfSpan({ prompt, inputMessages = [] }: Span): string | undefined {
  if (prompt?.template !== undefined) return prompt.template
  const first = inputMessages.find(one => one.role === 'system' || one.role === 'developer') ?? inputMessages[0]
  return first && plainTextOf(first)
}

function cut(text: string | undefined): string | undefined {
  return text !== undefined && text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text
}
