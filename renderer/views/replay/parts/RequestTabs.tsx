import { CopyPlus, X } from 'lucide-react'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { IconButton } from '../../../components/button/Button.tsx'
import popup from '../../../components/popup/popup.module.css'
import { tellDone, type Done } from '../../../state/undo.ts'
import { replayCommands } from '../commands.ts'
import { drop, insert, pick, requestName, type Requests } from '../model/requests.ts'
import styles from '../replay.module.css'

interface Props {
  readonly requests: Requests
  readonly arrange: (change: (requests: Requests) => Requests) => void
  readonly copy: () => void
}

/** The requests that are made of one call: which is on the screen, another like it, one fewer. */
export function RequestTabs({ requests, arrange, copy }: Props) {
  const { all, at } = requests
  return (
    <span className={styles.requests} role="group" aria-label="Which request">
      {all.length > 1 &&
        all.map((_, i) => (
          // They have no other name than their place.
          // oxlint-disable-next-line react/no-array-index-key
          <button
            key={i}
            type="button"
            className={popup.tool}
            aria-pressed={i === at}
            onClick={() => arrange(old => pick(old, i))}
          >
            {visibleLine(requestName(requests, i), 40)}
          </button>
        ))}
      {all.length > 1 && (
        <IconButton
          label={`Take away ${requestName(requests, at)}`}
          onClick={() => tellDone(dropped(requests, arrange))}
        >
          <X aria-hidden="true" />
        </IconButton>
      )}
      <IconButton label={replayCommands.duplicate.title} onClick={copy}>
        <CopyPlus aria-hidden="true" />
      </IconButton>
    </span>
  )
}

function dropped(before: Requests, arrange: Props['arrange']): Done {
  const gone = before.all[before.at]!
  const name = requestName(before, before.at)
  arrange(old => drop(old, before.at))
  return {
    words: `${name} taken away`,
    undo: () => {
      let after = before
      arrange(old => (after = insert(pick(old, Math.max(0, before.at - 1)), gone)))
      return Promise.resolve(() => Promise.resolve(dropped(after, arrange)))
    },
  }
}
