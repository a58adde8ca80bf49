import { useState } from 'react'
import { formatCount } from '../../../shared/format/numbers.ts'
import { ScrollRegion } from '../scroll-region/ScrollRegion.tsx'
import styles from './chart.module.css'
import type { Picture, Spot } from './picture.ts'

/** Rows at first, and with each press more. */
const page = 300

/** Every number of the drawing. */
export function Numbers({ picture, open }: { readonly picture: Picture; readonly open: (spot: Spot) => void }) {
  const { head, rows, row } = picture.table
  const [most, setMost] = useState(page)
  return (
    <ScrollRegion className={styles.numbers} label={picture.title}>
      <table>
        <thead>
          <tr>
            {head.map((title, i) => (
              <th key={`${i} ${title}`} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: Math.min(rows, most) }, (_, i) => {
            const { cells, spot } = row(i)
            const [first, ...rest] = cells
            return (
              <tr key={i}>
                <th scope="row">
                  {spot ? (
                    <button type="button" className={styles.link} onClick={() => open(spot)}>
                      {first}
                    </button>
                  ) : (
                    first
                  )}
                </th>
                {rest.map((cell, c) => (
                  <td key={c}>{cell}</td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
      {rows > most && (
        <button type="button" className={styles.link} onClick={() => setMost(most * 4)}>
          {formatCount(rows - most)} more rows; show more
        </button>
      )}
    </ScrollRegion>
  )
}
