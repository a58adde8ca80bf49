import type { ReplayRequest } from '../types.ts'
import { partsOf } from './header-parts.ts'

/** Characters, of at most 3 bytes each: Linux gives a program no word over 128 KiB. */
const longestWord = 40_000

/** As a shell command. The body goes to the byte: what stands in single quotes a shell leaves alone. */
export function asCurl({ url, headers, body }: ReplayRequest): string {
  const isLong = body.length > longestWord
  const lines = [
    // `printf` is of the shell itself, which hands on a text of any length.
    `${isLong ? `printf %s ${quoted(body)} | ` : ''}curl ${quoted(url)}`,
    // A name of a variable must be read by the shell: it alone stands in double quotes.
    ...Object.entries(headers).map(([name, value]) => `  -H ${header(name, value)}`),
    // Not `--data`, nor `--data-binary`: a body that begins with `@` would name a file to be sent.
    isLong ? '  --data-binary @-' : `  --data-raw ${quoted(body)}`,
  ]
  return lines.join(' \\\n')
}

function header(name: string, value: string): string {
  const { before, variable } = partsOf(value)
  return `${quoted(`${name}: ${before}`)}${variable === undefined ? '' : `"$${variable}"`}`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
