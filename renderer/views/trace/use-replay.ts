import { type RefObject, useCallback } from 'react'
import { navigate, useClient, useCommands } from '../../app/view.ts'
import { spanIdOf } from '../../state/compare-desk.ts'
import { replayAddress } from '../../state/replay-address.ts'
import { toRequestError } from '../../state/request-error.ts'
import { tell } from '../../state/undo.ts'
import { replayCommand } from './commands.ts'
import type { TraceModel } from './model.ts'

/** Goes to where a call can be sent again, which sends nothing yet. */
export function useReplay({ tree }: TraceModel): (span: number) => void {
  const client = useClient()
  const { traceId } = tree.trace
  return useCallback(
    (span: number) => {
      spanIdOf(client, span).then(
        spanId => navigate(replayAddress({ traceId, spanId })),
        (error: unknown) => tell(`The call could not be read: ${toRequestError(error).message}`, true),
      )
    },
    [client, traceId],
  )
}

/** The same of the selected span, by key and from the palette. */
export function useReplayCommand(
  model: TraceModel,
  selected: number | undefined,
  within: RefObject<HTMLElement | null>,
): void {
  const open = useReplay(model)
  const run = () => selected !== undefined && open(selected)
  useCommands([{ ...replayCommand, when: () => selected !== undefined, run }], { within })
}
