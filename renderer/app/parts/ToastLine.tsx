import { X } from 'lucide-react'
import { Button, IconButton } from '../../components/button/Button.tsx'
import { useStore } from '../../state/store.ts'
import { hideToast, holdToast, releaseToast, toast, undo } from '../../state/undo.ts'
import { showKeys } from '../keys.ts'
import styles from './toast.module.css'

/** What was just done, and its way back. Read out once; Mod+Z does what its button does. */
export function ToastLine() {
  const shown = useStore(toast)
  const done = shown?.done
  return (
    <div className={styles.place} role="status" aria-live="polite">
      {shown && (
        <div
          key={shown.id}
          className={styles.toast}
          data-failed={shown.failed || undefined}
          onMouseEnter={holdToast}
          onMouseLeave={releaseToast}
          onFocus={holdToast}
          onBlur={releaseToast}
        >
          <span>{shown.words}</span>
          {done && (
            <Button look="quiet" title={showKeys('Mod+Z')} onClick={() => void undo(done)}>
              Undo
            </Button>
          )}
          <IconButton label="Close this message" onClick={hideToast}>
            <X />
          </IconButton>
        </div>
      )}
    </div>
  )
}
