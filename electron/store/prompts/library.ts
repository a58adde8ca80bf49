import { createHash } from 'node:crypto'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { printTemplate } from '../../../shared/prompts/template.ts'
import { readPromptFile, type PromptFacts, type PromptFile } from '../../../shared/prompts/library/prompt-file.ts'
import type { Store } from '../open.ts'
import { addEdit } from './edits.ts'
import { unpackTemplate } from './templates.ts'

// Prompts that persons keep as files, in git mostly: what came from there, and what recovered versions are called after it.

export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The same for templates that differ in what their variables are called: a recovered one knows no other names. */
function hashTemplate(template: string): string {
  return hashText(template.replaceAll(/\{\{[^{}]*\}\}/g, '{{}}').trim()).slice(0, 32)
}

export interface LibraryVersion {
  readonly prompt: string
  readonly version: string
  readonly hash: string
  readonly facts: PromptFacts
  /** Characters of its template. */
  readonly length: number
}

/** By prompt, then by version. */
export function libraryOf(store: Store): LibraryVersion[] {
  const rows = store.query<[], Omit<LibraryVersion, 'facts'> & { facts: string }>('prompt-library').all()
  return rows.map(row => ({ ...row, facts: JSON.parse(row.facts) as PromptFacts }))
}

export function libraryText(store: Store, prompt: string, version: string): string | undefined {
  return store.query<[string, string], { template: string }>('prompt-library-text').get(prompt, version)?.template
}

type Put = Output<'prompts.putFiles'>

/** What reading these files would change. */
export function compareFiles(store: Store, files: Input<'prompts.putFiles'>['files']): Put['files'] {
  const known = new Map(libraryOf(store).map(one => [keyOf(one), one]))
  const recovered = Map.groupBy(recoveredNames(store), row => row.text_hash)
  const seen = new Set<string>()
  return files.map(({ path, text }): Put['files'][number] => {
    const read = readPromptFile(text, hashText)
    if (!read.ok) return { path, what: 'unreadable', why: read.why }
    const { name, version, template, facts } = read.file
    const key = keyOf({ prompt: name, version })
    if (seen.has(key)) return { path, what: 'unreadable', why: 'Another of these files is the same version.' }
    seen.add(key)
    const before = known.get(key)
    const isSame =
      before !== undefined &&
      libraryText(store, name, version) === template &&
      JSON.stringify(before.facts) === JSON.stringify(facts)
    const names = (recovered.get(hashTemplate(template)) ?? []).filter(
      row => row.prompt !== name || row.version !== version,
    )
    return {
      path,
      what: isSame ? 'same' : before ? 'changed' : 'new',
      prompt: name,
      version,
      ...(read.isEdited ? { edited: true } : {}),
      ...(isSame ? {} : { names: names.map(row => ({ prompt: row.prompt, version: row.version })) }),
    }
  })
}

/** Keeps what the files say; undefined where that changes nothing. Undoing the edit takes all of it back. */
export function saveFiles(store: Store, files: Input<'prompts.putFiles'>['files']): number | undefined {
  store.mustBeWritable()
  const compared = compareFiles(store, files)
  const kept = files.flatMap(({ text }, n): PromptFile[] => {
    const { what } = compared[n]!
    const read = what === 'new' || what === 'changed' ? readPromptFile(text, hashText) : undefined
    return read?.ok ? [read.file] : []
  })
  if (kept.length === 0) return undefined
  const edit = addEdit(store, { type: 'library', files: kept.length })
  const put = store.query<[number, string, string, string, string, string], unknown>('prompt-library-put')
  for (const { name, version, template, facts } of kept) {
    put.run(edit, name, version, hashTemplate(template), template, JSON.stringify(facts))
  }
  return edit
}

interface NamedRow {
  readonly id: number
  readonly prompt: string
  readonly version: string
  readonly own_prompt: string
  readonly own_version: string
  readonly text_hash: string
}

/** Recovered versions with the hashes of their texts. */
function recoveredNames(store: Store): NamedRow[] {
  const hashes = new Map<number, string>()
  for (const { id, template } of store.query<[], { id: number; template: Buffer }>('prompt-unhashed').all()) {
    const read = unpackTemplate(template)
    hashes.set(id, read ? hashTemplate(printTemplate(read).text) : '-')
  }
  const rows = store.query<[], NamedRow>('prompt-template-names').all()
  return rows.map(row => ({ ...row, text_hash: hashes.get(row.id) ?? row.text_hash }))
}

/**
 * What recovered versions are called before persons name them: one whose text stands in a file is called as the file says,
 * and its prompt with it, unless dumps name that prompt themselves. Writes down the hashes it had to make.
 */
export function calledByLibrary(store: Store): Map<number, { readonly prompt: string; readonly version: string }> {
  const library = new Map(libraryOf(store).map(one => [one.hash, one]))
  const found = new Map<number, { prompt: string; version: string }>()
  if (library.size === 0) return found
  const rows = recoveredNames(store)
  const put = store.query<[string, number], unknown>('prompt-hash-put')
  const isNamed = store.query<[string], unknown>('prompt-named')
  /** Prompts are called after the first of their versions that stands in a file. */
  const prompts = new Map<string, string>()
  for (const { id, own_prompt: own, text_hash: hash } of rows) {
    put.run(hash, id)
    const file = library.get(hash)
    if (file && !prompts.has(own) && (file.prompt === own || isNamed.get(own) === undefined))
      prompts.set(own, file.prompt)
  }
  for (const { id, own_prompt: own, own_version: version, text_hash: hash } of rows) {
    const prompt = prompts.get(own)
    if (prompt === undefined) continue
    const file = library.get(hash)
    found.set(id, { prompt, version: file?.prompt === prompt ? file.version : version })
  }
  return found
}

function keyOf({ prompt, version }: { readonly prompt: string; readonly version: string }): string {
  return JSON.stringify([prompt, version])
}
