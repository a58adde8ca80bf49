import type { JsonValue } from '../domain/json.ts'
import type { RetrievedDocument } from '../domain/message.ts'
import { parseJson } from './json-text.ts'
import { first } from './parts.ts'
import { asNumber, isObject, present } from './values.ts'

/** Documents of a retrieval in the order the file gave; a bare text or number is an id. */
export function documentsOf(list: readonly JsonValue[]): RetrievedDocument[] | undefined {
  const documents = list.flatMap((item, i) => readDocument(item, i + 1) ?? [])
  return documents.length > 0 ? documents : undefined
}

function readDocument(value: JsonValue, rank: number): RetrievedDocument | undefined {
  if (typeof value === 'string' || typeof value === 'number')
    return value === '' ? undefined : { id: String(value), rank }
  if (!isObject(value)) return undefined
  const document = isObject(value['document']) ? value['document'] : value
  const content = first(document, ['content', 'page_content', 'text'])
  const metadata = document['metadata']
  const details = typeof metadata === 'string' ? (parseJson(metadata) ?? metadata) : metadata
  const inside = isObject(details) ? details : {}
  const id = first(document, ['id', 'document_id', 'doc_id']) ?? first(inside, ['id', 'document_id', 'doc_id'])
  const score = asNumber(first(document, ['score', 'relevance_score']) ?? inside['score'])
  const title = first(document, ['title']) ?? inside['title']
  const uri = first(document, ['uri', 'url']) ?? first(inside, ['uri', 'url', 'doc_uri'])
  return {
    rank,
    ...present({
      id: id === undefined ? undefined : typeof id === 'object' ? JSON.stringify(id) : String(id),
      score,
      content: content === undefined ? undefined : typeof content === 'string' ? content : JSON.stringify(content),
      title: typeof title === 'string' ? title : undefined,
      uri: typeof uri === 'string' ? uri : undefined,
      metadata: details ?? undefined,
    }),
  }
}
