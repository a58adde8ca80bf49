import { useState } from 'react'
import type { Output } from '../../../../shared/contract/index.ts'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { useAsk, useClient } from '../../../app/view.ts'
import { Button } from '../../../components/button/Button.tsx'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { CopyButton } from '../../../components/messages/CopyButton.tsx'
import { toRequestError, type RequestError } from '../../../state/request-error.ts'
import styles from '../settings.module.css'

type Repricing = Output<'prices.preview'>

/** By which prices costs are computed; other prices are looked at before they are used, and can be taken back. */
export function Prices() {
  const client = useClient()
  const status = useAsk('prices.status', {}, { live: true })
  const [preview, setPreview] = useState<Repricing>()
  const [failure, setFailure] = useState<RequestError>()
  const [busy, setBusy] = useState(false)
  const attempt = async (work: () => Promise<Repricing | undefined>) => {
    setBusy(true)
    setFailure(undefined)
    try {
      setPreview(await work())
      status.again()
    } catch (caught) {
      setFailure(toRequestError(caught))
    }
    setBusy(false)
  }
  const { data } = status
  return (
    <section className={styles.group} aria-label="Prices">
      <h2>Prices</h2>
      {status.error && <ErrorNote title="The prices could not be read." error={status.error} retry={status.again} />}
      {failure && <ErrorNote title="The prices were not changed." error={failure} />}
      {data && (
        <>
          <p>Costs of this store are computed by {listWords(data.used)}.</p>
          {data.differs && (
            <p>Other prices are there: {listWords(data.current)}. No cost changes before you use them.</p>
          )}
          {data.wrong.map(one => (
            <p key={one} role="alert">
              {visibleLine(one, 1000)}
            </p>
          ))}
          <p className={styles.storeActions}>
            <Button disabled={busy} onClick={() => void attempt(() => client.ask('prices.preview', {}))}>
              Show what other prices change
            </Button>
            {data.canUndo && (
              <Button
                disabled={busy}
                onClick={() => void attempt(() => client.ask('prices.undo', {}).then(() => undefined))}
              >
                Back to the prices before
              </Button>
            )}
          </p>
          {preview && (
            <Preview
              preview={preview}
              busy={busy}
              use={() => void attempt(() => client.ask('prices.apply', {}).then(() => undefined))}
            />
          )}
          {data.rulesFile !== undefined && (
            <p className={styles.aside}>
              Own prices, which win over the list and survive updates, are written by hand into{' '}
              <span className={styles.path}>{visibleLine(data.rulesFile, 1000)}</span>{' '}
              <CopyButton text={() => data.rulesFile ?? ''} label="Copy the path of own prices" />; there is no form for
              them yet. <code>spanwise prices --help</code> shows how, and imports a newer list.
            </p>
          )}
        </>
      )}
    </section>
  )
}

interface PreviewProps {
  readonly preview: Repricing
  readonly busy: boolean
  readonly use: () => void
}

function Preview({ preview, busy, use }: PreviewProps) {
  const { calls, changed, before, after, unpricedBefore, unpricedAfter, models } = preview
  return (
    <div role="status">
      <p>
        {changed === 0
          ? `Nothing: the computed costs of ${formatPlural(calls, 'call')} stay as they are.`
          : `${formatCount(changed)} of ${formatPlural(calls, 'call')}: $${before} becomes $${after}; unpriced ${formatCount(unpricedBefore)}, then ${formatCount(unpricedAfter)}.`}
      </p>
      <ul>
        {models.slice(0, mostShown).map(one => (
          <li key={`${one.provider} ${one.model}`}>
            {visibleLine(one.model, 80) || '(no model)'}: {formatPlural(one.changed, 'call')}, ${one.before} → $
            {one.after}
          </li>
        ))}
      </ul>
      {models.length > mostShown && <p>and {formatPlural(models.length - mostShown, 'model')} more.</p>}
      {changed > 0 && (
        <Button disabled={busy} onClick={use}>
          Use these prices
        </Button>
      )}
    </div>
  )
}

const mostShown = 20

function listWords({ source, version, date, rules }: Output<'prices.status'>['used']): string {
  const own = rules === 0 ? '' : `, under ${formatPlural(rules, 'own rule')}`
  return visibleLine(`${source} ${version} of ${date}${own}`, 200)
}
