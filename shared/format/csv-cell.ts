/** A text, a number, or a number with its own digits. */
export type Cell = string | number | { readonly digits: string } | undefined

/** What a spreadsheet would take for a formula, full-width forms too. */
const formula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

/** RFC 4180, texts in quotes. Numbers stay numbers; a text that would be a formula begins with an apostrophe. */
export function printCell(cell: Cell): string {
  if (cell === undefined) return ''
  if (typeof cell === 'number') return String(cell)
  if (typeof cell === 'object') return cell.digits
  return `"${(formula.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`
}
