import { ChartColumn, Table, Timer } from 'lucide-react'
import { adjustQuery } from '../../../../app/view.ts'
import styles from './parts.module.css'

const views = [
  { id: 'table', label: 'Table', icon: Table },
  { id: 'chart', label: 'Chart', icon: ChartColumn },
  { id: 'latency', label: 'Latency', icon: Timer },
] as const
type CostsShownAs = (typeof views)[number]['id']

/** The same calls as a table, as a chart, or by where their time goes; the address says which, so that a link shows it. */
export function ViewSwitch({ view }: { readonly view: CostsShownAs }) {
  return (
    <span className={styles.switch} role="group" aria-label="Shown as">
      {views.map(({ id, label, icon: Icon }) => (
        <button
          key={id}
          type="button"
          aria-pressed={view === id}
          onClick={() => adjustQuery({ view: id === 'table' ? undefined : id }, { push: true })}
        >
          <Icon size={13} aria-hidden="true" /> {label}
        </button>
      ))}
    </span>
  )
}
