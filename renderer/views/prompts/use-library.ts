import { useState } from 'react'
import type { Output } from '../../../shared/contract/index.ts'
import { formatPlural } from '../../../shared/format/numbers.ts'
import { type ChosenFile, chosenFiles } from '../../../shared/prompts/library/chosen-files.ts'
import { announce } from '../../app/announce.ts'
import { useClient } from '../../app/view.ts'
import { saveFile } from '../../components/export/save-file.ts'
import { zipOf } from '../../components/export/zip.ts'
import type { PageClient } from '../../state/client.ts'
import { toRequestError } from '../../state/request-error.ts'
import { type Done, tell, tellDone } from '../../state/undo.ts'
import { edits } from './use-prompt-ask.ts'

type Parts = readonly (readonly ChosenFile[])[]

/** A folder that was read, and what keeping it would change. */
export interface ReadFolder {
  readonly told: Output<'prompts.putFiles'>['files']
  readonly others: number
  readonly parts: Parts
}

const page = 100

/** Prompts as files: written as one archive, and read from a folder, which says first what it would change. */
export function useLibrary() {
  const client = useClient()
  const [read, setRead] = useState<ReadFolder>()
  const attempt = (work: () => Promise<void>) =>
    void work().catch((error: unknown) => tell(`That could not be done: ${toRequestError(error).message}`, true))
  return {
    read,
    forget: () => setRead(undefined),
    save: () => attempt(() => save(client)),
    choose: (files: readonly File[]) => attempt(async () => setRead(await look(client, files))),
    keep: (parts: Parts) => {
      setRead(undefined)
      attempt(async () => tellDone(await keep(client, parts)))
    },
  }
}

async function save(client: PageClient): Promise<void> {
  announce('Writing the prompts…')
  const files: ChosenFile[] = []
  let without = 0
  for (let offset = 0; ; offset += page) {
    const found = await client.ask('prompts.files', { offset, limit: page })
    files.push(...found.files)
    without += found.without
    if (offset + page >= found.total) break
  }
  if (files.length > 0) saveFile(zipOf(files), 'prompts.zip')
  const left = without > 0 ? ` ${formatPlural(without, 'version')} without a text or a name left out.` : ''
  tell(`${formatPlural(files.length, 'version')} as files.${left}`)
}

async function look(client: PageClient, chosen: readonly File[]): Promise<ReadFolder> {
  const files = chosen.filter(({ name }) => name.endsWith('.md'))
  const found = files.map(file => ({
    path: file.webkitRelativePath || file.name,
    size: file.size,
    read: () => file.text(),
  }))
  const { parts, others, unreadable } = await chosenFiles(found)
  const told: ReadFolder['told'] = unreadable.map(file => ({ ...file, what: 'unreadable' }))
  for (const part of parts) told.push(...(await client.ask('prompts.putFiles', { files: part, dryRun: true })).files)
  return { told, others: others + chosen.length - files.length, parts }
}

async function keep(client: PageClient, parts: Parts): Promise<Done> {
  const changes: number[] = []
  for (const files of parts) {
    const { change } = await client.ask('prompts.putFiles', { files, dryRun: false })
    if (change !== undefined) changes.push(change)
  }
  edits.update(n => n + 1)
  return {
    words: 'Prompts were read from files',
    undo: async () => {
      for (const change of changes.toReversed()) await client.ask('prompts.undo', { change })
      edits.update(n => n + 1)
      return () => keep(client, parts)
    },
  }
}
