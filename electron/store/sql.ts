import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * The SQL files of this folder by name ('queries/trace-row', 'migrations/0001-spans'). Vite puts them into the bundle
 * and serves them to vitest; where TypeScript runs without Vite they are read from beside this file.
 */
const files: Readonly<Record<string, string>> = import.meta.env
  ? import.meta.glob<string>(['./migrations/*.sql', './queries/*.sql'], {
      query: '?raw',
      import: 'default',
      eager: true,
    })
  : readFromDisk()

function readFromDisk(): Record<string, string> {
  const found: Record<string, string> = {}
  for (const folder of ['migrations', 'queries']) {
    const at = path.join(import.meta.dirname, folder)
    for (const name of readdirSync(at)) found[`./${folder}/${name}`] = readFileSync(path.join(at, name), 'utf8')
  }
  return found
}

/** The text of one SQL file. */
export function sql(name: string): string {
  const text = files[`./${name}.sql`]
  if (text === undefined) throw new Error(`no SQL file ${name}`)
  return text
}

export interface Migration {
  readonly id: number
  readonly name: string
  readonly text: string
}

/** In the order in which they apply; the number in the file's name is the schema version it leads to. */
export const migrations: readonly Migration[] = Object.keys(files)
  .filter(file => file.startsWith('./migrations/'))
  .sort()
  .map(file => {
    const name = path.basename(file, '.sql')
    return { id: Number.parseInt(name, 10), name, text: files[file]! }
  })
