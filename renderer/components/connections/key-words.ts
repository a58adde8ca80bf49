import type { Connection, KeyPlace } from '../../../shared/contract/replay.ts'

/** Where a key is, in words that say how long it stays there. */
export const placeWords: { readonly [place in KeyPlace]: string } = {
  environment: 'from the environment',
  session: 'until Spanwise ends',
  vault: 'in the vault',
  system: 'in the system’s storage',
}

/** Which key a connection sends, named and never shown. */
export function keyWords({ keyEnv, key }: Connection): string {
  if (keyEnv === undefined) return 'no key'
  if (!key) return `no key yet (${keyEnv} is not set)`
  if (key.closed) return `key ${keyEnv}, in the vault, which is closed`
  return `key ${keyEnv}${key.last4 === undefined ? '' : ` …${key.last4}`}, ${placeWords[key.place]}`
}
