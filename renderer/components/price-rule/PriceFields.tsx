import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '../button/Button.tsx'
import { mostly, priceFields, type PriceField, type RuleDraft } from './draft.ts'
import styles from './price-rule.module.css'

interface Props {
  readonly draft: RuleDraft
  readonly change: (change: Partial<RuleDraft>) => void
}

/** Prices a million tokens: a row for each thing that is counted, a column for each length of context. */
export function PriceFields({ draft: { prices, tiers }, change }: Props) {
  const isUsed = ([field]: (typeof priceFields)[number]) =>
    [prices, ...tiers.map(tier => tier.prices)].some(one => one[field] !== undefined)
  const [hasMore, setMore] = useState(() => priceFields.slice(mostly).some(isUsed))
  const shown = priceFields.filter((field, i) => i < mostly || hasMore || isUsed(field))
  const tier = (at: number, next: Partial<(typeof tiers)[number]>) =>
    change({ tiers: tiers.map((one, i) => (i === at ? { ...one, ...next } : one)) })
  const cell = (label: string, value: string | undefined, put: (text: string) => void) => (
    <input
      className={styles.price}
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      maxLength={40}
      value={value ?? ''}
      onChange={event => put(event.target.value)}
    />
  )
  const withPrice = (of: RuleDraft['prices'], field: PriceField, text: string) => ({ ...of, [field]: text })
  return (
    <>
      <table className={styles.prices}>
        <thead>
          <tr>
            <th scope="col">A million tokens of</th>
            <th scope="col">Price</th>
            {tiers.map((one, t) => (
              <th scope="col" key={t}>
                <span className={styles.tier}>
                  past
                  <input
                    className={styles.price}
                    inputMode="numeric"
                    autoComplete="off"
                    aria-label={`Longer context ${t + 1} begins past, in tokens of input`}
                    maxLength={12}
                    value={one.start}
                    onChange={event => tier(t, { start: event.target.value })}
                  />
                  <IconButton
                    label={`No price past ${one.start || 'this'}`}
                    onClick={() => change({ tiers: tiers.filter((_, i) => i !== t) })}
                  >
                    <X />
                  </IconButton>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(([field, label]) => (
            <tr key={field}>
              <th scope="row">{label}</th>
              <td>{cell(label, prices[field], text => change({ prices: withPrice(prices, field, text) }))}</td>
              {tiers.map((one, t) => (
                <td key={t}>
                  {cell(`${label} past ${one.start || 'the limit'}`, one.prices[field], text =>
                    tier(t, { prices: withPrice(one.prices, field, text) }),
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.more}>
        {!hasMore && (
          <Button look="quiet" onClick={() => setMore(true)}>
            Reasoning, audio and more
          </Button>
        )}
        {tiers.length < 4 && (
          <Button look="quiet" onClick={() => change({ tiers: [...tiers, { start: '', prices: {} }] })}>
            <Plus size={12} aria-hidden="true" /> Price of a longer context
          </Button>
        )}
      </p>
    </>
  )
}
