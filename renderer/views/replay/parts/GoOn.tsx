import type { Span } from '../../../../shared/domain/span.ts'
import { formatPlural } from '../../../../shared/format/numbers.ts'
import { nextTurns } from '../../../../shared/replay/go-on.ts'
import { useClient } from '../../../app/view.ts'
import { Button } from '../../../components/button/Button.tsx'
import { toRequestError } from '../../../state/request-error.ts'
import { tell } from '../../../state/undo.ts'
import type { GoOn as PutIn } from '../model/go-on.ts'
import { recordedResults } from '../model/recorded-results.ts'

interface Props extends PutIn {
  readonly answer: Span
  readonly traceId: string | undefined
}

/** Puts an answer that calls tools, and what those tools answered when it was logged, behind the conversation. Sends nothing. */
export function GoOn({ answer, traceId, dialect, putIn }: Props) {
  const client = useClient()
  const { outputMessages = [] } = answer
  if (!outputMessages.some(({ parts }) => parts.some(({ type }) => type === 'tool_call'))) return null
  const go = async () => {
    try {
      const resultOf = traceId === undefined ? () => undefined : await recordedResults(client, traceId)
      const { items, calls, open } = nextTurns(outputMessages, resultOf, dialect)
      putIn(items)
      tell(
        open === 0
          ? `${formatPlural(calls, 'recorded result')} put in: look, and send`
          : `${formatPlural(calls - open, 'recorded result')} put in; ${formatPlural(open, 'call')} with other arguments: write what its tool says`,
      )
    } catch (error) {
      tell(`The recorded results could not be read: ${toRequestError(error).message}`, true)
    }
  }
  return <Button onClick={() => void go()}>Go on with recorded results</Button>
}
