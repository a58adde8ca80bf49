import { Download, Star, Tag, X } from 'lucide-react'
import { formatCount } from '../../../../shared/format/numbers.ts'
import { useClient } from '../../../app/view.ts'
import { Button } from '../../../components/button/Button.tsx'
import { setNote } from '../../../state/notes.ts'
import { useStore } from '../../../state/store.ts'
import { targetOf } from '../model/actions.ts'
import type { ListMemory } from '../model/memory.ts'
import { countOf, everything, nothing } from '../model/selection.ts'
import { titles } from '../model/titles.ts'
import styles from './below.module.css'
import tones from './tones.module.css'

interface Props {
  readonly memory: ListMemory
  readonly total: number
  readonly open: (dialog: 'tag' | 'export') => void
}

/** What can be done with what is selected, and exactly how much that is. */
export function SelectionBar({ memory, total, open }: Props) {
  const client = useClient()
  const selection = useStore(memory.selection)
  const count = countOf(selection, total)
  const canNote = memory.kind !== 'sessions'
  const star = (on: boolean) => {
    const rows = targetOf(memory, -1)
    if (rows) void setNote(client, rows, '', on)
  }
  return (
    <div className={styles.selection} role="toolbar" aria-label="With what is selected">
      <strong>
        {titles[memory.kind].count(count)}
        {selection.type === 'all' && selection.except.size === 0 ? ', all that match' : ''}
      </strong>
      {count < total && (
        <Button look="quiet" onClick={() => memory.selection.set(everything)}>
          Select all {formatCount(total)}
        </Button>
      )}
      {canNote && (
        <>
          <Button look="quiet" onClick={() => star(true)}>
            <Star aria-hidden="true" size={12} /> Star
          </Button>
          <Button look="quiet" onClick={() => star(false)}>
            Remove star
          </Button>
          <Button look="quiet" onClick={() => open('tag')}>
            <Tag aria-hidden="true" size={12} /> Tag…
          </Button>
        </>
      )}
      <Button look="quiet" onClick={() => open('export')}>
        <Download aria-hidden="true" size={12} /> Export…
      </Button>
      <span className={tones.push} />
      <Button look="quiet" onClick={() => memory.selection.set(nothing)}>
        <X aria-hidden="true" size={12} /> Clear
      </Button>
    </div>
  )
}
