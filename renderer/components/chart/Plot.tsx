import type UPlot from 'uplot'
import { useId, useLayoutEffect, useRef, useState, type PointerEvent } from 'react'
import { announce } from '../../app/announce.ts'
import { useCommands } from '../../app/view.ts'
import styles from './chart.module.css'
import { chartCommands } from './commands.ts'
import { makePlot } from './make-plot.ts'
import type { Picture, Spot } from './picture.ts'
import { usePaints } from './use-paints.ts'

interface Props {
  readonly picture: Picture
  readonly spot: Spot | undefined
  readonly choose: (spot: Spot | undefined) => void
  readonly open: (spot: Spot) => void
}

/** A picture that a pointer and keys move through; what is chosen is framed, and spoken when keys chose it. */
export function Plot({ picture, spot, choose, open }: Props) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const paints = usePaints()
  /** Anew after each drawing: what is framed lies elsewhere then. */
  const [drawn, setDrawn] = useState<{ readonly plot: UPlot }>()

  useLayoutEffect(() => {
    const target = box.current
    if (!target) return undefined
    const measure = () => setSize({ width: target.clientWidth, height: target.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(target)
    return () => observer.disconnect()
  }, [])
  useLayoutEffect(() => {
    // Nobody sees a picture without a size.
    if (!canvas.current || size.width < 80 || size.height < 60) return undefined
    const made = makePlot(picture, paints, size, canvas.current, () => setDrawn({ plot: made }))
    return () => {
      setDrawn(undefined)
      made.destroy()
    }
  }, [picture, size, paints])

  const { first, last } = picture.ends
  const go = (next: Spot | undefined) => {
    if (!next) return
    choose(next)
    announce(picture.words(next))
  }
  const from = spot && picture.box(spot) ? spot : undefined
  const has = () => first !== undefined
  const step = (across: number, up: number) => go(from ? picture.step(from, across, up) : across > 0 ? first : last)
  useCommands(
    [
      { ...chartCommands.next, when: has, run: () => step(1, 0) },
      { ...chartCommands.previous, when: has, run: () => step(-1, 0) },
      { ...chartCommands.up, when: has, run: () => step(0, 1) },
      { ...chartCommands.down, when: has, run: () => step(0, -1) },
      { ...chartCommands.first, when: has, run: () => go(first) },
      { ...chartCommands.last, when: has, run: () => go(last) },
      { ...chartCommands.open, when: () => from !== undefined, run: () => from && open(from) },
    ],
    { within: box },
  )
  const spotAt = (event: PointerEvent): Spot | undefined => {
    const now = drawn?.plot
    if (!now) return undefined
    const { left, top, width, height } = now.over.getBoundingClientRect()
    const [x, y] = [event.clientX - left, event.clientY - top]
    if (x < 0 || y < 0 || x > width || y > height) return undefined
    const near = {
      x: Math.abs(now.posToVal(1, 'x') - now.posToVal(0, 'x')),
      y: Math.abs(now.posToVal(1, 'y') - now.posToVal(0, 'y')),
    }
    return picture.hit(now.posToVal(x, 'x'), now.posToVal(y, 'y'), near)
  }
  return (
    <div
      ref={box}
      role="group"
      // One Tab stop: the keys choose a point.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={picture.title}
      aria-describedby={`${id}-keys`}
      className={styles.plot}
      onPointerMove={event => {
        const at = spotAt(event)
        if (at?.at !== spot?.at || at?.part !== spot?.part) choose(at)
      }}
      onPointerLeave={() => choose(undefined)}
      onPointerUp={event => {
        const at = event.button === 0 ? spotAt(event) : undefined
        if (at) open(at)
      }}
    >
      <div ref={canvas} className={styles.canvas} aria-hidden="true" />
      {drawn && from && <Frame plot={drawn.plot} picture={picture} spot={from} />}
      <p id={`${id}-keys`} className="spoken">
        Left and Right go from point to point, Up and Down from part to part; Enter opens what is behind it. The numbers
        are there as a table, too.
      </p>
    </div>
  )
}

/** Pixels of the frame around a mark, at least. */
const least = 10

function Frame({ plot, picture, spot }: { readonly plot: UPlot; readonly picture: Picture; readonly spot: Spot }) {
  const around = picture.box(spot)
  if (!around) return null
  const { offsetLeft, offsetTop } = plot.over
  const [left, right] = [plot.valToPos(around.x0, 'x'), plot.valToPos(around.x1, 'x')]
  const [top, bottom] = [plot.valToPos(around.y1, 'y'), plot.valToPos(around.y0, 'y')]
  const [width, height] = [Math.max(least, right - left), Math.max(least, bottom - top)]
  return (
    <span
      className={styles.frame}
      aria-hidden="true"
      style={{
        left: offsetLeft + (left + right - width) / 2,
        top: offsetTop + (top + bottom - height) / 2,
        width,
        height,
      }}
    />
  )
}
