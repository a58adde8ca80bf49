import { FileInput } from 'lucide-react'
import { useState } from 'react'
import type { ImportRow } from '../../../shared/contract/imports.ts'
import { formatPlural } from '../../../shared/format/numbers.ts'
import { announce } from '../../app/announce.ts'
import { useAsk, useClient } from '../../app/view.ts'
import { Button } from '../../components/button/Button.tsx'
import { EmptyState } from '../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { OpenActions } from '../../components/open-actions/OpenActions.tsx'
import { useImportDesk } from '../../state/import-desk.ts'
import { toRequestError, type RequestError } from '../../state/request-error.ts'
import styles from './imports.module.css'
import { ImportItem } from './parts/ImportItem.tsx'
import { RemoveDialog } from './parts/RemoveDialog.tsx'
import { ScoreFiles } from './parts/ScoreFiles.tsx'

/** Every import with what it brought. An import is a unit: it is removed whole. */
export function ImportsView() {
  const client = useClient()
  const desk = useImportDesk()
  const list = useAsk('imports.list', {}, { live: true })
  const [removing, setRemoving] = useState<ImportRow>()
  const [failure, setFailure] = useState<RequestError>()
  const remove = async (row: ImportRow) => {
    setRemoving(undefined)
    setFailure(undefined)
    try {
      await client.ask('imports.remove', { import: row.id })
      announce('Import removed')
      list.again()
    } catch (caught) {
      setFailure(toRequestError(caught))
    }
  }
  const rows = list.data?.imports.toSorted((a, b) => b.startedAt - a.startedAt)
  if (rows?.length === 0) {
    return (
      <EmptyState icon={FileInput} title="No imports yet" actions={<OpenActions />}>
        Each file or folder you open becomes an import here, with its receipt, and can be removed again as a whole.
      </EmptyState>
    )
  }
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>{rows ? formatPlural(rows.length, 'import') : 'Imports'}</h1>
        <Button onClick={desk.choose}>Open file…</Button>
      </div>
      {list.error && <ErrorNote title="The imports could not be listed." error={list.error} retry={list.again} />}
      {failure && <ErrorNote title="The import could not be removed." error={failure} />}
      <ul>
        {rows?.map((row, i) => (
          <ImportItem key={row.id} row={row} startsOpen={i === 0} remove={() => setRemoving(row)} />
        ))}
      </ul>
      <ScoreFiles />
      {removing && (
        <RemoveDialog row={removing} cancel={() => setRemoving(undefined)} remove={() => void remove(removing)} />
      )}
    </div>
  )
}
