import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Output } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { PriceRule } from '../../shared/money/book.ts'
import { listFileOf, rulesFileOf } from './current.ts'
import { readPriceFile, readRules } from './read-book.ts'

/** A person's rules, with what tells this state of their file from any other. */
export function ownRules(folder: string | undefined): Output<'prices.rules'> {
  if (folder === undefined) return { rules: [], revision: '' }
  const file = rulesFileOf(folder)
  let written: string
  try {
    written = readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return { rules: [], revision: '', file }
    // It is there, and somebody's: nothing is put in its place.
    return { rules: [], revision: '', wrong: `The system says ${code ?? String(error)}.`, file }
  }
  const found = readRules(written)
  const revision = revisionOf(written)
  if ('wrong' in found) return { rules: [], revision, wrong: found.wrong, file }
  return { rules: [...found.rules], revision, file }
}

/** Replaces the file whole: who reads it meanwhile sees the one or the other. Refused where it is not what `revision` said. */
export function putOwnRules(folder: string | undefined, rules: readonly PriceRule[], revision: string): string {
  if (folder === undefined) throw new InspectorError('prices/no-place', 'This host has no place for own prices.')
  const text = `${JSON.stringify({ rules: checkedRules(rules) }, null, 2)}\n`
  const now = ownRules(folder)
  if (now.revision !== revision) {
    throw new InspectorError(
      'prices/changed-elsewhere',
      'Another program changed the file of own prices meanwhile. Look at what it says now, and try again.',
    )
  }
  if (now.wrong !== undefined) {
    throw new InspectorError(
      'prices/broken-file',
      `${rulesFileOf(folder)} ${now.revision === '' ? 'cannot be read' : 'has a mistake'}, and is left as it is. ${now.wrong}`,
    )
  }
  replace(rulesFileOf(folder), text)
  return revisionOf(text)
}

/** The same rules; refused with a sentence where one of them cannot be used. */
export function checkedRules(rules: readonly PriceRule[]): readonly PriceRule[] {
  const found = readRules(JSON.stringify({ rules }))
  if ('wrong' in found) throw new InspectorError('prices/bad-rules', found.wrong)
  return found.rules
}

/** Puts a list where every host finds it. It is read first: what is no list changes nothing. */
export function importPriceList(folder: string | undefined, text: string): Output<'prices.importList'> {
  if (folder === undefined) throw new InspectorError('prices/no-place', 'This host has no place for a price list.')
  // Lists that are published carry no day: they are as new as their arrival.
  const found = readPriceFile(text, { source: 'imported', date: new Date().toISOString().slice(0, 10) })
  if ('wrong' in found) throw new InspectorError('prices/no-list', `This is no price list. ${found.wrong}`)
  replace(listFileOf(folder), text)
  return { models: found.book.providers.reduce((sum, { models }) => sum + models.length, 0), date: found.book.date }
}

function replace(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const next = `${file}.${process.pid}.new`
  try {
    writeFileSync(next, text, { mode: 0o600, flush: true })
    renameSync(next, file)
  } catch (error) {
    rmSync(next, { force: true })
    const why = error instanceof Error ? error.message : 'it failed'
    throw new InspectorError('prices/not-written', `${file} could not be written: ${why}`)
  }
}

function revisionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
