import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Output } from '../../../shared/contract/index.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import { formatCount, formatPlural } from '../../../shared/format/numbers.ts'
import { chosenFiles, type FoundFile } from '../../../shared/prompts/library/chosen-files.ts'
import { type ExitCode, usageError, type Words } from './command.ts'
import { existingStoreOf, withInspector } from './inspect.ts'
import { paint, print, table } from './output.ts'
import { waitForPrompts } from './recovered.ts'
import { safeJson } from './terminal.ts'
import { writeWhole } from './whole-file.ts'

const page = 100

/** Every version as a file, for git. What else lies in the folder stays. */
export function exportLibrary(words: Words, [folder, ...more]: readonly string[]): Promise<ExitCode> {
  if (!folder || more.length > 0) throw usageError('prompts export takes one folder.')
  return withInspector<ExitCode>(existingStoreOf(words), async asker => {
    const complete = await waitForPrompts(asker)
    let [written, without] = [0, 0]
    for (let offset = 0; ; offset += page) {
      const found = await asker.ask('prompts.files', { offset, limit: page })
      for (const { path: name, text } of found.files) {
        const file = path.join(path.resolve(folder), name)
        await mkdir(path.dirname(file), { recursive: true })
        await writeWhole(file, [text], 'prompts/not-written')
      }
      written += found.files.length
      without += found.without
      if (offset + page >= found.total) break
    }
    const left = without > 0 ? ` ${formatPlural(without, 'version')} without a text or a name have none.` : ''
    if (words.flag('json')) await print(`${safeJson({ written, without, complete })}\n`)
    else await print(`${formatPlural(written, 'file')} written to ${folder}.${left}\n`)
    return 0
  })
}

type Told = Output<'prompts.putFiles'>['files'][number]

/** Reads such a folder; with --dry-run it says what would change, and changes nothing. */
export function importLibrary(words: Words, [folder, ...more]: readonly string[]): Promise<ExitCode> {
  if (!folder || more.length > 0) throw usageError('prompts import takes one folder.')
  const dryRun = words.flag('dry-run')
  return withInspector<ExitCode>(existingStoreOf(words), async asker => {
    const { parts, others, unreadable } = await chosenFiles(await readFolder(folder))
    const complete = await waitForPrompts(asker)
    const told: Told[] = unreadable.map(file => ({ ...file, what: 'unreadable' }))
    for (const files of parts) told.push(...(await asker.ask('prompts.putFiles', { files, dryRun })).files)
    if (words.flag('json')) await print(`${safeJson({ files: told, others, dryRun, complete })}\n`)
    else await print(draw(told, others, dryRun))
    return told.some(({ what }) => what === 'unreadable') ? 2 : 0
  })
}

async function readFolder(folder: string): Promise<FoundFile[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter(entry => entry.isFile() && entry.name.endsWith('.md'))
    return await Promise.all(
      files.map(async entry => {
        const file = path.join(entry.parentPath, entry.name)
        const { size } = await stat(file)
        return { path: path.relative(folder, file), size, read: () => readFile(file, 'utf8') }
      }),
    )
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new InspectorError('prompts/no-folder', `${folder} cannot be read (${code ?? String(error)}).`)
  }
}

function draw(told: readonly Told[], others: number, dryRun: boolean): string {
  const changing = told.filter(({ what }) => what !== 'same')
  const same = told.length - changing.length
  const unreadable = changing.filter(({ what }) => what === 'unreadable').length
  const rows = table(changing, [
    { title: 'FILE', read: row => row.path, most: 60 },
    { title: '', read: row => row.what, colour: row => (row.what === 'unreadable' ? 'red' : undefined) },
    { title: 'PROMPT', read: row => row.prompt ?? '', most: 30 },
    { title: 'VERSION', read: row => row.version ?? '', most: 30 },
    { title: 'NOTE', read: noteOf, most: 100 },
  ])
  const bad = unreadable > 0 ? `, ${formatCount(unreadable)} unreadable` : ''
  const count = `${formatPlural(told.length, 'version')}: ${formatCount(changing.length - unreadable)} ${dryRun ? 'would change' : 'new or changed'}, ${formatCount(same)} the same${bad}.`
  const rest = others > 0 ? ` ${formatPlural(others, 'other file')} left alone.` : ''
  const advice = dryRun && changing.length > unreadable ? '\nNothing was changed: the same without --dry-run does.' : ''
  return `${changing.length > 0 ? `${rows}\n` : ''}${count}${rest}${paint('dim', advice)}\n`
}

function noteOf({ why, edited, names = [] }: Told): string {
  const called = names.map(({ prompt, version }) => `${prompt} ${version}`)
  return [
    ...(why === undefined ? [] : [why]),
    ...(edited ? ['edited by hand'] : []),
    ...(called.length > 0 ? [`is what was recovered as ${called.join(', ')}`] : []),
  ].join('; ')
}
