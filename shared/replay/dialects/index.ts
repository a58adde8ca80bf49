import type { DialectId } from '../types.ts'
import { anthropic } from './anthropic.ts'
import type { Dialect } from './dialect.ts'
import { gemini } from './gemini.ts'
import { ollamaChat } from './ollama-chat.ts'
import { openAiChat } from './openai-chat.ts'
import { openAiResponses } from './openai-responses.ts'

export const dialects: readonly Dialect[] = [openAiChat, openAiResponses, anthropic, gemini, ollamaChat]

export function dialectOf(id: DialectId): Dialect {
  return dialects.find(dialect => dialect.id === id)!
}

/** Whose bodies an interface of shared/conventions/bodies has; undefined where nothing can be sent to it. */
export function dialectOfApi(api: string): Dialect | undefined {
  return dialects.find(dialect => dialect.api.id === api)
}
