import { surenesses, type Sureness } from '../../../shared/prompts/sureness.ts'
import type { Store } from '../open.ts'
import { editsOf } from './edits.ts'
import { libraryOf } from './library.ts'

/** What is known of a version beside its calls. */
export interface VersionNote {
  sureness?: Sureness
  title?: string
  pinned?: boolean
  /** It stands in a file that somebody read here. */
  library?: true
  draft?: true
}
export type VersionNotes = ReadonlyMap<string, VersionNote>

/** By what the versions of a prompt are called; an empty name is none. */
export function versionNotes(store: Store, prompt: string): VersionNotes {
  const notes = new Map<string, VersionNote>()
  const noteOf = (version: string): VersionNote => {
    let note = notes.get(version)
    if (!note) notes.set(version, (note = {}))
    return note
  }
  const templates = store.query<[string], { version: string; sureness: string }>('prompt-templates-of').all(prompt)
  for (const { version, sureness } of templates) {
    const known = surenesses.find(one => one === sureness)
    if (known) noteOf(version).sureness = known
  }
  for (const one of libraryOf(store)) {
    if (one.prompt !== prompt) continue
    const note = noteOf(one.version)
    note.library = true
    if (one.facts.title !== undefined) note.title = one.facts.title
  }
  const drafts = store.query<[string], { base: string }>('prompt-drafts-of').all(prompt)
  for (const { base } of drafts) noteOf(base).draft = true
  for (const edit of editsOf(store)) {
    if (edit.type === 'library' || edit.prompt !== prompt) continue
    if (edit.type === 'pin') noteOf(edit.version).pinned = edit.on
    if (edit.type === 'title') noteOf(edit.version).title = edit.title
  }
  for (const note of notes.values()) if (note.title === '') delete note.title
  return notes
}
