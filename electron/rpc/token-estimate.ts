import type { CancelSignal, Input, Output } from '../../shared/contract/index.ts'
import { type Counted, inputTokens, mostInput } from '../../shared/replay/input-tokens.ts'
import { mostOutput } from '../../shared/replay/most-output.ts'
import { spokenIn } from '../../shared/replay/spoken-text.ts'
import type { ReplayRequest } from '../../shared/replay/types.ts'
import { createSpanReader } from '../import/reading.ts'
import { countTexts, type TokenCount } from '../replay/token-count.ts'
import type { Store } from '../store/open.ts'
import type { WithTemplate } from './template-relay.ts'
import { readRequest } from './replay.ts'

/** What stands around a message, and around all of them, as OpenAI counts it. */
const [aroundMessage, aroundAll] = [4, 3]

/** Milliseconds for all that is counted of a question. */
const patience = 180

type Body = Pick<ReplayRequest, 'dialect' | 'body'>

/** Loaded when somebody asks: the encoding alone takes a fifth of a second, and 75 MB. */
export function tokenHandlers(store: Store): {
  readonly 'replay.tokens': (
    input: WithTemplate<Input<'replay.tokens'>>,
    signal: CancelSignal,
  ) => Promise<Output<'replay.tokens'>>
} {
  const spans = createSpanReader(store)
  return {
    'replay.tokens': async (input, signal) => {
      const { request, logged } = readRequest(store, spans, input)
      const isSame = request.body === logged.body && request.dialect === logged.dialect
      const now = await count(request, isSame ? patience : patience / 2, signal)
      const was = isSame ? now : await count(logged, patience / 2, signal)
      const tokens = inputTokens(now, was, spans.read(input.id)?.usage?.input)
      const [most, output] = [mostInput(tokens, request.dialect), mostOutput(request)]
      return {
        ...tokens,
        counted: now.counted,
        characters: now.characters,
        ...(most === undefined ? {} : { mostInput: most }),
        ...(output === undefined ? {} : { mostOutput: output }),
      }
    },
  }
}

async function count(body: Body, milliseconds: number, signal: CancelSignal): Promise<Counted & TokenCount> {
  const { texts, messages, media } = spokenIn(body) ?? { texts: [body.body], messages: 0, media: 0 }
  const { tokens, ...counted } = await countTexts(texts, milliseconds, signal)
  return { ...counted, media, tokens: tokens + messages * aroundMessage + aroundAll }
}
