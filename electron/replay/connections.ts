import path from 'node:path'
import type { Output } from '../../shared/contract/index.ts'
import { mostProfiles, savedProfiles } from '../../shared/contract/replay-files.ts'
import type { Connection } from '../../shared/contract/replay.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { Profile } from '../../shared/replay/compose.ts'
import { Keys, type KeysOptions } from './keys.ts'
import { checkOrigin } from './origin.ts'
import { toProfile } from '../../shared/replay/profile.ts'
import { readPrivate, writePrivate } from './private-file.ts'

/** The connections that a person saved on this machine, and their keys: one origin, one dialect, one named key each. */
export class Connections {
  readonly keys: Keys
  private readonly file: string

  constructor(folder: string, options: KeysOptions = {}) {
    this.file = path.join(folder, 'connections.json')
    this.keys = new Keys(path.join(folder, 'keys.json'), options)
  }

  async list(): Promise<Output<'replay.profiles'>> {
    const storage = await this.keys.storage()
    const profiles: Connection[] = []
    for (const profile of this.read()) {
      const key = await this.keys.tell(profile)
      profiles.push({ ...profile, ...(key ? { key } : {}) })
    }
    return { profiles, ...storage }
  }

  find(name: string): Profile {
    const found = this.read().find(one => one.name === name)
    if (!found) throw new InspectorError('replay/no-profile', `There is no connection ${name}; save one first.`)
    return found
  }

  save(written: Profile): void {
    const { origin } = checkOrigin(written.origin, written.allowHttp)
    const saved = this.read()
    const before = saved.find(({ name }) => name === written.name)
    if (!before && saved.length >= mostProfiles)
      throw new InspectorError('replay/too-many', `There are ${mostProfiles} connections already; remove one first.`)
    const next = { ...written, origin }
    writePrivate(this.file, before ? saved.map(one => (one === before ? next : one)) : [...saved, next])
    // Whoever edits where a key goes must give it again: it was meant for where it went before.
    if (before && (before.origin !== origin || before.dialect !== written.dialect)) this.keys.forget(before)
  }

  remove(name: string): void {
    const found = this.find(name)
    this.keys.forget(found)
    writePrivate(
      this.file,
      this.read().filter(one => one.name !== name),
    )
  }

  private read(): Profile[] {
    const saved = readPrivate(this.file, savedProfiles) ?? []
    return saved.map(toProfile)
  }
}
