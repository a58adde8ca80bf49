import { existsSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { schemaVersion } from '../../../electron/store/schema.ts'
import { makeDump } from '../corpora.ts'
import { importDump } from '../run.ts'

/** 40 workflows of 20,000 small spans, and 206,000 spans of agents whose calls repeat their last messages only. */
const million = { kind: 'delta', mb: 2665, workflows: 40 } as const

export interface Million {
  readonly file: string
  /** Whether it was made just now. */
  readonly isNew: boolean
}

/** A store of a million spans and their texts: made once in a folder, and again when the schema is another. */
export async function millionSpans(folder: string, scale = 1): Promise<Million> {
  const file = path.join(folder, `query-${schemaVersion}${scale === 1 ? '' : `-${scale}`}.spanwise`)
  if (existsSync(file)) return { file, isNew: false }
  const giants = Array(Math.max(1, Math.round(million.workflows * scale)))
    .fill(20_000)
    .join()
  const dump = makeDump(folder, { kind: million.kind, mb: Math.ceil(million.mb * scale), giants }, 4)
  const unfinished = `${file}.part`
  rmSync(unfinished, { force: true })
  await importDump(dump.file, unfinished)
  rmSync(dump.file)
  renameSync(unfinished, file)
  return { file, isNew: true }
}
