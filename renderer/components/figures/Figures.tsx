import type { Figure } from './figures.ts'
import styles from './figures.module.css'

/** What is known of both in numbers and words, and how B stands to A. */
export function Figures({ figures, only }: { readonly figures: readonly Figure[]; readonly only: boolean }) {
  const shown = only ? figures.filter(({ differs }) => differs) : figures
  const left = figures.length - shown.length
  return (
    <table className={styles.figures} aria-label="Figures of A and B">
      <thead>
        <tr>
          <th scope="col">
            <span className="spoken">Figure</span>
          </th>
          <th scope="col">A</th>
          <th scope="col">B</th>
          <th scope="col">B after A</th>
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
