import { isObject } from '../conventions/values.ts'
import type { Dialect } from './dialects/dialect.ts'
import { definitionOf } from './parameters.ts'
import type { NeutralCall, Notes } from './types.ts'
import { placeOf, readMedia } from './written.ts'

/** What parts and tools say beside their meaning and another interface has no word for: without a line it would be lost unseen. */
export function noteUnsaid(call: NeutralCall, to: Dialect, notes: Notes): void {
  const isOpenAi = to.id.startsWith('openai')
  for (const [i, message] of call.messages.entries()) {
    const field = placeOf(to.conversation, i)
    if (message.name !== undefined && message.role !== 'tool' && to.id !== 'openai-chat')
      notes.lost(field, `the name of who speaks, ${message.name}`)
    for (const part of message.parts) {
      if (part.type === 'tool_result' && part.error === true && to.id !== 'anthropic')
        notes.lost(field, `that ${part.name ?? part.id ?? 'a tool'} failed, but for what its result says of it`)
      if (part.type !== 'media') continue
      const { detail, name, kind } = readMedia(part, call)
      if (detail !== undefined && detail !== 'auto' && !isOpenAi) notes.lost(field, `how closely to look (${detail})`)
      if (name !== undefined && kind === 'file' && to.id === 'gemini') notes.lost(field, `the name of a file, ${name}`)
    }
  }
  for (const [i, offer] of call.tools.entries()) {
    const written = definitionOf(call.originOf(offer))
    const inner = isObject(written?.['function']) ? written['function'] : written
    if (inner?.['strict'] === true && !isOpenAi)
      notes.lost(placeOf('tools', i), `that the arguments of ${offer.name} keep to its schema strictly`)
  }
}
