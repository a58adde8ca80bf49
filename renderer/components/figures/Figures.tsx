import type { Figure } from './figures.ts'
import styles from './figures.module.css'

interface Props {
  readonly figures: readonly Figure[]
  readonly only: boolean
  /** What the two are called. */
  readonly letters?: readonly [string, string]
}

/** What is known of both in numbers and words, and how B stands to A. */
export function Figures({ figures, only, letters: [a, b] = ['A', 'B'] }: Props) {
  const shown = only ? figures.filter(({ differs }) => differs) : figures
  const left = figures.length - shown.length
  return (
    <table className={styles.figures} aria-label={`Figures of ${a} and ${b}`}>
      <thead>
        <tr>
          <th scope="col">
            <span className="spoken">Figure</span>
          </th>
          <th scope="col">{a}</th>
          <th scope="col">{b}</th>
          <th scope="col">
            {b} after {a}
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ name, a, b, differs, change, judged }) => (
          <tr key={name} data-differs={differs || undefined}>
            <th scope="row">{name}</th>
            <td>{a}</td>
            <td>{b}</td>
            <td data-judged={judged}>
              {change ?? (differs ? 'differs' : '=')}
              {judged && `, ${judged}`}
            </td>
          </tr>
        ))}
        {left > 0 && (
          <tr>
            <td colSpan={4} className={styles.faint}>
              {left} more {left === 1 ? 'is' : 'are'} the same
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}
