import type { ReplayRequest } from '../types.ts'
import { asCurl } from './curl.ts'
import { asPython } from './python.ts'
import { asTypeScript } from './typescript.ts'

/** A request as a text that sends it, to the byte, with the key read from its variable. */
export const copies: readonly {
  readonly id: string
  readonly label: string
  readonly make: (request: ReplayRequest) => string
}[] = [
  { id: 'curl', label: 'curl', make: asCurl },
  { id: 'python', label: 'Python', make: asPython },
  { id: 'typescript', label: 'TypeScript', make: asTypeScript },
]
