// What reading the file costs at least: `read` (4 MB reads, newline split, one string per line) and `parse` (the same and
// JSON.parse of each line). node test/bench/floors.ts parse dump.jsonl

import { closeSync, openSync, readSync } from 'node:fs'

const chunk = 4 << 20

/** Calls `line` for each line without copying it; a line longer than the buffer makes the buffer grow. */
function forEachLine(path: string, line: (buffer: Buffer, start: number, end: number) => void): void {
  const file = openSync(path, 'r')
  let buffer = Buffer.allocUnsafe(chunk * 2)
  let held = 0
  for (;;) {
    if (held > buffer.length - chunk) {
      const larger = Buffer.allocUnsafe(buffer.length * 2)
      buffer.copy(larger, 0, 0, held)
      buffer = larger
    }
    const count = readSync(file, buffer, held, chunk, null)
    if (count === 0) break
    let start = 0
    let from = held
    held += count
    for (;;) {
      const end = buffer.indexOf(10, from)
      if (end < 0 || end >= held) break
      line(buffer, start, end)
      start = from = end + 1
    }
    buffer.copyWithin(0, start, held)
    held -= start
  }
  if (held > 0) line(buffer, 0, held)
  closeSync(file)
}

export const floors = {
  read: (path: string) => {
    let characters = 0
    forEachLine(path, (buffer, start, end) => (characters += buffer.toString('utf8', start, end).length))
    return characters
  },
  parse: (path: string) => {
    let keys = 0
    forEachLine(path, (buffer, start, end) => {
      const value: unknown = JSON.parse(buffer.toString('utf8', start, end))
      keys += Object.keys(Object(value)).length
    })
    return keys
  },
} as const

if (import.meta.main) {
  const [mode, path] = process.argv.slice(2)
  if ((mode !== 'read' && mode !== 'parse') || path === undefined)
    throw new Error('node test/bench/floors.ts read|parse FILE')
  // The answer keeps the work from being optimised away.
  console.log(floors[mode](path))
}
