import type { ReplayRequest } from '../types.ts'
import { partsOf } from './header-parts.ts'

/** As a shell command. The body goes to the byte: what stands in single quotes a shell leaves alone. */
export function asCurl({ url, headers, body }: ReplayRequest): string {
  const lines = [
    `curl ${quoted(url)}`,
    // A name of a variable must be read by the shell: it alone stands in double quotes.
    ...Object.entries(headers).map(([name, value]) => `  -H ${header(name, value)}`),
    `  --data-binary ${quoted(body)}`,
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
