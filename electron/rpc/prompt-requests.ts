import type { CancelSignal, Handlers, Input } from '../../shared/contract/index.ts'
import type { Asking } from '../store/lists/asking.ts'
import type { PromptRequest } from './prompts.ts'

const requests = [
  'prompts.list',
  'prompts.versions',
  'prompts.version',
  'prompts.calls',
  'prompts.evidence',
  'prompts.compare',
  'prompts.series',
  'prompts.matches',
  'prompts.lastGood',
  'prompts.files',
] as const satisfies readonly PromptRequest[]

type Answering = { readonly [K in PromptRequest]: (input: Input<K>, signal: CancelSignal) => ReturnType<Handlers[K]> }

/** Answers about prompts, whose code is loaded when one of them is first asked for. */
export function promptRequests(asking: Asking): Answering {
  const answer = async (name: PromptRequest, input: never, signal: CancelSignal): Promise<unknown> => {
    const { promptAnswers } = await import('./prompts.ts')
    return promptAnswers[name](asking, input, signal)
  }
  const all = requests.map(name => [name, (input: never, signal: CancelSignal) => answer(name, input, signal)])
  return Object.fromEntries(all) as Answering
}
