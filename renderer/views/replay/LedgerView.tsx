import { Lock, LockOpen, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { Connection, LedgerEntry } from '../../../shared/contract/replay.ts'
import { formatBytes, formatCount, formatPlural, unknown } from '../../../shared/format/numbers.ts'
import { formatDateTime, formatDuration } from '../../../shared/format/times.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { dialectNames } from '../../../shared/replay/dialect-names.ts'
import { useAsk, useClient } from '../../app/view.ts'
import { Button } from '../../components/button/Button.tsx'
import { ConnectionDialog } from '../../components/connections/ConnectionDialog.tsx'
import { KeyDialog } from '../../components/connections/KeyDialog.tsx'
import { keyWords } from '../../components/connections/key-words.ts'
import { EmptyState } from '../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { ScrollRegion } from '../../components/scroll-region/ScrollRegion.tsx'
import { replayAddress } from '../../state/replay-address.ts'
import { toRequestError } from '../../state/request-error.ts'
import { tell } from '../../state/undo.ts'
import { useReplayChanged } from './model/use-replay-changed.ts'
import styles from './replay.module.css'

/** Requests of a page. */
const aPage = 200

/** Whom one can send to, whether anything may leave, and every request that ever did. */
export function LedgerView() {
  const [shown, setShown] = useState(aPage)
  const ledger = useAsk('replay.ledger', { offset: 0, limit: shown }, { live: true })
  const { data } = ledger
  return (
    <div className={styles.page} data-pane="Replay">
      <h1 className="spoken">Replay</h1>
      <Connections />
      <section className={styles.block} aria-label="Every request that was sent">
        <h2>
          Every request that was sent <small>{data && formatCount(data.total)}</small>
        </h2>
        {ledger.error && <ErrorNote title="The ledger could not be read." error={ledger.error} retry={ledger.again} />}
        {data && data.total === 0 && (
          <EmptyState within icon={RotateCcw} title="Nothing was ever sent from here">
            Open a call in its trace and press <kbd>r</kbd>: it shows what would be sent, and sends when you say so.
          </EmptyState>
        )}
        {data && data.total > 0 && <Entries entries={data.entries} />}
        {data && data.entries.length < data.total && (
          <Button onClick={() => setShown(old => Math.min(10_000, old + 1000))}>
            {formatPlural(data.total - data.entries.length, 'earlier request')}
          </Button>
        )}
        {data && (
          <p className={styles.faint}>
            Kept in <code>{visibleLine(data.file, 400)}</code>
            {data.unreadable > 0 && `, of which ${formatPlural(data.unreadable, 'line')} cannot be read`}. In a
            terminal: <code>spanwise egress</code>.
          </p>
        )}
      </section>
    </div>
  )
}

function Connections() {
  const client = useClient()
  const saved = useAsk('replay.profiles', {})
  const lock = useAsk('replay.lock', {})
  useReplayChanged(saved.again)
  useReplayChanged(lock.again)
  const [open, setOpen] = useState<'add' | { readonly of: Connection; readonly what: 'change' | 'key' }>()
  const { data } = saved
  const close = () => {
    setOpen(undefined)
    saved.again()
  }
  const isLocked = lock.data?.locked === true
  const setLock = () =>
    void client
      .ask('replay.setLock', { locked: !isLocked })
      .then(lock.again, (error: unknown) => tell(`The lock stays as it is: ${toRequestError(error).message}`, true))
  const chosen = typeof open === 'object' ? open : undefined
  return (
    <section className={styles.block} aria-label="Connections">
      <h2>Connections</h2>
      <p className={styles.faint}>
        Nothing connects until you send. A connection is one origin, one interface and one named key; no trace ever says
        where a request goes.
      </p>
      {saved.error && <ErrorNote title="The connections could not be read." error={saved.error} retry={saved.again} />}
      <ul className={styles.connections}>
        {data?.profiles.map(one => (
          <li key={one.name}>
            <b>{visibleLine(one.name, 60)}</b>
            <span>{visibleLine(one.origin, 200)}</span>
            <span className={styles.faint}>{dialectNames[one.dialect]}</span>
            <span className={styles.faint}>{keyWords(one)}</span>
            <span className={styles.end}>
              {one.keyEnv !== undefined && (
                <Button look="quiet" onClick={() => setOpen({ of: one, what: 'key' })}>
                  Key…
                </Button>
              )}
              <Button look="quiet" onClick={() => setOpen({ of: one, what: 'change' })}>
                Change…
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <p className={styles.buttons}>
        <Button onClick={() => setOpen('add')}>Add a connection…</Button>
        <Button aria-pressed={isLocked} disabled={lock.data?.by === 'environment'} onClick={setLock}>
          {isLocked ? <Lock aria-hidden="true" /> : <LockOpen aria-hidden="true" />} No network
        </Button>
        <span className={styles.faint}>
          {lock.data?.by === 'environment'
            ? 'Locked by the environment; nothing here can open it.'
            : isLocked
              ? 'Locked: nothing leaves this machine, whoever asks.'
              : 'Not locked.'}
        </span>
      </p>
      {(open === 'add' || chosen?.what === 'change') && (
        <ConnectionDialog connection={chosen?.of} dialect="openai-chat" saved={close} close={close} />
      )}
      {chosen?.what === 'key' && data && <KeyDialog connection={chosen.of} places={data} close={close} />}
    </section>
  )
}

function Entries({ entries }: { readonly entries: readonly LedgerEntry[] }) {
  return (
    <ScrollRegion className={styles.ledger} label="Ledger">
      <table>
        <thead>
          <tr>
            {['When', 'To', 'Key', 'Model', 'Call', 'Who, where', 'Out', 'In', 'Took', 'Outcome'].map(name => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map(entry => (
            <Entry key={entry.send} entry={entry} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Entry({ entry }: { readonly entry: LedgerEntry }) {
  const {
    at,
    origin,
    profile,
    key,
    model,
    spanId,
    traceId,
    user,
    host,
    bytesOut,
    bytesIn,
    outcome,
    duration,
    httpStatus,
  } = entry
  return (
    <tr>
      <td>{formatDateTime(at * 1000)}</td>
      <td title={profile}>{visibleLine(origin, 120)}</td>
      <td>{key ?? unknown}</td>
      <td>{model === undefined ? unknown : visibleLine(model, 60)}</td>
      <td>
        <a href={`#${replayAddress({ spanId, traceId })}`}>{visibleLine(spanId, 20) || '(no id)'}</a>
      </td>
      <td>
        {visibleLine(user, 40)}, {host}
      </td>
      <td className={styles.number}>{formatBytes(bytesOut)}</td>
      <td className={styles.number}>{formatBytes(bytesIn)}</td>
      <td className={styles.number}>{formatDuration(duration === undefined ? undefined : duration * 1000)}</td>
      <td>
        {visibleLine(outcome, 60)}
        {httpStatus !== undefined && ` (${httpStatus})`}
      </td>
    </tr>
  )
}
