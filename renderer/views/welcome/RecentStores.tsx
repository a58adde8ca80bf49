import { useState } from 'react'
import { formatBytes } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { useAsk, useClient } from '../../app/view.ts'
import { Button } from '../../components/button/Button.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { toRequestError, type RequestError } from '../../state/request-error.ts'
import styles from './welcome.module.css'

const most = 4

/** Other stores that were open lately, for whoever came to the wrong one. */
export function RecentStores() {
  const client = useClient()
  const list = useAsk('stores.list', {}).data
  const [failure, setFailure] = useState<RequestError>()
  const others = list?.stores.slice(1).filter(store => store.bytes !== undefined) ?? []
  if (others.length === 0) return null
  const open = (path: string) => {
    setFailure(undefined)
    client.ask('stores.open', { path }).catch((caught: unknown) => setFailure(toRequestError(caught)))
  }
  return (
    <>
      <ul className={styles.recent} aria-label="Stores that were open lately">
        {others.slice(0, most).map(store => (
          <li key={store.path}>
            <Button look="quiet" title={visibleLine(store.path, 1000)} onClick={() => open(store.path)}>
              {visibleLine(store.name, 60)} · {formatBytes(store.bytes)}
            </Button>
          </li>
        ))}
      </ul>
      {failure && <ErrorNote title="The store was not opened." error={failure} />}
    </>
  )
}
