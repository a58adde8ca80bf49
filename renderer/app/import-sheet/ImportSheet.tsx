import { Dialog } from '@base-ui/react/dialog'
import { useId, useRef, useState } from 'react'
import type { FieldMapping } from '../../../shared/domain/mapping.ts'
import { formatBytes, formatPlural, formatShare } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { useCommands } from '../commands.ts'
import type { ImportSource } from '../../state/client.ts'
import { useImportActivity, useImportDesk } from '../../state/import-desk.ts'
import { chooseSetting, importAtOnce, useSetting } from '../../state/settings.ts'
import { useAsk } from '../../state/use-ask.ts'
import { Button } from '../../components/button/Button.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { KeyHint } from '../../components/key-hint/KeyHint.tsx'
import { CheckedFiles } from './CheckedFiles.tsx'
import dialog from '../../components/dialog/dialog.module.css'
import styles from './import-sheet.module.css'
import { MappingTable } from './MappingTable.tsx'
import { Preview } from './Preview.tsx'
import { useCheck } from './use-check.ts'

/** Bytes of each file that are looked at before anybody asks for more. */
const firstLook = 32 << 20

/** What is about to be imported, as it would be read. Nothing is written before the person says so. */
export function ImportSheet() {
  const { asked } = useImportActivity()
  return asked ? <Sheet key={keyOf(asked)} source={asked} /> : null
}

function Sheet({ source }: { readonly source: ImportSource }) {
  const desk = useImportDesk()
  const summary = useAsk('store.summary', {})
  const [whole, setWhole] = useState(false)
  const [mapping, setMapping] = useState<FieldMapping>()
  const atOnce = useSetting(importAtOnce) === 'yes'
  const { checked, progress, running, error } = useCheck(source, { firstBytes: whole ? undefined : firstLook, mapping })
  const popup = useRef<HTMLDivElement>(null)
  const start = useRef<HTMLButtonElement>(null)
  const choice = useId()
  const receipt = checked?.receipt
  const begin = () => desk.start(source, mapping)
  useCommands(
    [{ id: 'import.start', title: 'Import what the sheet shows', keys: ['Mod+Enter'], group: 'Import', run: begin }],
    { within: popup },
  )
  const unknown = receipt?.files.find(file => file.unknownRows)?.unknownRows?.[0]
  const looked = receipt?.onlyFirstBytes
  const isPart = looked !== undefined && (receipt?.files ?? []).some(file => file.bytes > looked)
  return (
    <Dialog.Root open onOpenChange={open => !open && desk.decline()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup ref={popup} className={styles.sheet} initialFocus={start} data-pane="Import sheet">
          <header className={styles.head}>
            <Dialog.Title className={dialog.title}>Import {titleOf(source)}</Dialog.Title>
            <p className={styles.aside}>
              into {summary.data ? visibleLine(summary.data.name, 80) : 'this store'}. Nothing leaves this machine.
            </p>
          </header>
          <div className={styles.body} aria-busy={running}>
            {error && <ErrorNote title="It could not be looked at." error={error} />}
            {checked?.error && !receipt && (
              <p className={styles.failure} role="alert">
                {visibleLine(checked.error.message, 600)}
              </p>
            )}
            {!receipt && running && <p className={styles.aside}>Looking at it…</p>}
            {receipt && <CheckedFiles receipt={receipt} />}
            {checked && checked.preview.length > 0 && <Preview spans={checked.preview} low={unknown !== undefined} />}
            {unknown && <MappingTable rows={unknown} mapping={mapping} onChange={setMapping} />}
          </div>
          <p className={styles.status} role="status">
            {running && progress
              ? `Looking: ${progress.totalBytes ? formatShare(progress.bytes, progress.totalBytes) : formatBytes(progress.bytes)} · ${formatPlural(progress.spans, 'span')}`
              : isPart
                ? `Only the first ${formatBytes(looked)} of each file were looked at.`
                : ''}
            {isPart && !whole && (
              <Button look="quiet" onClick={() => setWhole(true)}>
                Check all of it
              </Button>
            )}
            {whole && running && (
              <Button look="quiet" onClick={() => setWhole(false)}>
                Stop checking
              </Button>
            )}
          </p>
          <footer className={styles.actions}>
            <label className={styles.choice} htmlFor={choice}>
              <input
                id={choice}
                type="checkbox"
                checked={atOnce}
                onChange={event => chooseSetting(importAtOnce, event.target.checked ? 'yes' : 'no')}
              />
              Next time import without asking
            </label>
            <Dialog.Close render={<Button>Cancel</Button>} />
            <Button ref={start} look="primary" onClick={begin}>
              Import <KeyHint keys="Mod+Enter" />
            </Button>
          </footer>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function titleOf(source: ImportSource): string {
  const names = 'files' in source ? source.files.map(file => file.name) : source.paths.map(lastPart)
  if (names.length === 1) return visibleLine(names[0]!, 120)
  return formatPlural(names.length, 'file')
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).findLast(part => part !== '') ?? path
}

function keyOf(source: ImportSource): string {
  return 'files' in source
    ? source.files.map(file => `${file.name} ${file.size} ${file.lastModified}`).join('\n')
    : source.paths.join('\n')
}
