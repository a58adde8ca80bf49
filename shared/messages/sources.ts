// Which documents an answer had before it: what was found, whether it was sent on, and whether the answer names it.

import type { JsonValue } from '../domain/json.ts'
import type { Message, Part, RetrievedDocument } from '../domain/message.ts'

/** A document that was found before an answer. */
export interface Source {
  readonly rank: number
  readonly title?: string
  readonly id?: string
  readonly uri?: string
  /** The file or collection it was taken from, as its metadata says. */
  readonly origin?: string
  readonly score?: number
  /** The beginning of its text. */
  readonly excerpt?: string
  /**
   * Whether its text stands in what was sent to the model: all of it, its beginning only, or nothing. Absent where it has no
   * text, where no messages are known, or where looking took too long.
   */
  readonly sent?: 'whole' | 'beginning' | 'no'
  /** Whether the answer writes its id, title or address. Absent where no answer is known, or looking took too long. */
  readonly named?: boolean
}

/** Characters of a document's text that tell it from others: what was cut before it was sent is found by them. */
const beginning = 160
const excerptLength = 400
/** Characters of messages that are looked through. */
const mostText = 500_000
/** Names shorter than this stand in any answer. */
const shortestName = 3

export interface Exchange {
  readonly input: readonly Message[] | undefined
  readonly output: readonly Message[] | undefined
}

/** `late` tells when looking has taken long enough. */
export function createSourceReader({ input, output }: Exchange, late: () => boolean): (d: RetrievedDocument) => Source {
  const sent = input && squeeze(textsOf(input))
  const answer = output && squeeze(textsOf(output))
  return document => {
    const { rank, title, id, uri, score, content } = document
    const origin = originOf(document.metadata)
    const text = content === undefined ? '' : squeeze(content.slice(0, mostText))
    const names = answer === undefined || late() ? undefined : [id, title, uri]
    const stands = sent === undefined || text === '' || late() ? undefined : standsIn(sent, text)
    return {
      rank,
      ...(title !== undefined && { title }),
      ...(id !== undefined && { id }),
      ...(uri !== undefined && { uri }),
      ...(origin !== undefined && { origin }),
      ...(score !== undefined && { score }),
      ...(content !== undefined && { excerpt: excerptOf(content) }),
      ...(stands !== undefined && { sent: stands }),
      ...(names && { named: names.some(name => name !== undefined && isNamed(answer!, squeeze(name))) }),
    }
  }
}

/** Where a document comes from, under the names that loaders have for it. */
export function originOf(metadata: RetrievedDocument['metadata']): string | undefined {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) return undefined
  for (const key of ['source', 'file_name', 'filename', 'file_path', 'path', 'url', 'collection']) {
    const value = Object.hasOwn(metadata, key) ? (metadata as { readonly [name: string]: unknown })[key] : undefined
    if (typeof value === 'string' && value !== '') return value
  }
  return undefined
}

function standsIn(sent: string, text: string): NonNullable<Source['sent']> {
  if (sent.includes(text)) return 'whole'
  return text.length > beginning && sent.includes(text.slice(0, beginning)) ? 'beginning' : 'no'
}

/** As a word of its own: RET-1 is not named by RET-12. */
function isNamed(answer: string, name: string): boolean {
  if (name.length < shortestName || name.length > 2000) return false
  for (let at = answer.indexOf(name); at >= 0; at = answer.indexOf(name, at + 1)) {
    if (!isWordPart(answer[at - 1]) && !isWordPart(answer[at + name.length])) return true
  }
  return false
}

function isWordPart(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_-]/u.test(character)
}

/** Case and white space aside: prompts are laid out anew. */
function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase()
}

function excerptOf(content: string): string {
  const cut = content.slice(0, excerptLength)
  return cut.length < content.length ? `${cut.toWellFormed().replace(/\ufffd$/, '')}…` : cut
}

/** All that messages say, results of tools read as the JSON they mostly are. */
function textsOf(messages: readonly Message[]): string {
  const texts: string[] = []
  let length = 0
  const waiting: JsonValue[] = messages.flatMap(({ parts }) => parts.flatMap(said)).toReversed()
  for (let value = waiting.pop(); value !== undefined && length < mostText; value = waiting.pop()) {
    if (typeof value === 'string') {
      texts.push(value.slice(0, mostText - length))
      length += value.length
      const inner = parsed(value)
      if (inner !== undefined) waiting.push(inner)
    } else if (typeof value === 'object' && value !== null) {
      for (const each of Object.values(value).toReversed()) waiting.push(each)
    }
  }
  return texts.join('\n')
}

function said(part: Part): JsonValue[] {
  if (part.type === 'text' || part.type === 'reasoning' || part.type === 'refusal') return [part.text]
  if (part.type === 'tool_result') return part.result === undefined ? [] : [part.result]
  return part.type === 'other' ? [part.value] : []
}

function parsed(text: string): JsonValue | undefined {
  if (!/^\s*[[{]/.test(text) || text.length > mostText) return undefined
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}
