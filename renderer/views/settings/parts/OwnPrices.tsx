import { Pencil, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { PriceRule } from '../../../../shared/money/book.ts'
import { printMatchText } from '../../../../shared/money/match-text.ts'
import { formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { useAsk, useClient } from '../../../app/view.ts'
import { Button, IconButton } from '../../../components/button/Button.tsx'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { CopyButton } from '../../../components/messages/CopyButton.tsx'
import { draftOf, priceFields } from '../../../components/price-rule/draft.ts'
import { PriceRuleDialog, type PriceToWrite } from '../../../components/price-rule/PriceRuleDialog.tsx'
import { changeRules, nameOfRule, rulesChanges } from '../../../state/price-rules.ts'
import { toRequestError, type RequestError } from '../../../state/request-error.ts'
import { useStore } from '../../../state/store.ts'
import { tell } from '../../../state/undo.ts'
import styles from '../settings.module.css'
import { ImportList } from './ImportList.tsx'

/** The reader's own prices, which win over any list and survive updates. `changed`: what is told of prices is old. */
export function OwnPrices({ changed }: { readonly changed: () => void }) {
  const client = useClient()
  const { data, error, again } = useAsk('prices.rules', {})
  const [written, setWritten] = useState<PriceToWrite>()
  const [failure, setFailure] = useState<RequestError>()
  const changes = useStore(rulesChanges)
  useEffect(() => {
    if (changes === 0) return
    again()
    changed()
  }, [changes, again, changed])
  useEffect(() => {
    // Another program may have written the file while the window was not looked at.
    const look = () => {
      again()
      changed()
    }
    addEventListener('focus', look)
    return () => removeEventListener('focus', look)
  }, [again, changed])
  const remove = async (at: number) => {
    if (!data) return
    const { rules: before, revision: known } = data
    const after = before.filter((_, i) => i !== at)
    setFailure(undefined)
    try {
      const words = `The price of “${nameOfRule(before[at]!)}” was removed`
      await changeRules(client, { words, before, after, revision: known, use: false })
    } catch (caught) {
      setFailure(toRequestError(caught))
      again()
    }
  }
  if (!data) return error ? <ErrorNote title="Own prices could not be read." error={error} retry={again} /> : null
  const { rules, file } = data
  return (
    <>
      <h3>Own prices</h3>
      <p className={styles.aside}>They win over the list, and survive updates.</p>
      {failure && <ErrorNote title="The price was not removed." error={failure} />}
      {rules.length > 0 && (
        <ul className={styles.rules} aria-label="Own prices">
          {rules.map((rule, at) => (
            <li key={`${rule.id} ${at}`}>
              <strong>{visibleLine(printMatchText(rule.match) ?? JSON.stringify(rule.match), 80)}</strong>
              <span className={styles.aside}>{ruleWords(rule)}</span>
              <span className={styles.storeActions}>
                <IconButton label={`Change the price of ${nameOfRule(rule)}`} onClick={() => setWritten({ at })}>
                  <Pencil />
                </IconButton>
                <IconButton label={`Remove the price of ${nameOfRule(rule)}`} onClick={() => void remove(at)}>
                  <Trash2 />
                </IconButton>
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className={styles.storeActions}>
        <Button disabled={data.wrong !== undefined} onClick={() => setWritten({})}>
          Add a price…
        </Button>
        <ImportList
          imported={({ models, date }) => {
            changed()
            tell(`${formatPlural(models, 'price')} of ${date} imported`)
          }}
        />
      </p>
      {file !== undefined && (
        <p className={styles.aside}>
          Kept in <span className={styles.path}>{visibleLine(file, 1000)}</span>{' '}
          <CopyButton text={() => file} label="Copy the path of own prices" />
          {data.revision === '' && ', which is not there yet'}. <code>spanwise prices --help</code> shows how it is
          written by hand.
        </p>
      )}
      {written && <PriceRuleDialog price={written} close={() => setWritten(undefined)} />}
    </>
  )
}

/** `openai · input $2.5, output $10 a million · from 2026-11-01` */
function ruleWords(rule: PriceRule): string {
  const { prices, tiers, currency } = draftOf(rule)
  const sign = currency === 'USD' ? '$' : `${currency} `
  const told = priceFields.flatMap(([field, label]) =>
    prices[field] === undefined ? [] : [`${label.toLowerCase()} ${sign}${prices[field]}`],
  )
  return visibleLine(
    [
      ...(rule.provider === undefined ? [] : [rule.provider]),
      rule.local ? 'free, on own machines' : `${told.join(', ')} a million`,
      ...(tiers.length === 0 ? [] : [`other prices past ${tiers.map(({ start }) => start).join(' and ')} tokens`]),
      ...(rule.valid_from === undefined ? [] : [`from ${rule.valid_from}`]),
      ...(rule.note === undefined ? [] : [rule.note]),
    ].join(' · '),
    300,
  )
}
