// A conversation without a call: messages, and the tools that were there.

import type { RawSpan } from '../domain/raw-span.ts'
import type { Message } from '../domain/message.ts'
import { listIn } from './bodies/fields.ts'
import { readChatMessage } from './bodies/openai-chat.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { messagesOf } from './messages.ts'
import { toolsOf } from './tools.ts'
import { asList, asObject, isObject } from './values.ts'

function facts(_span: RawSpan, reading: Reading<Facts>): void {
  // Nobody says that a model was called: a conversation is no call, and has no cost.
  reading.take('kind', 'chain', 'messages', kindRank.shape)
}

function content({ attributes }: RawSpan, reading: Reading<Content>): void {
  const list = asList(attributes['messages']) ?? []
  const messages: Message[] = list.flatMap(item =>
    isObject(item)
      ? typeof item['role'] === 'string'
        ? [readChatMessage(item)]
        : (messagesOf([item], 'user') ?? [])
      : [],
  )
  const last = messages.at(-1)
  const answered = last !== undefined && (last.role === 'assistant' || last.role === 'model')
  const input = answered ? messages.slice(0, -1) : messages
  if (input.length > 0) reading.take('inputMessages', input, 'messages')
  if (answered) reading.take('outputMessages', [last], 'messages')
  const tools = [...(asList(attributes['tools']) ?? []), ...(asList(attributes['functions']) ?? [])]
  reading.take('toolsOffered', toolsOf(tools), 'tools')
  const metadata = asObject(attributes['metadata'])
  if (metadata) reading.take('metadata', metadata, 'metadata')
}

export const conversation: Convention = {
  id: 'conversation',
  label: 'Conversation',
  precedence: 4,
  prefixes: [],
  reads: ['messages', 'tools', 'functions', 'metadata'],
  keeps: ['annotations', 'parallel_tool_calls', 'weight', 'id'],
  facts,
  content,
  messages: span => listIn(span.attributes, 'messages')?.length,
}
