import { useState } from 'react'
import { useCommands } from '../../../app/view.ts'
import popup from '../../../components/popup/popup.module.css'
import { costCommands } from '../commands.ts'
import { MonthDialog } from './MonthDialog.tsx'

/** Opens the report of a month. */
export function MonthButton() {
  const [open, setOpen] = useState(false)
  useCommands([{ ...costCommands.month, run: () => setOpen(true) }])
  return (
    <>
      <button type="button" className={popup.tool} onClick={() => setOpen(true)}>
        Month report
      </button>
      {open && <MonthDialog close={() => setOpen(false)} />}
    </>
  )
}
