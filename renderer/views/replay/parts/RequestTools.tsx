import { Redo2, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { dialectNames } from '../../../../shared/replay/dialect-names.ts'
import type { ReplayRequest } from '../../../../shared/replay/types.ts'
import { IconButton } from '../../../components/button/Button.tsx'
import popup from '../../../components/popup/popup.module.css'
import styles from '../replay.module.css'
import { CopyAs } from './CopyAs.tsx'

interface Props {
  readonly isRaw: boolean
  readonly showRaw: (on: boolean) => void
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly undo: () => void
  readonly redo: () => void
  readonly request: ReplayRequest
  /** Which of several. */
  readonly children: ReactNode
}

/** Two views of one body, and the way back. */
export function RequestTools({ isRaw, showRaw, canUndo, canRedo, undo, redo, request, children }: Props) {
  return (
    <div className={styles.tools} role="toolbar" aria-label="Request">
      <span role="group" aria-label="Show the request as">
        <button type="button" className={popup.tool} aria-pressed={!isRaw} onClick={() => showRaw(false)} data-leave>
          Form
        </button>
        <button type="button" className={popup.tool} aria-pressed={isRaw} onClick={() => showRaw(true)}>
          Text
        </button>
      </span>
      <IconButton label="Undo" disabled={!canUndo} onClick={undo}>
        <Undo2 aria-hidden="true" />
      </IconButton>
      <IconButton label="Redo" disabled={!canRedo} onClick={redo}>
        <Redo2 aria-hidden="true" />
      </IconButton>
      {children}
      <span className={styles.end}>
        <span className={styles.faint}>{dialectNames[request.dialect]}</span>
        <CopyAs request={request} />
      </span>
    </div>
  )
}
