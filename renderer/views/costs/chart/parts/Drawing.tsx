import { useState } from 'react'
import { Button } from '../../../../components/button/Button.tsx'
import { Legend } from '../../../../components/chart/Legend.tsx'
import { Numbers } from '../../../../components/chart/Numbers.tsx'
import type { Picture, Spot } from '../../../../components/chart/picture.ts'
import { Plot } from '../../../../components/chart/Plot.tsx'
import type { Chart } from '../use-chart.ts'
import styles from './parts.module.css'

interface Props {
  readonly chart: Chart
  readonly asTable: boolean
  /** Back from a part of the picture that was come near to. */
  readonly leave: (() => void) | undefined
}

/** The picture with its title, what the pointer is on, and its parts; only this is made anew while a pointer moves. */
export function Drawing({ chart, asTable, leave }: Props) {
  const { picture, open } = chart
  const [at, setAt] = useState<{ readonly of: Picture; readonly spot: Spot | undefined }>()
  const spot = at?.of === picture ? at.spot : undefined
  return (
    <>
      <div className={styles.head}>
        <h2>{picture.title}</h2>
        <span className={styles.told} aria-hidden="true">
          {spot && picture.box(spot) ? picture.words(spot) : ''}
        </span>
        {leave && <Button onClick={leave}>All traces again</Button>}
      </div>
      {chart.isEmpty ? (
        <p className={styles.empty}>{chart.notes.length > 0 ? 'Nothing can be drawn.' : 'No call matches.'}</p>
      ) : asTable ? (
        <Numbers picture={picture} open={open} />
      ) : (
        <>
          <Plot picture={picture} spot={spot} choose={next => setAt({ of: picture, spot: next })} open={open} />
          <Legend picture={picture} spot={spot} />
        </>
      )}
    </>
  )
}
