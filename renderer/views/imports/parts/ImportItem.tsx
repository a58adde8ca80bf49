import {
  ChevronRight,
  CircleAlert,
  CircleCheck,
  CircleSlash,
  LoaderCircle,
  OctagonAlert,
  type LucideIcon,
} from 'lucide-react'
import { useId, useState } from 'react'
import type { ImportRow } from '../../../../shared/contract/imports.ts'
import type { ImportReceipt } from '../../../../shared/domain/receipt.ts'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { formatDate, formatTime } from '../../../../shared/format/times.ts'
import { Button } from '../../../components/button/Button.tsx'
import { ImportProgressLines } from '../../../components/receipt/ImportProgressLines.tsx'
import { outcomeOf } from '../../../components/receipt/outcome.ts'
import { Receipt } from '../../../components/receipt/Receipt.tsx'
import { navigate } from '../../../app/view.ts'
import { useImportActivity, useImportDesk } from '../../../state/import-desk.ts'
import { chooseSetting, importAtOnce, useSetting } from '../../../state/settings.ts'
import styles from '../imports.module.css'
import { namesOf } from '../model.ts'

interface Props {
  readonly row: ImportRow
  readonly startsOpen: boolean
  readonly remove: () => void
}

const states: Readonly<Record<ImportRow['state'] | 'doubtful', { readonly icon: LucideIcon; readonly word: string }>> =
  {
    complete: { icon: CircleCheck, word: 'complete' },
    doubtful: { icon: CircleAlert, word: 'complete, not everything could be read' },
    partial: { icon: CircleSlash, word: 'partial: stopped before its end' },
    failed: { icon: OctagonAlert, word: 'failed: nothing could be imported' },
    running: { icon: LoaderCircle, word: 'running' },
  }

export function ImportItem({ row: listed, startsOpen, remove }: Props) {
  const desk = useImportDesk()
  const { running, ended } = useImportActivity()
  // The end of an import is heard before the list is asked for again.
  const isOver = listed.state === 'running' && ended?.import === listed.id
  const row = isOver ? { ...listed, state: ended.state, receipt: ended.receipt } : listed
  const [open, setOpen] = useState(startsOpen)
  const body = useId()
  const state = outcomeOf(row.state, row.receipt)
  const { icon: Icon, word } = states[state]
  const live = running.find(one => one.import === row.id)
  const startedUs = row.startedAt * 1000
  return (
    <li className={styles.item}>
      <div className={styles.row}>
        <button
          type="button"
          className={styles.disclose}
          aria-expanded={open}
          aria-controls={body}
          onClick={() => setOpen(!open)}
        >
          <ChevronRight aria-hidden="true" size={13} className={styles.chevron} />
          <span className={styles.state} data-state={state}>
            <Icon aria-hidden="true" size={14} />
            <span className="spoken">{word}</span>
          </span>
          <span className={styles.name}>{namesOf(row)}</span>
        </button>
        <span className={styles.fact}>
          {formatDate(startedUs)} {formatTime(startedUs).slice(0, 5)}
        </span>
        <span className={styles.number}>{formatPlural(row.spans, 'span')}</span>
        <span className={styles.number}>{formatPlural(row.traces, 'trace')}</span>
        <span className={row.unreadable > 0 ? styles.warn : styles.fact}>
          {row.unreadable > 0 ? `${formatCount(row.unreadable)} unreadable` : ''}
        </span>
        <span className={styles.actions}>
          {row.canContinue && row.state !== 'running' && (
            <Button
              onClick={() => desk.resume(row.id)}
              title="Reads its files again; what the store has is not added twice."
            >
              Continue
            </Button>
          )}
          {row.state !== 'running' && row.spans > 0 && (row.answers?.imports ?? 1) === 1 && (
            <Button look="quiet" onClick={() => navigate(`/audit?import=${row.id}`)}>
              Audit
            </Button>
          )}
          {row.state === 'running' ? (
            <Button disabled={live?.stopping} onClick={() => desk.cancel(row.id)}>
              {live?.stopping ? 'Stopping…' : 'Cancel'}
            </Button>
          ) : (
            <Button look="quiet" onClick={remove} aria-label={`Remove ${namesOf(row)}`}>
              Remove…
            </Button>
          )}
        </span>
      </div>
      <div id={body} hidden={!open} className={styles.body}>
        {open && row.state === 'partial' && (
          <p>
            Stopped before its end. What was committed is in the store.{' '}
            {row.canContinue ? 'Continue it, or remove it.' : 'Open its files again to complete it, or remove it.'}
          </p>
        )}
        {open && row.state === 'running' && <ImportProgressLines progress={live?.progress} />}
        {open && row.receipt && row.state !== 'running' && <Guessed receipt={row.receipt} />}
        {open && row.receipt && <Receipt receipt={row.receipt} named />}
        {open && row.answers && <Run run={row.answers.run} />}
        {open && !row.receipt && !row.answers && row.state !== 'running' && (
          <p>No receipt was written before it stopped.</p>
        )}
      </div>
    </li>
  )
}

function Run({ run }: { readonly run: string }) {
  return (
    <p className={styles.guessed}>
      Answers to requests that were sent from here, as one run. They are in no file.{' '}
      <Button onClick={() => navigate(`/session/${encodeURIComponent(run)}`)}>Open the run</Button>
    </p>
  )
}

/** Rows of no known format were read by a guess: the way to say better. Bytes that were sent are not here any more. */
function Guessed({ receipt }: { readonly receipt: ImportReceipt }) {
  const desk = useImportDesk()
  const guessed = receipt.files.filter(file => file.unknownRows?.some(rows => rows.from === 'names and values'))
  if (guessed.length === 0) return null
  const paths = guessed.map(file => file.path)
  const isHere = paths.every(path => /[\\/]/.test(path))
  return (
    <p className={styles.guessed}>
      What the fields of {guessed.length === 1 ? 'its rows' : `the rows of ${formatPlural(guessed.length, 'file')}`}{' '}
      mean was guessed.{' '}
      {isHere ? <Button onClick={() => desk.review({ paths })}>Assign fields…</Button> : <AssignLater />}
    </p>
  )
}

/** The sheet is where fields are assigned: whoever imports without asking does not see it. */
function AssignLater() {
  const atOnce = useSetting(importAtOnce) === 'yes'
  if (!atOnce) return 'To assign them, remove this import and open the file again: the sheet asks before it imports.'
  return (
    <>
      To assign them, let the sheet ask again, remove this import and open the file again.{' '}
      <Button onClick={() => chooseSetting(importAtOnce, 'no')}>Ask before importing</Button>
    </>
  )
}
