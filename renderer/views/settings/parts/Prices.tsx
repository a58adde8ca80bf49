import { useState } from 'react'
import type { Output } from '../../../../shared/contract/index.ts'
import { formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { useAsk, useClient } from '../../../app/view.ts'
import { Button } from '../../../components/button/Button.tsx'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { RepricingPreview } from '../../../components/price-rule/RepricingPreview.tsx'
import { toRequestError, type RequestError } from '../../../state/request-error.ts'
import styles from '../settings.module.css'
import { OwnPrices } from './OwnPrices.tsx'

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
            <>
              <RepricingPreview preview={preview} />
              {preview.changed > 0 && (
                <Button
                  disabled={busy}
                  onClick={() => void attempt(() => client.ask('prices.apply', {}).then(() => undefined))}
                >
                  Use these prices
                </Button>
              )}
            </>
          )}
          {data.rulesFile !== undefined && <OwnPrices changed={status.again} />}
        </>
      )}
    </section>
  )
}

function listWords({ source, version, date, rules }: Output<'prices.status'>['used']): string {
  const own = rules === 0 ? '' : `, under ${formatPlural(rules, 'own rule')}`
  return visibleLine(`${source} ${version} of ${date}${own}`, 200)
}
