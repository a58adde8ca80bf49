import { useState } from 'react'
import type { SpanCost } from '../../../../shared/contract/prices.ts'
import type { CostLine } from '../../../../shared/money/book.ts'
import { isCostDoubt } from '../../../../shared/money/cost-doubts.ts'
import { hintWords, unitWords, unknownWords } from '../../../../shared/money/cost-words.ts'
import type { Span } from '../../../../shared/domain/span.ts'
import { decimalToNano, nanoToDecimal } from '../../../../shared/domain/numbers.ts'
import { formatCount, formatDollars } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { useAsk } from '../../../app/view.ts'
import { Button } from '../../../components/button/Button.tsx'
import { wordsOfMark } from '../../../components/marks/mark-words.ts'
import { PriceRuleDialog } from '../../../components/price-rule/PriceRuleDialog.tsx'
import { Value } from '../../../components/value/Value.tsx'
import { Pair, Pairs } from './Block.tsx'
import styles from './detail.module.css'

/** Both ledgers of a call: what the file recorded, and what its usage costs line by line, with what tells them apart. */
export function Cost({ id, span }: { readonly id: number; readonly span: Span }) {
  const { data, error } = useAsk('spans.cost', { id }, { live: true })
  const found = data?.cost
  const [adds, setAdds] = useState(false)
  const recorded = span.recordedCost
  const isZero = span.marks?.includes('zero-cost') === true
  return (
    <>
      <Pairs>
        <Pair
          name="recorded cost"
          aside={recorded === undefined ? whyNotRecorded(span) : span.readBy?.['recordedCost']}
        >
          {isZero ? '$0' : <Dollars field="cost.recorded" text={recorded} />}
        </Pair>
        {(found || error) && (
          <Pair name="computed cost" aside={error ? 'it could not be computed' : found && asideOf(found)}>
            <Dollars field="cost.computed" text={found?.cost?.dollars} title={found?.cost && formulaOf(found.cost)} />
          </Pair>
        )}
        {found?.cost?.lines.map(line => (
          <Pair key={line.unit} name={unitWords(line.unit)} indent aside={priceOf(line)}>
            <span className={styles.number} title={termOf(line)}>
              {line.amount}
            </span>
          </Pair>
        ))}
        {recorded !== undefined && found?.cost && (
          <Pair name="computed less recorded" aside={whyDifferent(found.cost)}>
            <span className={styles.number}>{differenceOf(recorded, found.cost.dollars)}</span>
          </Pair>
        )}
      </Pairs>
      {found?.cost && notesOf(found.cost).map(note => <Note key={note} text={note} />)}
      {found && <Note text={listWords(found.list)} />}
      {found?.unknown !== undefined && lackingPrice.has(found.unknown) && (
        <Button onClick={() => setAdds(true)}>Add a price…</Button>
      )}
      {adds && (
        <PriceRuleDialog
          price={{
            ...(span.model === undefined ? {} : { model: span.model }),
            ...(span.provider === undefined ? {} : { provider: span.provider }),
          }}
          close={() => setAdds(false)}
        />
      )}
    </>
  )
}

const lackingPrice: ReadonlySet<string> = new Set(['no-price', 'no-provider', 'not-yet'])

function Note({ text }: { readonly text: string }) {
  return <p className={styles.note}>{text}</p>
}

interface DollarsProps {
  readonly field: string
  readonly text: string | undefined
  readonly title?: string | undefined
}

function Dollars({ field, text, title }: DollarsProps) {
  return (
    <span className={styles.number} title={title}>
      <Value field={field} value={text}>
        {text === undefined ? '—' : formatDollars(visibleLine(text, 60))}
      </Value>
    </span>
  )
}

function whyNotRecorded({ marks }: Span): string {
  if (marks?.includes('zero-cost')) return 'beside tokens: taken for not priced'
  const doubt = marks?.find(mark => mark !== 'doubtful-usage' && isCostDoubt(mark))
  return doubt === undefined ? 'not in the file' : wordsOfMark(doubt).short
}

type Known = NonNullable<SpanCost['cost']>

function asideOf({ unknown, cost }: SpanCost): string | undefined {
  if (unknown !== undefined) return unknownWords(unknown)
  if (!cost) return undefined
  if (cost.rule) return `own rule ${visibleLine(cost.rule.id, 80)}${cost.rule.local ? ': free, on own machines' : ''}`
  return visibleLine(`${cost.provider}/${cost.model}`, 120)
}

/** 1,200 × $2.5 a million */
function priceOf({ count, price, per, over, factor }: CostLine): string {
  const unit = per === 1e6 ? 'a million' : per === 1000 ? 'a thousand' : `for ${formatCount(per)}`
  const tier = over === undefined ? '' : `, past ${formatCount(over)} of input`
  return `${formatCount(count)} × $${price} ${unit}${factor === undefined ? '' : ` × ${factor}`}${tier}`
}

function termOf(line: CostLine): string {
  const factor = line.factor === undefined ? '' : ` × ${line.factor}`
  return `${line.count} × ${line.price}${factor} / ${line.per} = ${line.amount}`
}

function formulaOf({ lines, dollars }: Known): string {
  if (lines.length === 0) return dollars
  return `${lines.map(line => `${unitWords(line.unit)}: ${termOf(line)}`).join('\n')}\n= ${dollars}, rounded once to 10⁻⁹`
}

function differenceOf(recorded: string, computed: string): string {
  const [a, b] = [decimalToNano(recorded), decimalToNano(computed)]
  if (a === undefined || b === undefined) return '—'
  return `${b < a ? '−' : b > a ? '+' : ''}$${nanoToDecimal(Math.abs(b - a)) || '0'}`
}

function whyDifferent({ lines, factors }: Known): string | undefined {
  const apart = [
    ...lines.filter(line => line.unit.startsWith('cache')).map(line => unitWords(line.unit)),
    ...(lines.some(line => line.over !== undefined) ? ['long context'] : []),
    ...factors.map(({ value }) => value),
  ]
  return apart.length === 0 ? undefined : `often because of: ${apart.join(', ')}`
}

const parts = {
  cacheRead: 'cached tokens',
  cacheWrite: 'cache writes',
  cacheWrite1h: 'cache writes kept for an hour',
  audioInput: 'audio input',
  audioCached: 'cached audio',
  audioOutput: 'audio output',
  webSearches: 'web searches',
} as const

function notesOf({ factors, hints, asWhole, from, kind, model }: Known): readonly string[] {
  return [
    ...factors.map(
      ({ says, value, factor, source }) =>
        `× ${factor} for ${says} “${visibleLine(value, 40)}”: a rule of Spanwise${source === undefined ? ' that no price page we know confirms' : `, after ${source}`}.`,
    ),
    ...(from === undefined ? [] : [`This price holds from ${from}.`]),
    ...hints.map(hint => `Look twice: ${hintWords(hint)} (${visibleLine(model, 80)}, matched by ${kindWords[kind]}).`),
    ...asWhole.map(part => `The list has no price of its own for ${parts[part as keyof typeof parts] ?? part}.`),
  ]
}

const kindWords = {
  exact: 'its whole name',
  prefix: 'the beginning of its name',
  suffix: 'the end of its name',
  part: 'a part of its name',
  regex: 'an expression',
} as const

function listWords({ source, version, date, rules }: SpanCost['list']): string {
  const own = rules === 0 ? '' : `, under ${rules} own ${rules === 1 ? 'rule' : 'rules'}`
  return visibleLine(`Prices of ${source} ${version}, ${date}${own}.`, 200)
}
