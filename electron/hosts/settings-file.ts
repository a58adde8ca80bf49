import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { InspectorError } from '../../shared/domain/errors.ts'
import { dataFolder } from './data-folder.ts'

/** Characters of all settings together, beyond which nothing more is kept. */
const most = 4 << 20

/** What a host keeps for a person beside any store. */
export interface Settings {
  readonly file: string
  read(): ReadonlyMap<string, string>
  /** Undefined takes it out. */
  write(name: string, value: string | undefined): void
}

/**
 * One JSON file in the data folder: names and texts. Two hosts may run, so each change reads it again and replaces it
 * whole. A file that cannot be read is as good as none, and is put aside by the first change rather than overwritten.
 */
export function settingsFile(file = path.join(dataFolder(), 'settings.json')): Settings {
  return {
    file,
    read: () => readSettings(file).settings,
    write(name, value) {
      const { settings, isBroken } = readSettings(file)
      if (value === undefined) settings.delete(name)
      else settings.set(name, value)
      const text = `${JSON.stringify(Object.fromEntries(settings), null, 2)}\n`
      if (text.length > most) throw new InspectorError('settings/full', 'The settings file has no room for this.')
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
      if (isBroken) renameSync(file, `${file}.broken`)
      const next = `${file}.${process.pid}.new`
      writeFileSync(next, text, { mode: 0o600 })
      renameSync(next, file)
    },
  }
}

function readSettings(file: string): { settings: Map<string, string>; isBroken: boolean } {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return { settings: new Map(), isBroken: !isMissing }
  }
  try {
    const kept: unknown = JSON.parse(text)
    if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return { settings: new Map(), isBroken: true }
    const known = Object.entries(kept).filter(
      (entry): entry is [string, string] => entry[0].startsWith('spanwise.') && typeof entry[1] === 'string',
    )
    return { settings: new Map(known), isBroken: false }
  } catch {
    return { settings: new Map(), isBroken: true }
  }
}
