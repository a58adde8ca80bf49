import { useState } from 'react'
import type { Connection } from '../../../shared/contract/replay.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { dialectNames } from '../../../shared/replay/dialect-names.ts'
import { servers } from '../../../shared/replay/servers.ts'
import { dialectIds, type DialectId } from '../../../shared/replay/types.ts'
import { useClient } from '../../app/view.ts'
import { toRequestError } from '../../state/request-error.ts'
import { Button } from '../button/Button.tsx'
import dialog from '../dialog/dialog.module.css'
import { DialogFrame } from '../dialog/DialogFrame.tsx'
import styles from '../form/form.module.css'

interface Props {
  /** Undefined: a new one. */
  readonly connection: Connection | undefined
  /** Of the call that is sent again: what a new one most likely speaks. */
  readonly dialect: DialectId
  readonly saved: (name: string) => void
  readonly close: () => void
}

/** One origin, one interface, one named key: who may be asked. What a log says of a server is never put in here. */
export function ConnectionDialog({ connection, dialect: usual, saved, close }: Props) {
  const client = useClient()
  const suggested = servers.find(one => one.dialect === usual)
  const [name, setName] = useState(connection?.name ?? '')
  const [origin, setOrigin] = useState(connection?.origin ?? suggested?.origin ?? '')
  const [dialect, setDialect] = useState<DialectId>(connection?.dialect ?? usual)
  const [keyEnv, setKeyEnv] = useState(connection ? (connection.keyEnv ?? '') : (suggested?.keyEnv ?? ''))
  const [allowHttp, setAllowHttp] = useState(connection?.allowHttp === true)
  const [wrong, setWrong] = useState<string>()
  const attempt = async (work: () => Promise<unknown>, done: () => void) => {
    setWrong(undefined)
    try {
      await work()
      done()
    } catch (caught) {
      setWrong(toRequestError(caught).message)
    }
  }
  const written = name.trim()
  const save = () => {
    const key = keyEnv.trim()
    const profile = {
      name: written,
      origin: origin.trim(),
      dialect,
      ...(key === '' ? {} : { keyEnv: key }),
      ...(allowHttp ? { allowHttp: true as const } : {}),
    }
    return attempt(
      () => client.ask('replay.saveProfile', profile),
      () => saved(written),
    )
  }
  const remove = () => attempt(() => client.ask('replay.removeProfile', { name: written }), close)
  // A key that was given is bound to its origin; a variable is only named here, and would go along.
  const isOfEnvironment = connection?.key?.place === 'environment'
  const isElsewhere = connection !== undefined && connection.origin !== origin.trim()
  const losesKey =
    !isOfEnvironment &&
    connection?.key !== undefined &&
    (connection.origin !== origin.trim() || connection.dialect !== dialect)
  return (
    <DialogFrame
      title={connection ? 'Change a connection' : 'Add a connection'}
      className={styles.dialog}
      close={close}
    >
      <form
        className={styles.form}
        onSubmit={event => {
          event.preventDefault()
          void save()
        }}
      >
        <label>
          <span>Name</span>
          <input
            required
            maxLength={200}
            autoComplete="off"
            disabled={connection !== undefined}
            placeholder="work"
            value={name}
            onChange={event => setName(event.target.value)}
          />
        </label>
        <label>
          <span>Origin: scheme and host, no path</span>
          <input
            required
            autoComplete="off"
            spellCheck={false}
            list="connection-origins"
            placeholder="https://api.example.com"
            value={origin}
            onChange={event => {
              const next = event.target.value
              setOrigin(next)
              if (isOfEnvironment && keyEnv === connection.keyEnv) setKeyEnv('')
              const known = servers.find(one => one.origin === next)
              if (!known) return
              setDialect(known.dialect)
              setKeyEnv(known.keyEnv ?? '')
            }}
          />
        </label>
        <datalist id="connection-origins">
          {servers.map(server => (
            <option key={server.id} value={server.origin}>
              {server.id}
            </option>
          ))}
        </datalist>
        <label>
          <span>What it speaks</span>
          <select value={dialect} onChange={event => setDialect(event.target.value as DialectId)}>
            {dialectIds.map(id => (
              <option key={id} value={id}>
                {dialectNames[id]}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>Name of its key, as a variable of the environment; empty where it asks for none</span>
          <input
            autoComplete="off"
            spellCheck={false}
            pattern="[A-Za-z_][A-Za-z0-9_]{0,99}"
            title="Letters, digits and _; the name of a variable, not the key itself"
            placeholder="OPENAI_API_KEY"
            value={keyEnv}
            onChange={event => setKeyEnv(event.target.value)}
          />
        </label>
        <label className={styles.check}>
          <input type="checkbox" checked={allowHttp} onChange={event => setAllowHttp(event.target.checked)} />
          <span>It may be talked to without encryption (http:), although it is another machine</span>
        </label>
        {losesKey && <p className={styles.note}>With another origin or interface its key is forgotten.</p>}
        {isOfEnvironment && isElsewhere && (
          <p className={styles.note}>
            The variable {connection.keyEnv} was named for {connection.origin}. Name it again if its key is for this
            origin as well.
          </p>
        )}
        {wrong !== undefined && <p role="alert">{visibleLine(wrong, 600)}</p>}
        <div className={dialog.actions}>
          {connection && (
            <Button look="danger" onClick={() => void remove()}>
              Remove
            </Button>
          )}
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" look="primary">
            Save
          </Button>
        </div>
      </form>
    </DialogFrame>
  )
}
