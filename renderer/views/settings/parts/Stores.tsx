import { useId, useState } from 'react'
import { formatBytes } from '../../../../shared/format/numbers.ts'
import { formatDateTime } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { useAsk, useClient } from '../../../app/view.ts'
import { Button } from '../../../components/button/Button.tsx'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { useImportActivity } from '../../../state/import-desk.ts'
import { toRequestError, type RequestError } from '../../../state/request-error.ts'
import styles from '../settings.module.css'

/** The store that is open, those that were, and how to come to another. */
export function Stores() {
  const client = useClient()
  const list = useAsk('stores.list', {})
  const importing = useImportActivity().running.length > 0
  const [failure, setFailure] = useState<RequestError>()
  const [busy, setBusy] = useState(false)
  const attempt = async (work: () => Promise<unknown>) => {
    setBusy(true)
    setFailure(undefined)
    try {
      await work()
      list.again()
    } catch (caught) {
      setFailure(toRequestError(caught))
    }
    setBusy(false)
  }
  const open = (path: string) => attempt(() => client.ask('stores.open', { path }))
  const choose = () =>
    attempt(async () => {
      const { path } = await client.ask('stores.choose', {})
      if (path !== null) await client.ask('stores.open', { path })
    })
  if (list.error?.code === 'stores/one') return null
  return (
    <section className={styles.group} aria-label="Stores">
      <h2>Stores</h2>
      {list.error && <ErrorNote title="The stores could not be listed." error={list.error} retry={list.again} />}
      {failure && <ErrorNote title="The store was not opened; this one stays." error={failure} />}
      {importing && (
        <p className={styles.aside}>
          An import is running: opening another store ends it. What it has committed is kept, and it can be continued.
        </p>
      )}
      <ul className={styles.stores}>
        {list.data?.stores.map((store, i) => (
          <li key={store.path}>
            <div className={styles.store}>
              <strong>{visibleLine(store.name, 100)}</strong>
              <span className={styles.path}>{visibleLine(store.path, 1000)}</span>
            </div>
            <span className={styles.aside}>
              {store.bytes === undefined ? 'no longer there' : formatBytes(store.bytes)}
              {i > 0 && ` · ${formatDateTime(store.opened * 1000)}`}
            </span>
            <span className={styles.storeActions}>
              {i === 0 ? (
                <span className={styles.aside}>open</span>
              ) : (
                <>
                  <Button
                    disabled={busy || store.bytes === undefined}
                    aria-label={`Open ${visibleLine(store.name, 100)}`}
                    onClick={() => void open(store.path)}
                  >
                    Open
                  </Button>
                  <Button
                    look="quiet"
                    aria-label={`Forget ${visibleLine(store.name, 100)}`}
                    title="Takes it out of this list; the file stays"
                    onClick={() => void attempt(() => client.ask('stores.forget', { path: store.path }))}
                  >
                    Forget
                  </Button>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      <div className={styles.others}>
        {list.data?.canChoose ? (
          <Button disabled={busy} onClick={() => void choose()}>
            Open another store…
          </Button>
        ) : (
          <PathForm
            label="Path of another store"
            action="Open"
            disabled={busy}
            give={path => void open(path)}
            placeholder="/path/to/june.spanwise"
          />
        )}
        <PathForm
          label="Name of a new store"
          action="Make and open"
          disabled={busy}
          give={name => void attempt(() => client.ask('stores.create', { name }))}
          placeholder={`A new store in ${visibleLine(list.data?.folder ?? '', 300)}`}
        />
      </div>
    </section>
  )
}

interface FormProps {
  readonly label: string
  readonly action: string
  readonly placeholder: string
  readonly disabled: boolean
  readonly give: (text: string) => void
}

function PathForm({ label, action, placeholder, disabled, give }: FormProps) {
  const [text, setText] = useState('')
  const id = useId()
  const given = text.trim()
  return (
    <form
      className={styles.form}
      onSubmit={event => {
        event.preventDefault()
        if (given !== '') give(given)
      }}
    >
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        autoComplete="off"
        spellCheck={false}
        maxLength={4096}
        placeholder={placeholder}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      <Button type="submit" disabled={disabled || given === ''}>
        {action}
      </Button>
    </form>
  )
}
