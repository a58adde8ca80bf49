import type { RefObject } from 'react'
import { announce } from '../../app/announce.ts'
import { navigate, useClient, useCommands } from '../../app/view.ts'
import { pickSpan, pickWords, spanIdOf } from '../../state/compare-desk.ts'
import { toRequestError } from '../../state/request-error.ts'
import { tell } from '../../state/undo.ts'
import { pickCommand } from './commands.ts'
import type { TraceModel } from './model.ts'

/** The selected span is marked to be compared, or compared with the one that is. */
export function useComparePick(
  { tree }: TraceModel,
  selected: number | undefined,
  within: RefObject<HTMLElement | null>,
): void {
  const client = useClient()
  const pick = async (id: number) => {
    const words = tree.strings[tree.name[tree.id.indexOf(id)] ?? 0] ?? ''
    const span = { traceId: tree.trace.traceId, spanId: await spanIdOf(client, id), words }
    const picked = pickSpan(span)
    if ('address' in picked) navigate(picked.address)
    else announce(pickWords(span, picked.did))
  }
  useCommands(
    [
      {
        ...pickCommand,
        when: () => selected !== undefined,
        run: () => {
          if (selected === undefined) return
          pick(selected).catch((error: unknown) => tell(`It was not marked: ${toRequestError(error).message}`, true))
        },
      },
    ],
    { within },
  )
}
