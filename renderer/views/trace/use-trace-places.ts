import { formatDuration } from '../../../shared/format/times.ts'
import { readDuration } from '../../../shared/query/values.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { useClient, useGoTo, type GoToPlace } from '../../app/view.ts'
import { goTo, type Move } from './model/cursor.ts'
import type { TraceModel } from './model.ts'
import { nameOf } from './model/words.ts'

/** Where `:` of the palette leads in a trace: `:2.5s` to what ran then, a span's id to it. */
export function useTracePlaces(model: TraceModel, move: (move: Move) => void, toGrid: () => void): void {
  const client = useClient()
  const lead = (id: string, title: string, row: number): GoToPlace => ({
    id,
    title,
    run: () => {
      move(goTo(row))
      toGrid()
    },
  })
  useGoTo(async text => {
    const at = readDuration(text)
    if (at !== undefined) {
      const row = runningAt(model, Number(at) / 1000)
      if (row < 0) return []
      const title = `${formatDuration(Number(at) / 1000)}: ${visibleLine(nameOf(model.tree, row), 100)}`
      return [lead('time', title, row)]
    }
    const { id } = await client.ask('spans.find', { trace: model.tree.trace.id, spanId: text })
    const row = id === null ? -1 : model.tree.id.indexOf(id)
    return row < 0
      ? []
      : [lead('span', `Span ${visibleLine(text, 60)}: ${visibleLine(nameOf(model.tree, row), 100)}`, row)]
  })
}

/** The innermost span that runs at a time, microseconds from the start of the trace; -1 for none. */
function runningAt({ tree, shape }: TraceModel, at: number): number {
  let found = -1
  for (let row = 0; row < shape.count; row++) {
    const offset = tree.offset[row]!
    const isOn = offset <= at && at <= offset + tree.duration[row]!
    if (isOn && (found < 0 || shape.depth[row]! >= shape.depth[found]!)) found = row
  }
  return found
}
