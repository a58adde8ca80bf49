import { AlertDialog } from '@base-ui/react/alert-dialog'
import type { ImportRow } from '../../../../shared/contract/imports.ts'
import { formatPlural } from '../../../../shared/format/numbers.ts'
import { Button } from '../../../components/button/Button.tsx'
import dialog from '../../../components/dialog/dialog.module.css'
import styles from '../imports.module.css'
import { namesOf } from '../model.ts'

interface Props {
  readonly row: ImportRow
  readonly cancel: () => void
  readonly remove: () => void
}

/** Names what goes and says that it cannot be undone, before it happens. */
export function RemoveDialog({ row, cancel, remove }: Props) {
  return (
    <AlertDialog.Root open onOpenChange={open => !open && cancel()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={dialog.backdrop} />
        <AlertDialog.Popup className={styles.dialog}>
          <AlertDialog.Title className={dialog.title}>Remove {namesOf(row)}?</AlertDialog.Title>
          <AlertDialog.Description>
            {formatPlural(row.spans, 'span')} in {formatPlural(row.traces, 'trace')} leave the store, except those that
            another import brought too.{' '}
            {row.answers
              ? 'They are in no file: nobody else has these answers. This cannot be undone.'
              : 'The files on disk stay as they are. This cannot be undone; importing the files again brings the spans back.'}
          </AlertDialog.Description>
          <div className={dialog.actions}>
            <AlertDialog.Close render={<Button>Keep it</Button>} />
            <Button look="danger" onClick={remove}>
              Remove import
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
