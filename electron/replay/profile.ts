import type { WrittenProfile } from '../../shared/contract/replay.ts'
import type { Profile } from '../../shared/replay/compose.ts'

/** As the schema reads it; our types tell absent from undefined. */
export function toProfile({ name, origin, dialect, keyEnv, allowHttp }: WrittenProfile): Profile {
  return {
    name,
    origin,
    dialect,
    ...(keyEnv === undefined ? {} : { keyEnv }),
    ...(allowHttp ? { allowHttp } : {}),
  }
}
