import { useCallback, useState } from 'react'
import { announce } from '../../app/announce.ts'
import { type Cursor, goTo, type Move, remeasured, startCursor } from './model/cursor.ts'
import { nothingFolded, visibleRows } from './model/folding.ts'
import type { TraceModel } from './model.ts'
import { useLatest } from '../../state/use-latest.ts'

interface Held {
  readonly model: TraceModel
  readonly cursor: Cursor
}

/** The rows that a jump goes through, and what one of them is called: "error 2 of 5" is said on arrival. */
export interface Among {
  readonly word: string
  readonly has: (model: TraceModel, row: number, at: number) => boolean
}

function placeIn(model: TraceModel, at: number, { word, has }: Among): string {
  let before = 0
  let all = 0
  for (let row = 0; row < model.shape.count; row++) {
    if (!has(model, row, at)) continue
    all++
    if (row <= at) before++
  }
  return `${word} ${before} of ${all}`
}

/** The cursor of a trace. It starts on the span of a given row id, and stays on its span when the trace grows. */
export function useCursor(model: TraceModel, span: string | null) {
  const [held, setHeld] = useState<Held>(() => ({
    model,
    cursor: startCursor(model, rowOfSpan(model, Number(span ?? -1))),
  }))
  let now = held
  if (held.model !== model) {
    now = { model, cursor: carryOver(held, model) }
    setHeld(now)
  }
  const latest = useLatest(now)

  const move = useCallback((by: Move) => {
    setHeld(old => {
      const cursor = remeasured(old.model, by(old.model, old.cursor))
      return cursor === old.cursor ? old : { ...old, cursor }
    })
  }, [])
  const jump = useCallback(
    (by: Move, otherwise: string, among?: Among) => {
      const { model: of, cursor: from } = latest.current
      const to = by(of, from)
      if (to.row === from.row && to.hidden === from.hidden) return announce(otherwise)
      move(() => to)
      if (among) announce(placeIn(of, to.row, among))
    },
    [latest, move],
  )
  return { cursor: now.cursor, move, jump }
}

function rowOfSpan(model: TraceModel, id: number): number {
  return model.tree.id.indexOf(id)
}

/** The same spans selected and folded in a trace that was read again. */
function carryOver({ model: old, cursor }: Held, model: TraceModel): Cursor {
  const folded = nothingFolded(model.shape)
  if (cursor.folded.includes(1)) {
    const ids = new Set<number>()
    for (let row = 0; row < cursor.folded.length; row++) if (cursor.folded[row]) ids.add(old.tree.id[row]!)
    for (let row = 0; row < folded.length; row++) if (ids.has(model.tree.id[row]!)) folded[row] = 1
  }
  const row = Math.max(0, rowOfSpan(model, old.tree.id[cursor.row]!))
  const range = cursor.range.from === old.whole.from && cursor.range.to === old.whole.to ? model.whole : cursor.range
  const visible = visibleRows(model.shape, folded)
  const { column, path } = cursor
  const carried = { row, column, folded, hidden: undefined, visible, range, path, measured: undefined }
  return goTo(row)(model, carried)
}
