import { sendOnce, type Outgoing, type SendOptions } from '../../electron/replay/send.ts'
import { dialectOf } from '../../shared/replay/dialects/index.ts'
import type { Piece } from '../../shared/replay/pieces.ts'
import { keyHeader } from '../../shared/replay/servers.ts'
import type { DialectId } from '../../shared/replay/types.ts'
import { goodKey } from './provider-server.ts'

// A small request of each dialect, ready to leave for a server of the tests.

/** With digits, escapes and white space that no printer would write. */
const bodies: { readonly [dialect in DialectId]: string } = {
  'openai-chat':
    '{ "model":"gpt-4.1", "messages":[{"role":"user","content":"\\u0048i"}], "temperature": 1.0, "x":null}',
  'openai-responses': '{"model":"gpt-4.1","input":[{"role":"user","content":"Hi"}] ,"store":false}',
  anthropic:
    '{"model":"claude-sonnet-4-5","max_tokens":1e2,"messages":[{"role":"user","content":"Hi"}],"temperature":0.20}',
  gemini: '{"contents":[{"role":"user","parts":[{"text":"Hi"}]}],"generationConfig":{"temperature":0.0}}',
  'ollama-chat': '{"model":"llama3.2","messages":[{"role":"user","content":"Hi"}]}',
}

export function outgoing(
  { origin }: { readonly origin: string },
  dialect: DialectId,
  streams: boolean,
  more: Partial<Outgoing> = {},
): Outgoing {
  const header = keyHeader(dialect, undefined)!
  const body = bodies[dialect].replace(/^\{/, dialect === 'gemini' ? '{' : `{"stream":${streams},`)
  return {
    origin,
    url: `${origin}${dialectOf(dialect).path('gemini-2.5-flash', streams)}`,
    dialect,
    headers: {
      'content-type': 'application/json',
      ...(dialect === 'anthropic' ? { 'anthropic-version': '2023-06-01' } : {}),
    },
    body,
    ...(dialect === 'ollama-chat' ? {} : { key: { header: header.name, before: header.before, value: goodKey } }),
    ...more,
  }
}

const never = new AbortController().signal
export const send = (out: Outgoing, options: Partial<SendOptions> = {}) => sendOnce(out, { signal: never, ...options })
export const textOf = (pieces: readonly Piece[]) => pieces.map(({ text }) => text ?? '').join('')
