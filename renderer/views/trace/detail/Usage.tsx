import { bitsToMarks } from '../../../../shared/domain/marks.ts'
import type { Score } from '../../../../shared/domain/message.ts'
import type { Span, Usage } from '../../../../shared/domain/span.ts'
import { isCostDoubt } from '../../../../shared/money/cost-doubts.ts'
import { formatCount } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { LongText } from '../../../components/json/LongText.tsx'
import { Value } from '../../../components/value/Value.tsx'
import { wordsOfMark } from '../../../components/marks/mark-words.ts'
import { Block, Pair, Pairs } from './Block.tsx'
import { Cost } from './Cost.tsx'
import styles from './detail.module.css'

interface Props {
  readonly id: number
  readonly span: Span
  readonly marks: number
}

/** Every part of the usage, and both costs. A dash is unknown, with the reason; it is never zero. */
export function UsageSection({ id, span, marks }: Props) {
  const usage = span.usage ?? {}
  const doubts = bitsToMarks(marks).filter(mark => mark === 'restated' || isCostDoubt(mark))
  const rule = /\((arithmetic|producer|convention)\)$/.exec(span.readBy?.['usage'] ?? '')?.[1]
  const total = usage.input === undefined || usage.output === undefined ? undefined : usage.input + usage.output
  return (
    <>
      <Pairs>
        <Tokens name="input" asked="tokens.input" count={usage.input} />
        <Tokens name="read from cache" asked="tokens.cached" count={usage.cacheRead} indent of={usage.input} />
        <Tokens name="written to cache" count={usage.cacheWrite} indent of={usage.input} />
        {usage.cacheWrite1h !== undefined && (
          <Tokens name="of it for an hour" count={usage.cacheWrite1h} indent of={usage.cacheWrite} />
        )}
        <Tokens name="output" asked="tokens.output" count={usage.output} />
        <Tokens name="reasoning" asked="tokens.reasoning" count={usage.reasoning} indent of={usage.output} />
        <Tokens name="total" asked="tokens" count={total} why="needs input and output" />
      </Pairs>
      <Cost id={id} span={span} />
      {rule !== undefined && <p className={styles.note}>{rules[rule]}</p>}
      {doubts.map(mark => (
        <p key={mark} className={styles.note}>
          {wordsOfMark(mark).long}
        </p>
      ))}
    </>
  )
}

/** What settled whether cached tokens stand inside the input, and reasoning inside the output. */
const rules: Readonly<Record<string, string>> = {
  arithmetic: 'That input holds its cached parts, and output its reasoning, was settled by the record’s own sums.',
  producer:
    'That input holds its cached parts, and output its reasoning, is how the program that wrote this is known to count.',
  convention: 'That input holds its cached parts, and output its reasoning, is the rule of the names they stand under.',
}

interface TokensProps {
  readonly name: string
  readonly count: Usage[keyof Usage]
  /** What the query language calls it. */
  readonly asked?: string
  readonly indent?: boolean
  readonly of?: number | undefined
  readonly why?: string
}

function Tokens({ name, count, asked = '', indent = false, of, why = 'not in the file' }: TokensProps) {
  const share = count !== undefined && of !== undefined && of > 0 ? `${Math.round((count / of) * 100)}%` : undefined
  return (
    <Pair name={name} indent={indent} aside={count === undefined ? why : share}>
      <span className={styles.number}>
        <Value field={asked} value={count === undefined ? undefined : String(count)}>
          {formatCount(count)}
        </Value>
      </span>
    </Pair>
  )
}

export function Scores({ scores }: { readonly scores: readonly Score[] }) {
  return scores.map((score, i) => (
    <Block
      // A span may carry several scores of one name.
      // oxlint-disable-next-line react/no-array-index-key
      key={i}
      title={visibleLine(score.name, 200) || '(no name)'}
      aside={score.source === undefined ? undefined : visibleLine(score.source, 80)}
    >
      <p className={styles.score}>
        <span>
          <Value field={`score.${score.name}`} value={score.value === undefined ? undefined : String(score.value)}>
            {score.value === undefined ? '—' : String(score.value)}
          </Value>
        </span>
        {score.label !== undefined && (
          <span>
            <Value field={`score.${score.name}`} value={score.label}>
              {visibleLine(score.label, 200)}
            </Value>
          </span>
        )}
      </p>
      {score.explanation !== undefined && <LongText text={score.explanation} fold={8} />}
    </Block>
  ))
}
