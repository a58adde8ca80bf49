// A version of a prompt as a Markdown file: front matter, a line a fact with its value as JSON (which is YAML too), then the
// template to the letter. Made to stand in git: the same version is the same file.

import { z } from 'zod'
import type { JsonValue } from '../../domain/json.ts'

const facts = z.object({
  /** What a person calls it. */
  title: z.string().max(1000).optional(),
  recovered: z.boolean().optional(),
  firstSeen: z.iso.datetime().optional(),
  lastSeen: z.iso.datetime().optional(),
  calls: z.int().nonnegative().optional(),
  /** The most used first. */
  models: z.array(z.string()).max(100).optional(),
  slots: z
    .array(z.object({ name: z.string(), type: z.string() }))
    .max(10_000)
    .optional(),
})
/** What is known of a version besides its text. */
export type PromptFacts = z.output<typeof facts>

const head = z.object({
  name: z.string().min(1).max(1000),
  version: z.string().min(1).max(1000),
  ...facts.shape,
  /** Of the template: tells who edits the file by hand that nobody noticed, and what git did to its line ends. */
  hash: z.string().optional(),
})

export interface PromptFile {
  readonly name: string
  readonly version: string
  readonly facts: PromptFacts
  readonly template: string
}

/** SHA-256 in hexadecimal. */
export type HashText = (text: string) => string

/** Order of the lines: what a reader looks for first. */
const order = ['name', 'version', ...Object.keys(facts.shape), 'hash'] as const

export function printPromptFile({ name, version, facts: known, template }: PromptFile, hashOf: HashText): string {
  const said: Record<string, JsonValue | undefined> = { name, version, ...known, hash: hashOf(template) }
  const lines = order.flatMap(key => (said[key] === undefined ? [] : `${key}: ${JSON.stringify(said[key])}`))
  return `---\n${lines.join('\n')}\n---\n${template}\n`
}

export type ReadPromptFile =
  | { readonly ok: true; readonly file: PromptFile; readonly isEdited: boolean }
  | { readonly ok: false; readonly why: string }

/** Reads what was printed, edited by hand or not. Fields that nobody knows are left out. */
export function readPromptFile(text: string, hashOf: HashText): ReadPromptFile {
  const whole = text.startsWith('\uFEFF') ? text.slice(1) : text
  const found = /^---(\r?\n)([\s\S]*?)\r?\n---(?:\r?\n|$)/.exec(whole)
  if (!found) return { ok: false, why: 'It does not begin with --- and the facts of a version.' }
  const said = head.safeParse(Object.fromEntries(found[2]!.split(/\r?\n/).flatMap(readLine)))
  if (!said.success) {
    const { path, message } = said.error.issues[0]!
    return { ok: false, why: `Its ${path.join('.')} cannot be read: ${message}.` }
  }
  const { name, version, hash, ...known } = said.data
  const body = whole.slice(found[0].length)
  const asWritten = body.replace(/\r?\n$/, '')
  // Git may have made every line end a Windows one.
  const plain = asWritten.replaceAll('\r\n', '\n')
  const isSame = (template: string) => hash === hashOf(template)
  const template = found[1] === '\n' || isSame(asWritten) ? asWritten : plain
  const isEdited = hash !== undefined && !isSame(template)
  return { ok: true, file: { name, version, facts: known, template }, isEdited }
}

/** A plain word is a text, as in YAML. */
function readLine(line: string): [string, JsonValue][] {
  const cut = line.indexOf(':')
  const key = line.slice(0, cut).trim()
  if (cut < 1 || !(order as readonly string[]).includes(key)) return []
  const written = line.slice(cut + 1).trim()
  try {
    const value = JSON.parse(written) as JsonValue
    const isText = key === 'name' || key === 'version' || key === 'title'
    return [[key, isText && typeof value !== 'string' ? written : value]]
  } catch {
    return [[key, written]]
  }
}
