import { useMemo } from 'react'
import type { Span } from '../../../../shared/domain/span.ts'
import { useAsk } from '../../../app/view.ts'
import { Figures } from '../../../components/figures/Figures.tsx'
import { figuresOf } from '../../../components/figures/figures.ts'
import own from './answers.module.css'

interface Side {
  readonly id: number
  readonly span: Span
}

interface Props {
  readonly a: Side
  readonly b: Side
  /** What the two are called. */
  readonly letters: readonly [string, string]
}

/** In what two answers differ beside their texts: time, tokens, cost, scores. */
export function AnswerFigures({ a, b, letters }: Props) {
  const costA = useAsk('spans.cost', { id: a.id }).data?.cost
  const costB = useAsk('spans.cost', { id: b.id }).data?.cost
  const [spanA, spanB] = [a.span, b.span]
  const figures = useMemo(
    () => figuresOf({ span: spanA, cost: costA }, { span: spanB, cost: costB }),
    [spanA, costA, spanB, costB],
  )
  return (
    <div className={own.answerFigures}>
      <Figures figures={figures} only letters={letters} />
    </div>
  )
}
