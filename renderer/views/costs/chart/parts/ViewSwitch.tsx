import { ChartColumn, Table } from 'lucide-react'
import { adjustQuery } from '../../../../app/view.ts'
import styles from './parts.module.css'

/** The same calls as a table or as a chart; the address says which, so that a link shows it. */
export function ViewSwitch({ view }: { readonly view: 'table' | 'chart' }) {
  const show = (next: 'table' | 'chart') => adjustQuery({ view: next === 'chart' ? next : undefined }, { push: true })
  return (
    <span className={styles.switch} role="group" aria-label="Shown as">
      <button type="button" aria-pressed={view === 'table'} onClick={() => show('table')}>
        <Table size={13} aria-hidden="true" /> Table
      </button>
      <button type="button" aria-pressed={view === 'chart'} onClick={() => show('chart')}>
        <ChartColumn size={13} aria-hidden="true" /> Chart
      </button>
    </span>
  )
}
