import type { Output } from '../../../shared/contract/index.ts'
import { formatCount, formatDigits, formatPlural } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'

const mostShown = 20

/** What other prices would change, before they do. */
export function RepricingPreview({ preview }: { readonly preview: Output<'prices.preview'> }) {
  const { calls, changed, before, after, unpricedBefore, unpricedAfter, models } = preview
  return (
    <div role="status">
      <p>
        {changed === 0
          ? `Nothing: the computed costs of ${formatPlural(calls, 'call')} stay as they are.`
          : `${formatCount(changed)} of ${formatPlural(calls, 'call')}: ${formatDigits(before, unpricedBefore, calls)} becomes ${formatDigits(after, unpricedAfter, calls)}; unpriced ${formatCount(unpricedBefore)}, then ${formatCount(unpricedAfter)}.`}
      </p>
      <ul>
        {models.slice(0, mostShown).map(one => (
          <li key={`${one.provider} ${one.model}`}>
            {visibleLine(one.model, 80) || '(no model)'}: {formatPlural(one.changed, 'call')},{' '}
            {formatDigits(one.before, one.unpricedBefore, one.calls)} →{' '}
            {formatDigits(one.after, one.unpricedAfter, one.calls)}
          </li>
        ))}
      </ul>
      {models.length > mostShown && <p>and {formatPlural(models.length - mostShown, 'model')} more.</p>}
    </div>
  )
}
