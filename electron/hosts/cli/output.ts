import { styleText } from 'node:util'
import { fit, safeLine, width } from './terminal.ts'

// Standard output is the answer, standard error everything said on the way.

/** Writes the answer; waits while its reader is slow, so that a large one is never held whole. */
export async function print(text: string): Promise<void> {
  const { stdout } = process
  if (isOver() || stdout.write(text)) return
  await new Promise<void>(resolve => {
    const events = ['drain', 'close', 'error'] as const
    const go = (): void => {
      for (const event of events) stdout.off(event, go)
      resolve()
    }
    for (const event of events) stdout.on(event, go)
  })
}

/** Whether nobody reads the answer any more. */
export function isOver(): boolean {
  return process.stdout.destroyed || lost !== undefined
}

let lost: string | undefined

/** Why the answer could not be written, where that is no right of its reader. */
export function lostOutput(): string | undefined {
  return lost === 'EPIPE' ? undefined : lost
}

/** `head` may close its end at any time: that is its right and no error. A full disk is one. */
export function toleratesClosedOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => (lost ??= error.code ?? 'unknown'))
  process.stderr.on('error', () => {})
}

export function complain(message: string): void {
  process.stderr.write(`spanwise: ${safeLine(message)}\n`)
}

type Colour = Parameters<typeof styleText>[0]

/** Colours on a terminal only, and not where `NO_COLOR` asks for none. */
export function paint(colour: Colour, text: string): string {
  const wanted = process.stdout.isTTY && !process.env['NO_COLOR']
  return wanted ? styleText(colour, text, { validateStream: false }) : text
}

export interface Column<T> {
  readonly title: string
  readonly read: (row: T) => string
  readonly right?: boolean
  /** Cut to so many columns. */
  readonly most?: number
  readonly colour?: (row: T) => Colour | undefined
}

/** Rows under aligned headings; every cell is made safe for a terminal here. */
export function table<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  const cells = rows.map(row => columns.map(column => fit(safeLine(column.read(row)), column.most ?? 60)))
  // Reduced: a trace may have more spans than a call takes arguments.
  const widths = columns.map((column, i) =>
    cells.reduce((most, line) => Math.max(most, width(line[i] ?? '')), width(column.title)),
  )
  const pad = (text: string, i: number): string => {
    const space = ' '.repeat(Math.max(0, (widths[i] ?? 0) - width(text)))
    if (columns[i]?.right) return space + text
    return i === columns.length - 1 ? text : text + space
  }
  const head = columns.map((column, i) => paint('dim', pad(column.title, i))).join('  ')
  const body = cells.map((line, r) =>
    line
      .map((cell, i) => {
        const row = rows[r]
        const colour = row === undefined ? undefined : columns[i]?.colour?.(row)
        return colour ? paint(colour, pad(cell, i)) : pad(cell, i)
      })
      .join('  '),
  )
  return [head, ...body].map(line => `${line.trimEnd()}\n`).join('')
}
