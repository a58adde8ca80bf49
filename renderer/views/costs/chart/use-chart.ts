import { useEffect, useMemo, useState } from 'react'
import type { Input } from '../../../../shared/contract/index.ts'
import type { Question } from '../../../../shared/contract/search.ts'
import type { Picture, Spot } from '../../../components/chart/picture.ts'
import { mostInks } from '../../../components/chart/paints.ts'
import { navigate, useAsk } from '../../../app/view.ts'
import { userZone } from '../../../state/question.ts'
import { useLast } from '../../../state/use-last.ts'
import { labelOfField } from '../model/address.ts'
import type { ChartAddress } from './model/address.ts'
import { denseIn, pointNotes, spreadNotes, timeNotes, type Dense } from './model/notes.ts'
import { callsBehind, callsBetween } from './model/opened.ts'
import { pointsPicture } from './model/points-picture.ts'
import { spreadPicture } from './model/spread-picture.ts'
import { printer } from './model/texts.ts'
import { timePicture } from './model/time-picture.ts'
import { spreads } from '../../../../shared/query/chart-measures.ts'

interface Asked {
  readonly query: string
  /** Undefined: the query cannot be read. */
  readonly where: Question | undefined
  readonly success: Question | undefined
  readonly successAmong: Question | undefined
}

export interface Chart {
  readonly picture: Picture
  readonly notes: readonly string[]
  readonly isEmpty: boolean
  readonly open: (spot: Spot) => void
  /** A stretch of time that few calls make small. */
  readonly dense?: Dense | undefined
}

/** Bars across a picture, and points before they are counted in cells. */
const [mostBars, mostDots] = [60, 4000]
const live = { live: true }

function goToCalls(query: string): void {
  navigate(query === '' ? '/calls' : `/calls?${new URLSearchParams({ q: query }).toString()}`)
}

/** While nobody sees the window nothing is asked: what came meanwhile is there when it is looked at again. */
function useSeen(): boolean {
  const [seen, setSeen] = useState(() => document.visibilityState !== 'hidden')
  useEffect(() => {
    const look = () => setSeen(document.visibilityState !== 'hidden')
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  return seen
}

export function useTimeChart({ query, where, success, successAmong }: Asked, address: ChartAddress, isOn: boolean) {
  const { by, per, measure } = address
  const seen = useSeen()
  const input: Input<'charts.series'> | null =
    isOn && seen && where
      ? {
          ...(query === '' ? {} : { where }),
          ...(by === undefined ? {} : { by }),
          ...(per ? { per } : {}),
          ...(success ? { success } : {}),
          ...(successAmong ? { successAmong } : {}),
          zone: userZone(),
          measure,
          top: mostInks - 1,
        }
      : null
  const asked = useAsk('charts.series', input, live)
  const { data, fresh } = asked
  const chart = useMemo((): Chart | undefined => {
    if (!data || !fresh) return undefined
    const field = by === undefined ? undefined : (labelOfField(by) ?? by)
    return {
      picture: timePicture(data, measure, by, userZone()),
      notes: timeNotes(data, measure, field, per),
      isEmpty: data.starts.length === 0,
      dense: denseIn(data, query),
      open: ({ at, part }) =>
        goToCalls(callsBehind({ query, by, per: data.per, series: data.series, measure }, data.starts[at]!, part)),
    }
  }, [data, fresh, query, by, per, measure])
  return { ...asked, chart: useLast(chart), per: data?.per }
}

export function useSpreadChart({ query, where }: Asked, { of, scale }: ChartAddress, isOn: boolean) {
  const seen = useSeen()
  const input = isOn && seen && where ? { ...(query === '' ? {} : { where }), of, scale, most: mostBars } : null
  const asked = useAsk('charts.spread', input, live)
  const { data, fresh } = asked
  const chart = useMemo((): Chart | undefined => {
    if (!data || !fresh) return undefined
    const { type } = spreads[of]
    const print = (value: number) => printer(type)(type === 'duration' ? value / 1000 : value)
    return {
      picture: spreadPicture(data, of, scale),
      notes: spreadNotes(data, of, print),
      isEmpty: data.counts.length === 0,
      open: ({ at }) => goToCalls(callsBetween(query, of, data.edges[at]!, data.edges[at + 1]!)),
    }
  }, [data, fresh, query, of, scale])
  return { ...asked, chart: useLast(chart) }
}

type Within = NonNullable<Input<'charts.points'>['within']>

/** `score`: undefined where nobody gave any. */
export function usePointsChart(
  { query, where }: Asked,
  { against, scale }: ChartAddress,
  score: string | undefined,
  isOn: boolean,
) {
  const seen = useSeen()
  // A cell that was opened is that of one picture.
  const of = JSON.stringify([query, against, scale, score])
  const [near, setNear] = useState<{ readonly of: string; readonly within: Within }>()
  const within = near?.of === of ? near.within : undefined
  const input =
    isOn && seen && where && score !== undefined
      ? { ...(query === '' ? {} : { where }), score, of: against, scale, most: mostDots, ...(within ? { within } : {}) }
      : null
  const asked = useAsk('charts.points', input, live)
  const { data, fresh } = asked
  const chart = useMemo((): Chart | undefined => {
    if (!data || !fresh || score === undefined) return undefined
    const { isCounted, ids, x, y } = data
    return {
      picture: pointsPicture(data, { score, against, scale }),
      notes: pointNotes(data, against, scale === 'log'),
      isEmpty: data.shown === 0,
      open: ({ at, part }) => {
        if (!isCounted) return navigate(`/trace/${encodeURIComponent(ids[at]!)}`)
        const isTop = part === y.length - 2
        // Whole numbers: a cell does not hold its upper edge.
        const ends = [y[part]!, y[part + 1]! - (isTop ? 0 : 1)] as const
        return setNear({ of, within: { x: [x[at]!, x[at + 1]!], y: ends } })
      },
    }
  }, [data, fresh, of, score, against, scale])
  return { ...asked, chart: useLast(chart), leave: within ? () => setNear(undefined) : undefined }
}
