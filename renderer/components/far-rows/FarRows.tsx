import { type ReactNode, startTransition, useContext, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createSight, SightContext, type Sight } from './sight.ts'

interface Props {
  readonly count: number
  /** Rows made together: as many as one task may take. */
  readonly together?: number
  /** Pixels that rows from here to there may take until they are known. */
  readonly guess: (from: number, to: number) => number
  /** Whether rows must be on the page although nobody sees them: what was looked for is in them. */
  readonly needed?: ((from: number, to: number) => boolean) | undefined
  readonly children: (index: number) => ReactNode
}

/**
 * Rows of any height and number, in the flow of the page: those near what is seen are made, a few at a time, and the
 * others are room of about their size. The browser keeps what is being read in its place while rows above it appear.
 */
export function FarRows(props: Props) {
  const element = useRef<HTMLDivElement>(null)
  const [sight, setSight] = useState<Sight>()
  useLayoutEffect(() => {
    const made = createSight(element.current)
    setSight(made)
    return () => made.end()
  }, [])
  return (
    <div ref={element}>
      {sight && (
        <SightContext value={sight}>
          <Stretch {...props} from={0} to={props.count} first />
        </SightContext>
      )}
    </div>
  )
}

/** Stretches a stretch is divided into: a few levels are enough for a million rows. */
const parts = 24

interface StretchProps extends Omit<Props, 'count'> {
  readonly from: number
  readonly to: number
  /** Is made at once, without waiting to be seen. */
  readonly first: boolean
}

function Stretch({ from, to, first, ...props }: StretchProps) {
  const { together = 6, guess, needed, children } = props
  const sight = useContext(SightContext)
  const element = useRef<HTMLDivElement>(null)
  const isNeeded = needed?.(from, to) ?? false
  const [near, setNear] = useState(first)
  // What the reader did here stays, an unfolded text or a selection; and so does what somebody needs.
  const stays = useRef(false)
  const [tall, setTall] = useState<number>()

  useEffect(() => {
    const target = element.current
    if (!target || !sight) return undefined
    return sight.watch(target, (inSight, height) => {
      if (inSight) startTransition(() => setNear(true))
      else if (!stays.current && to - from <= together) {
        setTall(height)
        setNear(false)
      }
    })
  }, [sight, from, to, together])
  useEffect(() => {
    if (!isNeeded) return undefined
    stays.current = true
    return near ? undefined : sight?.soon(() => setNear(true))
  }, [isNeeded, near, sight])

  const size = to - from
  const step = stepOf(size, together)
  if (!near) return <div ref={element} style={{ height: tall ?? guess(from, to) }} />
  const touch = () => {
    stays.current = true
  }
  return (
    <div ref={element} onPointerDownCapture={touch} onKeyDownCapture={touch}>
      {size <= together
        ? Array.from({ length: size }, (_, i) => children(from + i))
        : Array.from({ length: Math.ceil(size / step) }, (_, i) => (
            <Stretch
              {...props}
              key={from + i * step}
              from={from + i * step}
              to={Math.min(to, from + (i + 1) * step)}
              first={first && i === 0}
            />
          ))}
    </div>
  )
}

/** Rows of each part of a stretch: the lowest parts hold `together` rows. */
function stepOf(size: number, together: number): number {
  let step = together
  while (step * parts < size) step *= parts
  return step
}
