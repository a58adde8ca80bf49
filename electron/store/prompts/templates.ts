import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Template } from '../../../shared/prompts/template.ts'
import type { Store } from '../open.ts'
import { editsOf } from './edits.ts'
import { promptGeneration } from './state.ts'

interface Kept {
  readonly generation: number
  readonly templates: Map<string, Template | undefined>
}

const kept = new WeakMap<Store, Kept>()
const mostKept = 200

/** The template of a version that was recovered; undefined where none was. */
export function templateNamed(store: Store, prompt: string, version: string | null): Template | undefined {
  const generation = promptGeneration(store)
  let known = kept.get(store)
  if (known?.generation !== generation) kept.set(store, (known = { generation, templates: new Map() }))
  const key = JSON.stringify([prompt, version])
  if (known.templates.has(key)) return known.templates.get(key)
  const row = store.query<[object], { template: Buffer }>('prompt-template').get({ prompt, version: version ?? '' })
  const template = row && unpackTemplate(row.template)
  if (known.templates.size >= mostKept) known.templates.clear()
  known.templates.set(key, template)
  return template
}

export function packTemplate(template: Template): Buffer {
  return zstdCompressSync(JSON.stringify(template))
}

/** A template may be as long as a prompt; more was not written by us. */
const mostBytes = 256 << 20

export function unpackTemplate(data: Buffer): Template | undefined {
  try {
    return JSON.parse(zstdDecompressSync(data, { maxOutputLength: mostBytes }).toString()) as Template
  } catch {
    return undefined
  }
}

/** A version of a group, as it is kept. */
export interface KeptTemplate {
  readonly id: number
  readonly ownPrompt: string
  readonly ownVersion: string
  readonly isPinned: boolean
  readonly template: Template
}

interface Row {
  readonly id: number
  readonly prompt: string
  readonly version: string
  readonly own_prompt: string
  readonly own_version: string
  readonly template: Buffer
}

export function keptTemplates(store: Store, group: number): KeptTemplate[] {
  const pins = new Map<string, boolean>()
  const key = (prompt: string, version: string) => JSON.stringify([prompt, version])
  for (const edit of editsOf(store)) if (edit.type === 'pin') pins.set(key(edit.prompt, edit.version), edit.on)
  return store
    .query<[number], Row>('prompt-templates')
    .all(group)
    .flatMap(row => {
      const template = unpackTemplate(row.template)
      if (!template) return []
      const isPinned = pins.get(key(row.prompt, row.version)) ?? false
      return [{ id: row.id, ownPrompt: row.own_prompt, ownVersion: row.own_version, isPinned, template }]
    })
}

/** The template of what a call was sent; undefined where it is not known. */
export function templateOfCall(store: Store, call: number): Template | undefined {
  const row = store.query<[number], { id: number; template: Buffer }>('prompt-template-of-call').get(call)
  if (!row) return undefined
  let known = unpacked.get(store)
  if (!known) unpacked.set(store, (known = new Map()))
  const found = known.get(row.id)
  if (found?.packed.equals(row.template)) return found.template
  const template = unpackTemplate(row.template)
  if (known.size >= mostKept) known.clear()
  known.set(row.id, { packed: row.template, template })
  return template
}

/** Of templates by their rows: many calls have one. A recovery that goes on may write another into a row. */
const unpacked = new WeakMap<Store, Map<number, { readonly packed: Buffer; readonly template: Template | undefined }>>()
