import type { PromptEdit } from '../../../shared/contract/prompt-edits.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import type { Store } from '../open.ts'
import { moveDrafts } from './drafts.ts'

/** Edits that can be undone: the latest. */
const mostUndone = 100

/** As it is kept: calls of a split by the hashes of what they were sent, which outlive removing an import. */
export type KeptEdit = Exclude<PromptEdit, { type: 'split' }> | SplitEdit | LibraryEdit

interface SplitEdit {
  readonly type: 'split'
  readonly prompt: string
  readonly version: string
  readonly texts: readonly string[]
}

/** A reading of prompts that are kept as files; what they say stands in `prompt_library`. */
interface LibraryEdit {
  readonly type: 'library'
  readonly files: number
}

interface NamedVersion {
  readonly prompt: string
  readonly version: string
}

/** Notes what a person said. What follows from it is worked out by `assign.ts`. */
export function saveEdit(store: Store, edit: PromptEdit): number {
  store.mustBeWritable()
  check(store, edit)
  const kept: KeptEdit = edit.type === 'split' ? asTexts(store, edit) : edit
  if (kept.type === 'split') markStale(store, kept)
  if (kept.type === 'rename') moveDrafts(store, kept.prompt, kept.to)
  return addEdit(store, kept)
}

export function addEdit(store: Store, edit: KeptEdit): number {
  return store.query<[string, number], { id: number }>('prompt-edit-add').get(JSON.stringify(edit), Date.now())!.id
}

export function undoEdit(store: Store, change: number): void {
  store.mustBeWritable()
  const row = store.query<[number, number], { edit: string }>('prompt-edit-undo').get(change, mostUndone)
  if (!row) throw new InspectorError('prompts/gone', 'This can no longer be undone.')
  const edit = JSON.parse(row.edit) as KeptEdit
  if (edit.type === 'split') markStale(store, edit)
  if (edit.type === 'rename') moveDrafts(store, edit.to, edit.prompt)
}

/** What persons said and did not take back, in that order. */
export function editsOf(store: Store): KeptEdit[] {
  const rows = store.query<[], { edit: string }>('prompt-edits').all()
  return rows.map(({ edit }) => JSON.parse(edit) as KeptEdit)
}

/** Hashes of texts that are versions of their own because somebody said so. */
export function splitsOf(store: Store): (readonly string[])[] {
  return editsOf(store).flatMap(edit => (edit.type === 'split' ? [edit.texts] : []))
}

function check(store: Store, edit: PromptEdit): void {
  if (edit.type === 'title' || edit.type === 'pin') return
  const count = store.query<[string], { n: number }>('prompt-templates-named')
  if (count.get(edit.prompt)!.n === 0) {
    throw new InspectorError(
      'prompts/not-recovered',
      'A file names this prompt and its versions: they stay as it says.',
    )
  }
  if (edit.type !== 'rename') return
  const isTaken = count.get(edit.to)!.n > 0 || store.query('prompt-named').get(edit.to) !== undefined
  if (isTaken) throw new InspectorError('prompts/exists', 'There is a prompt of this name already.')
}

function asTexts(store: Store, { type, prompt, version, calls }: Extract<PromptEdit, { type: 'split' }>): SplitEdit {
  const find = store.query<[number], { hash: Buffer }>('prompt-text-of-call')
  const texts = [...new Set(calls.flatMap(call => find.get(call)?.hash.toString('hex') ?? []))]
  if (texts.length === 0) throw new InspectorError('prompts/none', 'None of these calls was sent a text.')
  return { type, prompt, version, texts }
}

function markStale(store: Store, { texts }: SplitEdit): void {
  const mark = store.query<[Buffer], unknown>('prompt-groups-of-text-stale')
  for (const text of texts) mark.run(Buffer.from(text, 'hex'))
}

/** What recovered versions are called once all that was said is done. `versions` are their own names. */
export function calledNow(edits: readonly KeptEdit[], versions: readonly NamedVersion[]): NamedVersion[] {
  let now = versions.map(one => ({ ...one }))
  for (const edit of edits) {
    if (edit.type === 'library') continue
    const { prompt } = edit
    if (edit.type === 'rename') now = now.map(one => (one.prompt === prompt ? { ...one, prompt: edit.to } : one))
    if (edit.type === 'merge') {
      const merged = new Set(edit.versions)
      now = now.map(one => (one.prompt === prompt && merged.has(one.version) ? { ...one, version: edit.into } : one))
    }
    if (edit.type === 'separate') {
      now = now.map((one, n) =>
        one.prompt === prompt && one.version === edit.version ? { ...one, version: versions[n]!.version } : one,
      )
    }
  }
  return now
}
