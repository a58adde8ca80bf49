import { Dialog } from '@base-ui/react/dialog'
import { useRef } from 'react'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { useCommands } from '../../../app/view.ts'
import { Button } from '../../../components/button/Button.tsx'
import dialog from '../../../components/dialog/dialog.module.css'
import { DialogFrame } from '../../../components/dialog/DialogFrame.tsx'
import popup from '../../../components/popup/popup.module.css'
import { libraryCommands } from '../commands.ts'
import styles from '../prompts.module.css'
import { type ReadFolder, useLibrary } from '../use-library.ts'

/** Prompts as Markdown files, to be kept in git. */
export function Library() {
  const { read, forget, save, choose, keep } = useLibrary()
  const picker = useRef<HTMLInputElement>(null)
  const pick = () => picker.current?.click()
  useCommands([
    { ...libraryCommands.save, run: save },
    { ...libraryCommands.read, run: pick },
  ])
  return (
    <span className={styles.library}>
      <button type="button" className={popup.tool} title="One Markdown file a version, for git" onClick={save}>
        Save as files…
      </button>
      <button type="button" className={popup.tool} title="Says first what it would change" onClick={pick}>
        Read a folder…
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        aria-label="Folder of prompts"
        {...{ webkitdirectory: '' }}
        onChange={event => {
          const files = [...(event.target.files ?? [])]
          // The same folder again is a change, too.
          event.target.value = ''
          if (files.length > 0) choose(files)
        }}
      />
      {read && <WouldChange read={read} keep={() => keep(read.parts)} close={forget} />}
    </span>
  )
}

interface Props {
  readonly read: ReadFolder
  readonly keep: () => void
  readonly close: () => void
}

/** Rows that are shown. */
const most = 500

/** What reading a folder would change, before it does. */
function WouldChange({ read: { told, others }, keep, close }: Props) {
  const changing = told.filter(({ what }) => what !== 'same')
  const unreadable = changing.filter(({ what }) => what === 'unreadable').length
  const kept = changing.length - unreadable
  const left = changing.length - most
  return (
    <DialogFrame
      title={kept > 0 ? `${formatPlural(kept, 'version')} would change` : 'Nothing would change'}
      className={styles.wouldChange}
      close={close}
    >
      <p className={styles.faint}>
        {formatPlural(told.length - changing.length, 'version')} the same.
        {unreadable > 0 && ` ${formatPlural(unreadable, 'file')} cannot be read.`}
        {others > 0 && ` ${formatPlural(others, 'other file')} left alone.`}
      </p>
      <ul className={styles.files} aria-label="What would change">
        {changing.slice(0, most).map(({ path, what, why, prompt, version, edited, names = [] }) => (
          <li key={path} data-what={what}>
            <b>{what}</b> {prompt !== undefined && `${visibleLine(prompt, 60)} ${visibleLine(version ?? '', 40)}`}{' '}
            <small>
              {visibleLine(path, 120)}
              {why !== undefined && `: ${why}`}
              {edited && ', edited by hand'}
              {names.map(
                one =>
                  `, is what was recovered as ${visibleLine(one.prompt, 60)} ${visibleLine(one.version, 40)}, which takes this name`,
              )}
            </small>
          </li>
        ))}
      </ul>
      {left > 0 && <p className={styles.faint}>{formatCount(left)} more.</p>}
      <div className={dialog.actions}>
        <Dialog.Close render={<Button>{kept > 0 ? 'Cancel' : 'Close'}</Button>} />
        {kept > 0 && (
          <Button look="primary" onClick={keep}>
            Keep them
          </Button>
        )}
      </div>
    </DialogFrame>
  )
}
