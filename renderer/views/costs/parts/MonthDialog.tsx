import { Dialog } from '@base-ui/react/dialog'
import { useId, useRef, useState } from 'react'
import { formatShare } from '../../../../shared/format/numbers.ts'
import { isMonth, monthAt } from '../../../../shared/report/month.ts'
import { announce } from '../../../app/announce.ts'
import { useClient } from '../../../app/view.ts'
import { Button } from '../../../components/button/Button.tsx'
import dialog from '../../../components/dialog/dialog.module.css'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import styles from '../../../components/export/export.module.css'
import { saveFile } from '../../../components/export/save-file.ts'
import { WritingDialog } from '../../../components/export/WritingDialog.tsx'
import { RequestCancelled, toRequestError, type RequestError } from '../../../state/request-error.ts'
import { userZone } from '../../../state/question.ts'
import own from '../costs.module.css'

type Form = 'html' | 'csv'

const forms: readonly (readonly [Form, string])[] = [
  ['html', 'a page: for a browser, for paper, without script'],
  ['csv', 'a table: all rows, for a spreadsheet'],
]

/** Writes what a month cost to a file that one can send on. */
export function MonthDialog({ close }: { readonly close: () => void }) {
  const client = useClient()
  const zone = userZone()
  const [month, setMonth] = useState(() => monthAt(Date.now(), zone))
  const [form, setForm] = useState<Form>('html')
  const [withPrompts, setWithPrompts] = useState(false)
  const [progress, setProgress] = useState<number>()
  const [error, setError] = useState<RequestError>()
  const stop = useRef<AbortController>(undefined)
  const id = useId()
  const running = progress !== undefined

  const start = async () => {
    const abort = (stop.current = new AbortController())
    setError(undefined)
    setProgress(0)
    try {
      // Hardly anybody needs it when the window opens.
      const { gatherReport, printCsv, printHtml } = await import('../../../../shared/report/index.ts')
      const wish = { month, zone, now: Date.now(), withPrompts: withPrompts && form === 'html' }
      const report = await gatherReport(
        (...asked) => client.ask(...asked),
        wish,
        (done, all) => setProgress(done / all),
        abort.signal,
      )
      if (abort.signal.aborted) return
      const text = form === 'html' ? printHtml(report) : printCsv(report)
      saveFile(new Blob([text], { type: form === 'html' ? 'text/html' : 'text/csv' }), `costs-${month}.${form}`)
      announce(`Saved costs-${month}.${form}`)
      close()
    } catch (caught) {
      if (!(caught instanceof RequestCancelled)) setError(toRequestError(caught))
    } finally {
      setProgress(undefined)
    }
  }
  return (
    <WritingDialog title="Month report" stop={stop} close={close}>
      <form
        className={styles.group}
        onSubmit={event => {
          event.preventDefault()
          if (isMonth(month) && !running) void start()
        }}
      >
        <label className={styles.choice}>
          <span>Month</span>
          <input
            className={own.input}
            type="month"
            required
            value={month}
            pattern="[0-9]{4}-[0-9]{2}"
            placeholder="2026-11"
            onChange={event => setMonth(event.target.value)}
          />
        </label>
        {forms.map(([value, label]) => (
          <label key={value} className={styles.choice}>
            <input type="radio" name={id} checked={form === value} onChange={() => setForm(value)} />
            <span>{label}</span>
          </label>
        ))}
        <label className={styles.choice}>
          <input
            type="checkbox"
            checked={withPrompts}
            disabled={form === 'csv'}
            onChange={event => setWithPrompts(event.target.checked)}
          />
          <span>Quote a text of each of the dearest prompts</span>
        </label>
        {error && <ErrorNote title="The report could not be made." error={error} />}
        <p className={styles.aside} role="status">
          {running
            ? `Adding up: ${formatShare(progress, 1)}`
            : `Days of ${zone}. ${withPrompts && form === 'html' ? 'The page will hold texts of prompts.' : 'No text of a prompt or an answer is in it.'}`}
        </p>
        <div className={dialog.actions}>
          <Dialog.Close render={<Button>Cancel</Button>} />
          <Button type="submit" look="primary" disabled={running || !isMonth(month)}>
            {running ? 'Adding up…' : 'Save'}
          </Button>
        </div>
      </form>
    </WritingDialog>
  )
}
