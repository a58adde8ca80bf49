// What reading a file costs that is understood only as JSON: 4 MB reads, newline split, JSON.parse of each line, results
// dropped. node test/bench/floor.ts dump.jsonl

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

/** How many keys all lines have: the answer keeps the work from being optimised away. */
function parseLines(path: string): number {
  let keys = 0
  forEachLine(path, (buffer, start, end) => {
    const value: unknown = JSON.parse(buffer.toString('utf8', start, end))
    keys += Object.keys(Object(value)).length
  })
  return keys
}

console.log(parseLines(process.argv[2] ?? ''))
