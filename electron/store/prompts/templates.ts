import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Template } from '../../../shared/prompts/template.ts'
import type { Store } from '../open.ts'
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
  const row = store.query<[string, string], { template: Buffer }>('prompt-template').get(prompt, version ?? '')
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

function unpackTemplate(data: Buffer): Template | undefined {
  try {
    return JSON.parse(zstdDecompressSync(data, { maxOutputLength: mostBytes }).toString()) as Template
  } catch {
    return undefined
  }
}
