import type { DialectId } from './types.ts'

/** What persons call the interfaces. */
export const dialectNames: { readonly [id in DialectId]: string } = {
  'openai-chat': 'OpenAI Chat Completions',
  'openai-responses': 'OpenAI Responses',
  anthropic: 'Anthropic Messages',
  gemini: 'Google Gemini',
  'ollama-chat': 'Ollama',
}
