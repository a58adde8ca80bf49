import type { Profile } from './compose.ts'

/** A connection as it is written down, or told with more beside it. */
interface Told extends Omit<Profile, 'keyEnv' | 'allowHttp'> {
  readonly keyEnv?: Profile['keyEnv'] | undefined
  readonly allowHttp?: Profile['allowHttp'] | undefined
}

/** The connection alone: schemas tell absent from undefined, and hosts tell of its key. */
export function toProfile({ name, origin, dialect, keyEnv, allowHttp }: Told): Profile {
  return {
    name,
    origin,
    dialect,
    ...(keyEnv === undefined ? {} : { keyEnv }),
    ...(allowHttp ? { allowHttp } : {}),
  }
}
