import type { ReplayRequest } from '../types.ts'
import { partsOf } from './header-parts.ts'

/** As a program of Python's own library: nothing need be installed. */
export function asPython({ url, headers, body }: ReplayRequest): string {
  return `import os
import urllib.request

body = ${text(body)}

request = urllib.request.Request(
    ${text(url)},
    data=body.encode("utf-8"),
    headers={
${Object.entries(headers)
  .map(([name, value]) => `        ${text(name)}: ${written(value)},`)
  .join('\n')}
    },
    method="POST",
)
with urllib.request.urlopen(request) as response:
    print(response.read().decode("utf-8"))
`
}

function written(value: string): string {
  const { before, variable } = partsOf(value)
  if (variable === undefined) return text(value)
  return before === '' ? `os.environ[${text(variable)}]` : `${text(before)} + os.environ[${text(variable)}]`
}

/** A string of Python: those of JSON are, but for characters past the first plane, which JSON writes as two. */
function text(value: string): string {
  return JSON.stringify(value.toWellFormed()).replaceAll('\u007f', '\\u007f')
}
