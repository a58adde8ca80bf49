import { Lock, LockOpen, Send } from 'lucide-react'
import { useState } from 'react'
import type { Output } from '../../../../shared/contract/index.ts'
import type { Connection } from '../../../../shared/contract/replay.ts'
import { formatCount, formatMoney, formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import type { ReplayRequest } from '../../../../shared/replay/types.ts'
import { keysOf } from '../../../app/bindings.ts'
import { ariaKeys, showKeys, useClient } from '../../../app/view.ts'
import { Button } from '../../../components/button/Button.tsx'
import { ConnectionDialog } from '../../../components/connections/ConnectionDialog.tsx'
import { KeyDialog } from '../../../components/connections/KeyDialog.tsx'
import { keyWords } from '../../../components/connections/key-words.ts'
import { tell } from '../../../state/undo.ts'
import { toRequestError } from '../../../state/request-error.ts'
import { replayCommands } from '../commands.ts'
import type { Estimate } from '../model/estimate.ts'
import styles from '../replay.module.css'

interface Props {
  readonly request: ReplayRequest
  readonly connections: Output<'replay.profiles'> | undefined
  readonly reread: () => void
  readonly connection: Connection | undefined
  readonly choose: (name: string) => void
  readonly locked: Output<'replay.lock'> | undefined
  readonly rereadLock: () => void
  readonly estimate: Estimate | undefined
  /** Why nothing can be sent. */
  readonly obstacle: string | undefined
  readonly going: boolean
  readonly send: () => void
  /** Asks what to send several times. */
  readonly several: () => void
  readonly stop: () => void
}

/** Where it goes, with which key and for about how much; and the only button that sends. */
export function Departure(props: Props) {
  const { request, connections, reread, connection, choose, locked, rereadLock, estimate, obstacle } = props
  const { going, send, several, stop } = props
  const client = useClient()
  const [dialog, setDialog] = useState<'add' | 'change' | 'key'>()
  const [sendKey] = keysOf(replayCommands.send)
  const setLock = (on: boolean) =>
    void client
      .ask('replay.setLock', { locked: on })
      .then(rereadLock, (error: unknown) => tell(`The lock stays as it is: ${toRequestError(error).message}`, true))
  const close = () => {
    setDialog(undefined)
    reread()
  }
  return (
    <footer className={styles.departure} data-pane="Send" aria-label="Sending">
      <div className={styles.where}>
        <label>
          <span className={styles.faint}>Connection</span>{' '}
          <select value={connection?.name ?? ''} onChange={event => choose(event.target.value)}>
            <option value="" disabled>
              {connections?.profiles.length === 0 ? 'none yet' : 'choose one'}
            </option>
            {connections?.profiles.map(({ name }) => (
              <option key={name} value={name}>
                {visibleLine(name, 60)}
              </option>
            ))}
          </select>
        </label>
        <Button look="quiet" onClick={() => setDialog('add')}>
          Add…
        </Button>
        {connection && (
          <Button look="quiet" onClick={() => setDialog('change')}>
            Change…
          </Button>
        )}
        {connection?.keyEnv !== undefined && (
          <Button look="quiet" onClick={() => setDialog('key')}>
            Key…
          </Button>
        )}
        <button
          type="button"
          className={styles.lock}
          aria-pressed={locked?.locked === true}
          disabled={locked?.by === 'environment'}
          onClick={() => setLock(locked?.locked !== true)}
          title={
            locked?.by === 'environment'
              ? 'The environment locks the network; nothing here can open it.'
              : 'While it is locked nothing leaves this machine, whoever asks.'
          }
        >
          {locked?.locked ? <Lock aria-hidden="true" size={12} /> : <LockOpen aria-hidden="true" size={12} />}
          No network
        </button>
      </div>
      <p className={styles.destination} data-part="destination">
        {connection ? (
          <>
            Sends to <b>{visibleLine(request.url, 300)}</b> · {keyWords(connection)}
          </>
        ) : (
          'Goes nowhere until a connection is chosen'
        )}
        {estimate && (
          <>
            {' '}
            · {estimate.isCounted ? 'about' : 'very roughly'} {formatCount(estimate.tokens)} tokens
            {estimate.media > 0 &&
              ` and ${formatPlural(estimate.media, 'picture or file', 'pictures or files')}`} ·{' '}
            {costWords(estimate)}
          </>
        )}
      </p>
      {going && (
        <Button look="danger" onClick={stop}>
          Cancel
        </Button>
      )}
      <Button disabled={obstacle !== undefined || going} onClick={several}>
        Several…
      </Button>
      <Button
        look="primary"
        aria-disabled={obstacle !== undefined}
        title={obstacle}
        aria-keyshortcuts={sendKey && ariaKeys(sendKey)}
        onClick={send}
      >
        <Send aria-hidden="true" /> Send {sendKey && <kbd>{showKeys(sendKey)}</kbd>}
      </Button>
      {obstacle !== undefined && <p className={styles.obstacle}>{obstacle}</p>}
      {(dialog === 'add' || (dialog === 'change' && connection)) && (
        <ConnectionDialog
          connection={dialog === 'change' ? connection : undefined}
          dialect={request.dialect}
          saved={name => {
            close()
            choose(name)
          }}
          close={close}
        />
      )}
      {dialog === 'key' && connection && connections && (
        <KeyDialog connection={connection} places={connections} close={close} />
      )}
    </footer>
  )
}

function costWords({ cost, isBound, isLengthKnown }: Estimate): string {
  if (!isLengthKnown) return 'cost unknown: no answer was logged to go by, and nothing caps this one'
  if (cost === undefined) return 'cost unknown'
  return isBound ? `up to ${formatMoney(cost)}` : `${formatMoney(cost)} if the answer is as long as the logged one`
}
