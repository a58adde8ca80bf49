import type { UnknownField } from '../../../shared/query/ast.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import type { Reading } from './model/reading.ts'
import styles from './query-bar.module.css'

interface Props {
  readonly id: string
  readonly text: string
  readonly reading: Reading
  /** The mistake is where somebody is still typing: no alarm yet. */
  readonly unfinished: boolean
  /** Said instead of everything else: what could not be pasted. */
  readonly refused: string | undefined
  /** What is shown is another query's: the last that could be read. */
  readonly keeps: boolean
  readonly pointAt: (from: number, to: number) => void
  readonly replace: (at: UnknownField['at'], name: string) => void
}

/** Under the box: the query in words, or what is wrong with it and where. */
export function Message({ id, text, reading, unfinished, refused, keeps, pointAt, replace }: Props) {
  const { error, unknown, echo } = reading
  if (refused !== undefined) {
    return (
      <p id={id} className={styles.message} data-wrong>
        {refused}
      </p>
    )
  }
  if (error) {
    const { from, to } = error.at
    return (
      <p id={id} className={styles.message} data-wrong={!unfinished || undefined}>
        <button type="button" className={styles.link} onClick={() => pointAt(from, to)}>
          At character {from + 1}
        </button>
        : {visibleLine(error.message, 400)}
        {keeps && !unfinished && <span className={styles.aside}> What is shown is the result before.</span>}
      </p>
    )
  }
  return (
    <p id={id} className={styles.message}>
      {text.trim() !== '' && visibleLine(echo, 1000)}
      {unknown.slice(0, 3).map(field => (
        <span key={field.at.from}>
          {' · '}
          <code>{visibleLine(field.name, 40)}</code> is no field: searched as text.
          {field.nearest.length > 0 && ' Did you mean '}
          {field.nearest.map((name, i) => (
            <span key={name}>
              {i > 0 && ' or '}
              <button type="button" className={styles.link} onClick={() => replace(field.at, name)}>
                {name}
              </button>
            </span>
          ))}
          {field.nearest.length > 0 && '?'}
        </span>
      ))}
    </p>
  )
}
