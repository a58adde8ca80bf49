import { useLayoutEffect, useRef } from 'react'
import styles from './chart.module.css'
import { drawSwatch } from './paints.ts'
import type { Picture, Spot } from './picture.ts'
import { usePaints } from './use-paints.ts'

/** What the parts are called, with a sample of the ink of each, and how much they come to. */
export function Legend({ picture, spot }: { readonly picture: Picture; readonly spot: Spot | undefined }) {
  if (picture.parts.length < 2) return null
  const isLine = picture.lines !== undefined
  return (
    <ul className={styles.legend} aria-label="Parts of the chart">
      {picture.parts.map((part, i) => (
        <li key={`${i} ${part.label}`} data-at={(spot && spot.part === i) || undefined}>
          <Swatch ink={part.ink} isLine={isLine} />
          <span className={styles.name} title={part.label}>
            {part.label}
          </span>
          <span className={styles.value}>{part.value(spot)}</span>
        </li>
      ))}
    </ul>
  )
}

const [width, height] = [22, 12]

function Swatch({ ink, isLine }: { readonly ink: number; readonly isLine: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const paints = usePaints()
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const ratio = devicePixelRatio
    context.canvas.width = width * ratio
    context.canvas.height = height * ratio
    const area = { x: 0, y: 0, width: width * ratio, height: height * ratio }
    drawSwatch(context, paints, { ink, isLine }, area, ratio)
  }, [ink, isLine, paints])
  return <canvas ref={canvas} className={styles.swatch} style={{ width, height }} aria-hidden="true" />
}
