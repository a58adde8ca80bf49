import type { Grade, ReplayRequest } from '../../../../shared/replay/types.ts'
import styles from '../replay.module.css'

const words: { readonly [grade in Grade]: readonly [title: string, help: string] } = {
  A: ['Exact', 'The log has the body itself. Unedited, it goes out to the byte as it was logged.'],
  B: ['Put together', 'The log has no body: it is put together from what the log says, and nothing else.'],
  C: ['Lossy', 'Something that was sent is not in the log, or leans on what only its first sender has.'],
}

interface Props {
  readonly request: ReplayRequest
  readonly edited: boolean
  /** A person said that it goes out without what is missing. */
  readonly agreed: boolean
  readonly agree: (agreed: boolean) => void
}

/** How true the request is to what was logged. */
export function GradeNote({ request: { grade }, edited, agreed, agree }: Props) {
  const [title, help] = words[grade]
  return (
    <div className={styles.grade} data-grade={grade}>
      <p>
        <b className={styles.letter}>{grade}</b> <b>{title}</b>
        {edited && ', edited'}. {help}
      </p>
      {grade === 'C' && !edited && (
        <label className={styles.check}>
          <input type="checkbox" checked={agreed} onChange={event => agree(event.target.checked)} />
          Send it without what is missing
        </label>
      )}
    </div>
  )
}
