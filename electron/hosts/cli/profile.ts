import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { profile as schema } from '../../../shared/contract/replay.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import type { Profile } from '../../../shared/replay/compose.ts'
import { servers } from '../../../shared/replay/servers.ts'
import { toProfile } from '../../../shared/replay/profile.ts'
import { checkOrigin } from '../../replay/origin.ts'

/** Nobody's connection takes more. */
const longest = 64 << 10

/** A connection by the path of its file, or by the name of a server that is known; `saved`: names that were looked through before. */
export async function readProfile(written: string, saved: readonly string[] = []): Promise<Profile> {
  const known = servers.find(({ id }) => id === written)
  // Everybody has a host of their own at Azure.
  if (known && known.id !== 'azure.ai.openai') {
    const { id, origin, dialect, keyEnv } = known
    return { name: id, origin, dialect, ...(keyEnv === undefined ? {} : { keyEnv }) }
  }
  const file = path.resolve(written)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    const names = servers.filter(server => server.id !== 'azure.ai.openai').map(server => server.id)
    throw new InspectorError(
      'replay/no-profile',
      `There is no connection ${written}: name a JSON file, or one of ${[...saved, ...names].join(', ')}.`,
    )
  }
  const read = text.length > longest ? undefined : schema.safeParse(parse(text))
  if (!read?.success) {
    throw new InspectorError(
      'replay/bad-profile',
      `${written} is no connection; one looks like {"name":"Mine","origin":"https://api.example.com","dialect":"openai-chat","keyEnv":"MY_KEY"}.`,
    )
  }
  const given = toProfile(read.data)
  return { ...given, origin: checkOrigin(given.origin, given.allowHttp).origin }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
