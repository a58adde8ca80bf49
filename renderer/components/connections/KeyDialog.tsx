import { useRef, useState } from 'react'
import type { Output } from '../../../shared/contract/index.ts'
import type { Connection } from '../../../shared/contract/replay.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { useClient } from '../../app/view.ts'
import { toRequestError } from '../../state/request-error.ts'
import { Button } from '../button/Button.tsx'
import dialog from '../dialog/dialog.module.css'
import { DialogFrame } from '../dialog/DialogFrame.tsx'
import styles from '../form/form.module.css'
import { keyWords } from './key-words.ts'

interface Props {
  readonly connection: Connection
  readonly places: Output<'replay.profiles'>
  readonly close: () => void
}

type Place = 'session' | 'vault' | 'system'

/**
 * Gives a connection its key. What is typed stays in the field: it is read once, sent to the host, and the field is emptied
 * whatever comes back. No state of the page ever holds it.
 */
export function KeyDialog({ connection, places: { system, backend, vault }, close }: Props) {
  const client = useClient()
  const key = useRef<HTMLInputElement>(null)
  const passphrase = useRef<HTMLInputElement>(null)
  const [place, setPlace] = useState<Place>(system === 'available' ? 'system' : 'session')
  const [wrong, setWrong] = useState<string>()
  const [busy, setBusy] = useState(false)
  const { name, keyEnv = '' } = connection
  const attempt = async (work: () => Promise<unknown>) => {
    setBusy(true)
    setWrong(undefined)
    try {
      await work()
      close()
    } catch (caught) {
      setWrong(toRequestError(caught).message)
      setBusy(false)
    }
  }
  const save = () => {
    const typed = taken(key)
    const phrase = taken(passphrase)
    return attempt(async () => {
      if (place === 'vault' && vault !== 'open') await client.ask('replay.openVault', { passphrase: phrase })
      if (typed !== '') await client.ask('replay.putKey', { name, key: typed, place })
    })
  }
  const needsPhrase = place === 'vault' && vault !== 'open'
  return (
    <DialogFrame
      title={`The key of ${visibleLine(name, 60)}`}
      className={styles.dialog}
      initialFocus={key}
      close={close}
    >
      <p className={styles.aside}>
        Now: {keyWords(connection)}. A key is sent to {visibleLine(connection.origin, 200)} and nowhere else. It never
        stands in the store, in exports or in logs.
      </p>
      <form
        className={styles.form}
        autoComplete="off"
        onSubmit={event => {
          event.preventDefault()
          void save()
        }}
      >
        <fieldset className={styles.choices}>
          <legend>Where it is kept</legend>
          <Choice value="session" at={place} set={setPlace}>
            Until Spanwise ends, in memory only
          </Choice>
          <Choice value="vault" at={place} set={setPlace}>
            In a vault: a file on this machine that a passphrase opens
            {vault === 'open' ? ' (open)' : vault === 'closed' ? ' (closed)' : ' (there is none yet)'}
          </Choice>
          <Choice value="system" at={place} set={setPlace} disabled={system !== 'available'}>
            In the system’s own storage
            {system === 'available'
              ? backend === undefined
                ? ''
                : ` (${backend})`
              : system === 'weak'
                ? ': not here, for every program could read it there'
                : ': this host has none'}
          </Choice>
        </fieldset>
        <p className={styles.aside}>
          Or not at all: a variable <code>{keyEnv}</code> of the environment that Spanwise is started in is read when a
          request is sent.
        </p>
        {needsPhrase && (
          <label>
            <span>{vault === 'none' ? 'A passphrase for the new vault' : 'The passphrase of the vault'}</span>
            <input ref={passphrase} type="password" required maxLength={1024} autoComplete="off" />
          </label>
        )}
        <label>
          <span>Key</span>
          <input
            ref={key}
            type="password"
            required={!(needsPhrase && vault === 'closed')}
            maxLength={4096}
            pattern="[!-~]+"
            title="Printable characters without spaces"
            autoComplete="off"
            spellCheck={false}
          />
        </label>
        {wrong !== undefined && <p role="alert">{visibleLine(wrong, 600)}</p>}
        <div className={dialog.actions}>
          {connection.key && connection.key.place !== 'environment' && (
            <Button
              look="danger"
              disabled={busy}
              onClick={() => void attempt(() => client.ask('replay.removeKey', { name }))}
            >
              Forget it
            </Button>
          )}
          {vault === 'open' && (
            <Button disabled={busy} onClick={() => void attempt(() => client.ask('replay.closeVault', {}))}>
              Close the vault
            </Button>
          )}
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" look="primary" disabled={busy}>
            Keep it
          </Button>
        </div>
      </form>
    </DialogFrame>
  )
}

/** What stands in the field, which is empty from then on. */
function taken(field: { readonly current: HTMLInputElement | null }): string {
  if (!field.current) return ''
  const { value } = field.current
  field.current.value = ''
  return value
}

interface ChoiceProps {
  readonly value: Place
  readonly at: Place
  readonly set: (place: Place) => void
  readonly disabled?: boolean
  readonly children: React.ReactNode
}

function Choice({ value, at, set, disabled = false, children }: ChoiceProps) {
  return (
    <label className={styles.check}>
      <input type="radio" name="place" checked={at === value} disabled={disabled} onChange={() => set(value)} />
      <span>{children}</span>
    </label>
  )
}
