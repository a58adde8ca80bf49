import type { ReplayRequest } from '../types.ts'
import { partsOf } from './header-parts.ts'

/** As a module for Node, Bun and Deno, without a package. */
export function asTypeScript({ url, headers, body }: ReplayRequest): string {
  return `const body = ${text(body)}

const response = await fetch(${text(url)}, {
  method: 'POST',
  headers: {
${Object.entries(headers)
  .map(([name, value]) => `    ${text(name)}: ${written(value)},`)
  .join('\n')}
  },
  body,
})
console.log(response.status, await response.text())
`
}

function written(value: string): string {
  const { before, variable } = partsOf(value)
  if (variable === undefined) return text(value)
  return before === '' ? `process.env.${variable} ?? ''` : `${text(before)} + process.env.${variable}`
}

function text(value: string): string {
  return JSON.stringify(value.toWellFormed())
}
