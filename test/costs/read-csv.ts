/** Rows of a CSV by the names in its first line. */
export function readCsv(text: string): Readonly<Record<string, string>>[] {
  const [head = [], ...rows] = linesOf(text)
  return rows.map(row => Object.fromEntries(head.map((name, n) => [name, row[n] ?? ''])))
}

function linesOf(text: string): string[][] {
  const lines: string[][] = []
  let line: string[] = []
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    line.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    lines.push(line)
    line = []
  }
  return lines
}
