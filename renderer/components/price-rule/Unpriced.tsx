import type { Output } from '../../../shared/contract/index.ts'
import { formatCount, formatPlural } from '../../../shared/format/numbers.ts'
import { unknownWords } from '../../../shared/money/cost-words.ts'
import { isHelpedByPrice } from '../../../shared/money/unknown-cost.ts'
import styles from '../form/form.module.css'

interface Props {
  readonly models: Output<'prices.models'>['models']
  readonly model: string
  readonly provider: string
}

/** Why calls of the model that is written have no computed cost, before somebody looks up a price that cannot help. */
export function Unpriced({ models, model, provider }: Props) {
  const found = models.filter(
    one =>
      one.unpriced > 0 && one.model !== '' && one.model === model && (provider === '' || one.provider === provider),
  )
  return found.slice(0, 3).map(({ provider: of, calls, unpriced, why = '' }) => (
    <p key={of} className={styles.aside}>
      {`${formatCount(unpriced)} of ${formatPlural(calls, 'call')} cannot be computed: ${unknownWords(why)}. `}
      {!isHelpedByPrice(why) && 'No price changes that.'}
    </p>
  ))
}
