import type { AttributeValue } from '../../domain/raw-span.ts'
import { isDeferred } from '../values.ts'
import { isBody, isItems, listIn, objectIn, type Body } from './fields.ts'
import { nullFree, TextPieces } from './pieces.ts'
import type { Assembled } from './provider-api.ts'

/** Pieces are responses that hold the next parts. They repeat the usage so far: the last counts. */
export function assembleGemini(events: readonly Body[]): Assembled {
  const body = nullFree()
  const candidates = new Map<number, Candidate>()
  let finished = false
  for (const event of events) {
    for (const name of Object.keys(event)) if (name !== 'candidates' && event[name] !== null) body[name] = event[name]!
    listIn(event, 'candidates')?.forEach((item, i) => {
      if (!isBody(item)) return
      const at = typeof item['index'] === 'number' ? item['index'] : i
      let candidate = candidates.get(at)
      if (!candidate) candidates.set(at, (candidate = { fields: nullFree(), parts: [], open: undefined }))
      addTo(candidate, item)
      if ('finishReason' in item || 'finish_reason' in item) finished = true
    })
  }
  if (candidates.size > 0) {
    body['candidates'] = [...candidates].sort(([a], [b]) => a - b).map(([, { fields, parts }]) => whole(fields, parts))
  }
  return { body, finished }
}

interface Candidate {
  readonly fields: Record<string, AttributeValue>
  readonly parts: { fields: Record<string, AttributeValue>; text?: TextPieces }[]
  /** The text part that the next piece goes on with. */
  open: { text: TextPieces; thought: boolean } | undefined
}

function addTo(candidate: Candidate, item: Body): void {
  for (const name of Object.keys(item)) if (name !== 'content') candidate.fields[name] = item[name]!
  const content = objectIn(item, 'content')
  if (content === undefined) return
  for (const name of Object.keys(content)) if (name !== 'parts') candidate.fields[`content.${name}`] = content[name]!
  const { parts } = content
  for (const part of isItems(parts) ? parts : []) {
    if (!isBody(part)) continue
    const { text } = part
    const thought = part['thought'] === true
    if (typeof text !== 'string' && !isDeferred(text)) {
      candidate.parts.push({ fields: Object.assign(nullFree(), part) })
      candidate.open = undefined
    } else if (candidate.open?.thought === thought) {
      candidate.open.text.add(text)
      Object.assign(candidate.parts.at(-1)!.fields, part)
    } else {
      const pieces = new TextPieces()
      pieces.add(text)
      candidate.open = { text: pieces, thought }
      candidate.parts.push({ fields: Object.assign(nullFree(), part), text: pieces })
    }
  }
}

function whole(fields: Record<string, AttributeValue>, parts: Candidate['parts']): Body {
  const candidate = nullFree()
  const content = nullFree()
  for (const name of Object.keys(fields)) {
    if (name.startsWith('content.')) content[name.slice('content.'.length)] = fields[name]!
    else candidate[name] = fields[name]!
  }
  if (parts.length === 0 && Object.keys(content).length === 0) return candidate
  content['parts'] = parts.map(part => (part.text ? { ...part.fields, text: part.text.value } : part.fields))
  candidate['content'] = content
  return candidate
}
