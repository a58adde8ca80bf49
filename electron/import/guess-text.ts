import { beginsLikeScores } from '../../shared/domain/score-row.ts'
import { sortOf } from './explain.ts'
import { textGate } from './text-gate.ts'

const quoted = 60

/**
 * What to say of a text that holds no record at all: what it looks like, and how it begins, so that a person sees which
 * file this was. The quotation is stored with the receipt: it passes the gate, and holds no control characters.
 */
export function describeText(head: string): string {
  const sort = guess(head.trimStart())
  return `Not recognised: this looks like ${sort}. It begins with “${quote(head)}”.`
}

function guess(head: string): string {
  const known = sortOf(head)
  if (known !== undefined) return known
  if (isQuotedTable(head)) return tableOf(head)
  if (/^[[{"]/.test(head)) return 'broken JSON'
  if (/^(data|event|id|retry): ?\S/.test(head)) return 'a saved event stream, not a trace'
  if (/^--[-\w]{6,}\r?\n/.test(head)) return 'the body of a form or mail, not a trace'
  const lines = head.split(/\r?\n/).slice(0, 5)
  if (isTable(lines)) return tableOf(head)
  if (/^(?:version: \d+\s+)?interactions:\s*\r?\n\s*- /.test(head)) {
    return 'a VCR cassette (YAML), which is not read: record with nock, or save the traffic as HAR'
  }
  if (lines.length > 1 && lines.every(line => /^(\s*[\w.-]+:(\s|$)|\s*- |---|\s*#|\s*$)/.test(line))) {
    return 'YAML, not JSON'
  }
  return 'plain text, not JSON'
}

function tableOf(head: string): string {
  return beginsLikeScores(head)
    ? 'a table of scores, which spanwise scores import takes, and the window where it opens it alone'
    : 'a table (CSV), not JSON: export JSON or JSONL'
}

/** A table whose names stand in quotes: each is a JSON string, but more than one a line is no JSON. */
export function isQuotedTable(head: string): boolean {
  const lines = head.trimStart().split(/\r?\n/).slice(0, 5)
  return /^"[^"]*"(?:[,;\t]"[^"]*")+$/.test(lines[0] ?? '') && isTable(lines)
}

/** The same number of commas, semicolons or tabs in each of the first lines. The last may be cut. */
function isTable(lines: readonly string[]): boolean {
  return [',', ';', '\t'].some(separator => {
    const [first = 0, ...rest] = lines.slice(0, 3).map(line => line.split(separator).length - 1)
    return first > 0 && rest.length > 0 && rest.every((count, i) => count === first || lines[i + 1] === '')
  })
}

function quote(head: string): string {
  const bytes = Buffer.from(head.slice(0, 400))
  const passed = (textGate(bytes, 0, bytes.length, false) ?? bytes).toString().replace(/\s+/g, ' ').trim()
  const cut = passed.length > quoted ? `${passed.slice(0, quoted).replace(/[\ud800-\udbff]$/, '')}…` : passed
  return cut.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '·')
}
