import { useEffect, useState } from 'react'
import type { Message } from '../../../shared/domain/message.ts'
import type { HitFinder } from '../../../shared/query/hits.ts'
import { textsOfMessage } from '../../../shared/query/texts.ts'
import { inSlices } from '../../state/in-slices.ts'

/** The places of the messages that hold a hit, in the lists that were given. */
export interface HitMessages {
  readonly input: ReadonlySet<number>
  readonly output: ReadonlySet<number>
}

const none: HitMessages = { input: new Set(), output: new Set() }

/** Which messages hold what the query looks for. Looked up a little at a time: a long history has megabytes. */
export function useHitMessages(
  input: readonly Message[],
  output: readonly Message[],
  find: HitFinder | undefined,
): HitMessages {
  const [hits, setHits] = useState(none)
  useEffect(() => {
    if (!find) return undefined
    const found = { input: new Set<number>(), output: new Set<number>() }
    const look = function* (): Generator<void> {
      for (const side of ['input', 'output'] as const) {
        for (const [index, message] of (side === 'input' ? input : output).entries()) {
          if (textsOfMessage(message, side).some(({ text, fields }) => find(text, fields).length > 0))
            found[side].add(index)
          yield
        }
      }
    }
    return inSlices(look(), () => setHits(found.input.size + found.output.size > 0 ? found : none))
  }, [input, output, find])
  return find ? hits : none
}
