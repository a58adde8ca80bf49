import { useEffect, useLayoutEffect, useState } from 'react'
import { ClientContext, type PageClient } from '../state/client.ts'
import { watchHealth } from '../state/health.ts'
import { createImportDesk, ImportDeskContext } from '../state/import-desk.ts'
import { createScoreDesk, ScoreDeskContext } from '../state/score-desk.ts'
import { Frame } from './Frame.tsx'
import { startKeymap } from './keymap.ts'
import { startLinks } from './links.ts'
import { startSecondPress } from './second-press.ts'

interface Props {
  readonly client: PageClient
  readonly chooseFiles: () => Promise<readonly File[]>
}

/** The window: what lives as long as the page does, around the frame. */
export function App({ client, chooseFiles }: Props) {
  const [desk] = useState(() => createImportDesk(client, chooseFiles))
  const [scores] = useState(() => createScoreDesk(client, chooseFiles))
  const [health] = useState(() => watchHealth(client))
  // Before the first paint: who sees the window can use it.
  useLayoutEffect(startKeymap, [])
  useLayoutEffect(startSecondPress, [])
  useLayoutEffect(() => startLinks(client), [client])
  // Another store: every row, list and undo that this page knows is of the last one.
  useEffect(
    () =>
      client.on('store.switched', () => {
        location.hash = '#/'
        location.reload()
      }),
    [client],
  )
  return (
    <ClientContext value={client}>
      <ImportDeskContext value={desk}>
        <ScoreDeskContext value={scores}>
          <Frame health={health} />
        </ScoreDeskContext>
      </ImportDeskContext>
    </ClientContext>
  )
}
