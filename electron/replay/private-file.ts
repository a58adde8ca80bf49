import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { z } from '../../shared/contract/schemas.ts'
import { InspectorError } from '../../shared/domain/errors.ts'

/** What a file holds that its owner alone may read; undefined where there is none. One that is damaged is not passed over. */
export function readPrivate<T extends z.ZodType>(file: string, schema: T): z.output<T> | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  const read = schema.safeParse(parse(text))
  if (!read.success) {
    throw new InspectorError(
      'replay/damaged-file',
      `${file} cannot be read; mend it, or put it elsewhere to begin anew.`,
    )
  }
  return read.data
}

/** Replaces the file whole. */
export function writePrivate(file: string, content: object): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const next = `${file}.${process.pid}.new`
  writeFileSync(next, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  renameSync(next, file)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
