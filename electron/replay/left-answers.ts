import { readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { ReplayRecord } from '../../shared/replay/record.ts'
import { writePrivate } from './private-file.ts'

// Answers that came and are not stored yet: a file each, beside the store, whoever is killed meanwhile.

const ending = /\.answer-[0-9a-f]{16}$/

export function answerFile(storePath: string, spanId: string): string {
  return `${storePath}.answer-${spanId}`
}

/** The owner alone may read it. */
export function writeAnswer(storePath: string, record: ReplayRecord): void {
  writePrivate(answerFile(storePath, record.span_id), record)
}

/** It is stored. */
export function forgetAnswer(storePath: string, spanId: string): void {
  rmSync(answerFile(storePath, spanId), { force: true })
}

/** What is looked at before a file is taken for an answer; the rest is as it was written. */
const shape = z.looseObject({
  spanwise: z.literal('replay'),
  span_id: z.string(),
  trace_id: z.string(),
  name: z.string(),
})

/** Answers of this store that nobody stored. What cannot be read is left where it is. */
export function leftAnswers(storePath: string): ReplayRecord[] {
  const { dir, base } = path.parse(path.resolve(storePath))
  const names = readdirSync(dir).filter(name => name.startsWith(`${base}.answer-`) && ending.test(name))
  return names.flatMap(name => {
    try {
      const read: unknown = JSON.parse(readFileSync(path.join(dir, name), 'utf8'))
      return shape.safeParse(read).success ? [read as ReplayRecord] : []
    } catch {
      return []
    }
  })
}
