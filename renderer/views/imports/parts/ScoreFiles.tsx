import { useEffect, useState } from 'react'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { formatDateTime } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { announce } from '../../../app/announce.ts'
import { useAsk, useClient } from '../../../app/view.ts'
import { Button } from '../../../components/button/Button.tsx'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { toRequestError, type RequestError } from '../../../state/request-error.ts'
import styles from '../imports.module.css'

/** Files of scores from elsewhere: each is removed whole as well. */
export function ScoreFiles() {
  const client = useClient()
  const asked = useAsk('scores.list', {})
  const { again } = asked
  const [asking, setAsking] = useState<number>()
  const [failure, setFailure] = useState<RequestError>()
  useEffect(() => client.on('notes.changed', again), [client, again])
  const files = asked.data?.files ?? []
  if (files.length === 0) return null
  const remove = async (id: number) => {
    setAsking(undefined)
    setFailure(undefined)
    try {
      const { scores } = await client.ask('scores.remove', { id })
      announce(`${formatPlural(scores, 'score')} removed`)
    } catch (caught) {
      setFailure(toRequestError(caught))
    }
    again()
  }
  return (
    <section aria-label="Scores from elsewhere" className={styles.scores}>
      <h2>{formatPlural(files.length, 'file')} of scores</h2>
      {failure && <ErrorNote title="The scores could not be removed." error={failure} />}
      <ul>
        {files.map(({ id, startedAt, receipt }) => (
          <li key={id} className={styles.scoreFile}>
            <span className={styles.scoreName}>{visibleLine(receipt.file, 120)}</span>
            <span>{formatDateTime(startedAt * 1000).slice(0, 16)}</span>
            <span>{formatPlural(receipt.added + receipt.known, 'score')}</span>
            {receipt.notFound.count > 0 && <span>{formatCount(receipt.notFound.count)} found nothing</span>}
            {asking === id ? (
              <>
                <span>Those that another file gave too stay.</span>
                <Button look="danger" onClick={() => void remove(id)}>
                  Remove
                </Button>
                <Button onClick={() => setAsking(undefined)}>Keep</Button>
              </>
            ) : (
              <Button
                look="quiet"
                aria-label={`Remove the scores of ${visibleLine(receipt.file, 60)}`}
                onClick={() => setAsking(id)}
              >
                Remove…
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
