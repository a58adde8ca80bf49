// What coding agents write into log records about their own work (electron/import/formats/agent-logs.ts): Claude Code,
// Codex, Gemini CLI, Qwen Code. The names are ordinary words: only a container that says so speaks this.
// https://code.claude.com/docs/en/monitoring-usage, https://github.com/google-gemini/gemini-cli/blob/main/docs/cli/telemetry.md

import type { SpanKind } from '../domain/kind.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { takeCost } from './cost.ts'
import { readMessages } from './messages.ts'
import type { CountingRule, WrittenUsage } from './usage.ts'
import { asBoolean, asJson, asLabel, asLabels, asText, firstLabel, present, type Written } from './values.ts'

const aliases = {
  model: ['model'],
  session: ['session.id', 'conversation.id'],
  user: ['user.id', 'user.account_uuid', 'user.account_id', 'user.email'],
  responseId: ['response_id', 'request_id'],
  toolName: ['tool_name', 'function_name'],
  errorType: ['error_type', 'error.type'],
  release: ['app.version'],
} as const satisfies { [field in keyof Facts]?: readonly string[] }

/** The agent, and what it reports: `claude_code.api_request`. */
function partsOf(span: RawSpan): [agent: string, event: string] {
  const dot = span.name.indexOf('.')
  return [span.name.slice(0, dot), span.name.slice(dot + 1)]
}

function kindOf(agent: string, event: string): SpanKind {
  if (event.startsWith('tool_')) return 'tool'
  if (event === 'user_prompt') return 'prompt'
  // Codex counts tokens at the end of the stream, Gemini in the response; their requests are the asking only.
  return event === 'api_request' && agent !== 'claude_code' ? 'other' : 'generation'
}

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  const [agent, event] = partsOf(span)
  reading.take('kind', kindOf(agent, event), 'event name', kindRank.explicit)
  for (const field of Object.keys(aliases) as (keyof typeof aliases)[]) {
    const found = firstLabel(a, aliases[field])
    if (found) reading.take(field, found.value, found.from)
  }
  reading.take('agent', agent, 'event name')
  takeCost(reading, a['cost_usd'], 'cost_usd')
  const failed = event === 'api_error' || asBoolean(a['success']) === false || a['decision'] === 'reject'
  if (failed) reading.take('status', 'error', event === 'api_error' ? 'event name' : 'success')
  else if (asBoolean(a['success']) === true) reading.take('status', 'ok', 'success')
}

/** Claude counts what follows the cache; Gemini counts thoughts apart; Codex counts all. */
const rules: { readonly [agent: string]: CountingRule | undefined } = {
  claude_code: { inputHasCache: false, outputHasReasoning: true },
  gemini_cli: { inputHasCache: true, outputHasReasoning: false },
}

function usage(span: RawSpan): WrittenUsage | undefined {
  const a = span.attributes
  const input = a['input_tokens'] ?? a['input_token_count']
  const output = a['output_tokens'] ?? a['output_token_count']
  if (input === undefined && output === undefined) return undefined
  return {
    input,
    output,
    total: a['total_token_count'],
    cacheRead: a['cache_read_tokens'] ?? a['cached_content_token_count'] ?? a['cached_token_count'],
    cacheWrite: a['cache_creation_tokens'],
    reasoning: a['thoughts_token_count'] ?? a['reasoning_token_count'],
    from: a['input_tokens'] === undefined ? 'input_token_count' : 'input_tokens',
    producer: rules[partsOf(span)[0]],
  }
}

function content(span: RawSpan, reading: Reading<Content>, known: Readonly<Facts>): void {
  const a = span.attributes
  const said = (value: Written) => (asText(value) === '<REDACTED>' ? undefined : value)
  reading.take('inputMessages', readMessages(said(a['prompt'] ?? a['request_text']), 'user'), 'prompt')
  reading.take('outputMessages', readMessages(said(a['response_text']), 'assistant'), 'response_text')
  reading.take('finishReasons', asLabels(a['finish_reasons']), 'finish_reasons')
  if (known.kind !== 'tool') return
  reading.take(
    'tool',
    present({
      name: known.toolName,
      callId: asLabel(a['call_id'] ?? a['tool_use_id']),
      arguments: asJson(a['tool_parameters'] ?? a['tool_input'] ?? a['function_args'] ?? a['arguments']),
      result: asJson(a['output'] ?? a['error']),
    }),
    'tool_*',
  )
}

export const agentEvents: Convention = {
  id: 'agent-events',
  label: 'Coding agent events',
  precedence: 4,
  prefixes: [],
  reads: [
    ...Object.values(aliases).flat(),
    'cost_usd',
    'success',
    'decision',
    'duration_ms',
    'input_tokens',
    'output_tokens',
    'cache_read_tokens',
    'cache_creation_tokens',
    '*_token_count',
    'prompt',
    'request_text',
    'response_text',
    'finish_reasons',
    'call_id',
    'tool_use_id',
    'tool_parameters',
    'tool_input',
    'function_args',
    'arguments',
    'output',
    'error',
  ],
  // Who wrote the record, when and where; sizes and sources.
  keeps: [
    'event.*',
    'organization.id',
    'terminal.type',
    'installation.id',
    'prompt*',
    'auth_*',
    '*_source',
    '*_type',
    'attempt',
  ],
  facts,
  content,
  usage,
}
