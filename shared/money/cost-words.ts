import type { UnknownCost } from './unknown-cost.ts'
import type { MatchHint } from './pricer.ts'

// What is said of costs, the same on the screen and in the terminal.

/** What is meant by a cost where nothing else is said. */
export const costHelp = 'Cost: what the file says, else what is computed from usage and prices'

const unknowns: { readonly [why in UnknownCost]: string } = {
  'no-model': 'the call names no model',
  'no-provider': 'its provider is in no price list',
  'no-price': 'no price for this model; add a rule',
  'not-yet': 'its price begins later',
  'other-currency': 'its price is not in dollars',
  'no-tier': 'its service tier changes the price, and no list says by how much',
  'no-usage': 'the file gives no token counts',
  'no-input': 'the file does not give its input tokens',
  'no-output': 'the file does not give its output tokens',
  inconsistent: 'its token counts contradict themselves',
  overlapping: 'the file does not tell how many cached tokens were audio',
  'bad-price': 'its price cannot be summed',
  'too-large': 'more than can be told exactly',
}

export function unknownWords(why: string): string {
  return (unknowns as { readonly [why: string]: string | undefined })[why] ?? why
}

const hints: { readonly [hint in MatchHint]: string } = {
  'moving-alias': 'a name that moves from model to model',
  'longer-name': 'priced by the beginning of its name',
  'other-list': 'a price of another provider’s list',
  'provider-from-model': 'provider told by the model’s name only',
}

export function hintWords(hint: string): string {
  return (hints as { readonly [hint: string]: string | undefined })[hint] ?? hint
}

const units: { readonly [unit: string]: string } = {
  input_tokens: 'input',
  output_tokens: 'output',
  cache_read_tokens: 'read from cache',
  cache_write_tokens: 'written to cache',
  cache_write_1h_tokens: 'written to cache for an hour',
  output_reasoning_tokens: 'reasoning',
  input_audio_tokens: 'audio input',
  cache_audio_read_tokens: 'audio read from cache',
  output_audio_tokens: 'audio output',
  web_searches: 'web searches',
  requests: 'request',
}

export function unitWords(unit: string): string {
  return units[unit] ?? unit.replaceAll('_', ' ')
}
