import { useEffect, useMemo } from 'react'
import { comparisonMarkdown } from '../../../../shared/diff/markdown.ts'
import { outputTextOf } from '../../../../shared/diff/span-texts.ts'
import { formatPlural } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { useAsk, useClient } from '../../../app/view.ts'
import { Changes } from '../../../components/diff/Changes.tsx'
import { DiffPane } from '../../../components/diff/DiffPane.tsx'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { Figures } from '../../../components/figures/Figures.tsx'
import { figuresOf } from '../../../components/figures/figures.ts'
import type { GoOn as PutIn } from '../model/go-on.ts'
import type { Original } from '../model/original.ts'
import { toolWords, valueChanges } from '../model/tool-changes.ts'
import styles from '../replay.module.css'
import look from './answers.module.css'
import { GoOn } from './GoOn.tsx'

interface Props {
  readonly original: Original
  /** Of the stored answer. */
  readonly row: number
  readonly goOn: PutIn
}

/** A stored answer beside the logged one: figures, tools, values by their paths, and texts word by word. */
export function Compared({ original, row, goOn }: Props) {
  const read = useAsk('spans.read', { id: row, holdBack: 1 })
  const cost = useAsk('spans.cost', { id: row })
  const client = useClient()
  const { again } = read
  // A score that somebody gives is one of its figures.
  useEffect(() => client.on('notes.changed', again), [client, again])
  const span = read.data
  const { span: was, cost: costWas } = original
  const costIs = cost.data?.cost
  const figures = useMemo(
    () => (span ? figuresOf({ span: was, cost: costWas }, { span, cost: costIs }) : []),
    [was, costWas, span, costIs],
  )
  const texts = useMemo(() => (span ? ([outputTextOf(was), outputTextOf(span)] as const) : undefined), [was, span])
  const before = useMemo(() => ({ text: texts?.[0] ?? '', name: 'logged' }), [texts])
  const after = useMemo(() => ({ text: texts?.[1] ?? '', name: 'answered now' }), [texts])
  const tools = useMemo(() => (span ? toolWords(was, span) : []), [was, span])
  const values = useMemo(() => (span ? valueChanges(was, span) : []), [was, span])
  if (read.error)
    return <ErrorNote title="The stored answer could not be read." error={read.error} retry={read.again} />
  if (!span || !texts) return null
  return (
    <div className={look.compared}>
      <div className={look.figures}>
        <p className={styles.faint}>A is the logged answer, B the one that came now.</p>
        <Figures figures={figures} only={false} />
        {tools.length > 0 && (
          <ul aria-label="Tool calls">
            {tools.map(line => (
              <li key={line}>{visibleLine(line, 300)}</li>
            ))}
          </ul>
        )}
        {values.length > 0 && (
          <details className={look.values}>
            <summary>
              Values that differ, by their paths:{' '}
              {values
                .map(
                  ({ part, changes, more }) =>
                    `${formatPlural(changes.length + more, 'change')} in ${visibleLine(part, 80)}`,
                )
                .join(', ')}
            </summary>
            <Changes parts={values} />
          </details>
        )}
        <GoOn {...goOn} answer={span} traceId={original.traceId} />
      </div>
      <div className={look.diff}>
        <DiffPane
          before={before}
          after={after}
          label="What came back"
          markdown={() =>
            comparisonMarkdown({
              title: was.name,
              from: 'logged',
              to: 'answered now',
              texts: [{ title: 'What came back', before: texts[0], after: texts[1] }],
              parts: [],
              notes: [...tools],
            })
          }
        />
      </div>
    </div>
  )
}
