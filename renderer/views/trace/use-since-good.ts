import { type RefObject, useCallback } from 'react'
import { choiceWords } from '../../../shared/prompts/last-good-words.ts'
import { announce } from '../../app/announce.ts'
import { navigate, useClient, useCommands } from '../../app/view.ts'
import { sinceGoodAddress } from '../../state/compare-desk.ts'
import { userZone } from '../../state/question.ts'
import { toRequestError } from '../../state/request-error.ts'
import { tell } from '../../state/undo.ts'
import { sinceGoodCommand } from './commands.ts'

/** Goes from a bad call to where it is compared with the last good one; says why, where there is none. */
export function useSinceGood(): (span: number) => void {
  const client = useClient()
  return useCallback(
    (span: number) => {
      announce('Looking for the last good call…')
      client.ask('prompts.lastGood', { span, now: Date.now(), zone: userZone() }).then(
        found => (found.good ? navigate(sinceGoodAddress(found.good, found.bad)) : tell(choiceWords(found))),
        (error: unknown) => tell(`No good call could be looked for: ${toRequestError(error).message}`, true),
      )
    },
    [client],
  )
}

/** The same of the selected span, by key and from the palette. */
export function useSinceGoodCommand(selected: number | undefined, within: RefObject<HTMLElement | null>): void {
  const since = useSinceGood()
  const run = () => selected !== undefined && since(selected)
  useCommands([{ ...sinceGoodCommand, when: () => selected !== undefined, run }], { within })
}
