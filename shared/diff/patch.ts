import { FILE_HEADERS_ONLY, formatPatch, structuredPatch, type StructuredPatch } from 'diff'

/** Changed lines past which the middle is one piece, in place of the smallest difference: that takes seconds. */
const mostEdits = 1500
/** Lines around a change. */
const around = 3

/** Two texts as a unified patch, as git writes it; empty where they are the same. */
export function unifiedPatch(
  names: { readonly before: string; readonly after: string },
  before: string,
  after: string,
): string {
  if (before === after) return ''
  const from = fileName(names.before)
  const to = fileName(names.after)
  const options = { context: around, maxEditLength: mostEdits }
  const patch =
    structuredPatch(from, to, before, after, undefined, undefined, options) ?? replacedMiddle(from, to, before, after)
  return formatPatch(patch, FILE_HEADERS_ONLY)
}

/** What both begin and end with stays, and all between is one change. */
function replacedMiddle(oldFileName: string, newFileName: string, before: string, after: string): StructuredPatch {
  const a = linesOf(before)
  const b = linesOf(after)
  const least = Math.min(a.length, b.length)
  let head = 0
  while (head < least && a[head] === b[head]) head++
  let tail = 0
  while (tail < least - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  const start = Math.max(0, head - around)
  const kept = Math.min(tail, around)
  const lines = [
    ...a.slice(start, head).map(line => said(' ', line)),
    ...a.slice(head, a.length - tail).map(line => said('-', line)),
    ...b.slice(head, b.length - tail).map(line => said('+', line)),
    ...b.slice(b.length - tail, b.length - tail + kept).map(line => said(' ', line)),
  ].flat()
  const oldLines = a.length - tail + kept - start
  const newLines = b.length - tail + kept - start
  const hunk = { oldStart: start + 1, oldLines, newStart: start + 1, newLines, lines }
  return { oldFileName, newFileName, oldHeader: undefined, newHeader: undefined, hunks: [hunk] }
}

/** Lines with their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function said(sign: string, line: string): string[] {
  return line.endsWith('\n') ? [`${sign}${line.slice(0, -1)}`] : [`${sign}${line}`, '\\ No newline at end of file']
}

/** A name is a line of its own in a patch, and a tab ends it. */
function fileName(name: string): string {
  return name.slice(0, 400).replaceAll(/\p{Cc}+/gu, ' ')
}
