import { LoaderCircle, NotebookPen, OctagonAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ListKind } from '../../../../shared/contract/lists.ts'
import { spanKinds } from '../../../../shared/domain/kind.ts'
import { formatCount, formatMoney, formatTokens } from '../../../../shared/format/numbers.ts'
import { formatDate, formatDuration, formatTime } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { KindIcon } from '../../../components/kind/KindIcon.tsx'
import type { RowNote } from '../../../state/notes.ts'
import { valueMark } from '../../../components/value/value-desk.ts'
import { shownNumber, isList } from '../model/cell-text.ts'
import type { ChosenColumn } from '../model/column-choice.ts'
import { firstInput } from '../model/columns.ts'
import { costWords } from '../model/cost-words.ts'
import { cellOf, numberIn, textIn, type ListRow } from '../model/page.ts'
import cells from './cell.module.css'
import tones from './tones.module.css'

export type RowKind = ListKind | 'groups'

interface Props {
  readonly column: ChosenColumn
  readonly kind: RowKind
  readonly row: ListRow | undefined
  readonly input: string | null | undefined
  readonly note: RowNote | undefined
}

/** What stands in a cell: unknown is a dash or nothing, never zero. Words can be taken into the query. */
export function Cell(props: Props) {
  const { column, row } = props
  const word = row && column.type === 'text' && column.id !== 'value' ? textIn(row, column.id) : undefined
  const content = <Content {...props} />
  if (word === undefined || word.length > 1000) return content
  return (
    <span className={cells.words} {...valueMark(column.id, word)}>
      {content}
    </span>
  )
}

function Content({ column, kind, row, input, note }: Props) {
  if (!row) return column.type === 'time' ? <span className={tones.faint}>…</span> : null
  const { id } = column
  if (id === firstInput) return <span className={tones.muted}>{input ? visibleLine(input, 200) : ''}</span>
  if (id === 'name') return <NameCell row={row} note={note} />
  if (id === 'value') return <GroupCell row={row} />
  if (id === 'kind' && kind !== 'traces' && kind !== 'sessions') return <KindCell kind={textIn(row, id)} />
  if (id === 'status') return <StatusCell status={textIn(row, id)} />
  if (id === 'errors') return <ErrorsCell count={numberIn(row, id)} />
  if (id === 'cost') return <CostCell row={row} kind={kind} />
  if (id === 'duration') return <DurationCell duration={numberIn(row, id)} />
  const value = cellOf(row, id)
  if (value === undefined) return <span className={tones.faint}>{column.numeric ? '—' : ''}</span>
  if (isList(value)) return <span title={value.length > 1 ? wordsOf(value) : undefined}>{wordsOf(value)}</span>
  if (typeof value === 'string') return <span>{visibleLine(value, 200)}</span>
  if (column.type === 'time') return <TimeCell time={value} />
  if (column.type === 'duration') return <span>{formatDuration(value)}</span>
  if (column.type === 'money') return <span>{formatMoney(value)}</span>
  if (id.startsWith('tokens')) return <span title={formatCount(value)}>{formatTokens(value)}</span>
  return <span className={value === 0 && column.type === 'count' ? tones.faint : undefined}>{shownNumber(value)}</span>
}

function wordsOf(values: readonly (string | number)[]): string {
  return values.map(value => (typeof value === 'number' ? shownNumber(value) : visibleLine(value, 100))).join(', ')
}

function TimeCell({ time }: { readonly time: number }) {
  return (
    <>
      <span className={tones.faint}>{formatDate(time)}&nbsp;</span> {formatTime(time)}
    </>
  )
}

function NameCell({ row, note }: { readonly row: ListRow; readonly note: RowNote | undefined }) {
  const name = visibleLine(textIn(row, 'name') ?? '', 200)
  return (
    <>
      {(numberIn(row, 'growing') ?? 0) > 0 && (
        <span className={cells.growing} title="Its import is still running: this trace may grow.">
          <LoaderCircle size={11} aria-label="growing" role="img" />
        </span>
      )}
      <span className={cells.name}>{name || <span className={tones.faint}>unnamed</span>}</span>
      {note?.tags.map(tag => (
        <span key={tag} className={cells.tag}>
          <span className="spoken">, tag </span>
          {visibleLine(tag, 40)}
        </span>
      ))}
      {note?.note !== undefined && (
        <span className={cells.noted} title={visibleLine(note.note, 600)}>
          <NotebookPen size={11} role="img" aria-label={`note: ${visibleLine(note.note, 200)}`} />
        </span>
      )}
    </>
  )
}

function GroupCell({ row }: { readonly row: ListRow }) {
  const value = cellOf(row, 'value')
  if (value === undefined) return <span className={tones.faint}>none</span>
  return (
    <span className={cells.name}>
      {typeof value === 'string' ? visibleLine(value, 200) || '(empty)' : wordsOf([value].flat())}
    </span>
  )
}

function KindCell({ kind }: { readonly kind: string | undefined }) {
  const known = spanKinds.find(one => one === kind)
  if (!known) return null
  return (
    <span className={cells.kind}>
      <KindIcon kind={known} /> {known}
    </span>
  )
}

function StatusCell({ status }: { readonly status: string | undefined }) {
  if (status === undefined || status === 'unset') return <span className={tones.faint}>—</span>
  if (status !== 'error') return <span className={tones.muted}>{status}</span>
  return (
    <span className={tones.errors}>
      <OctagonAlert size={11} aria-hidden="true" /> error
    </span>
  )
}

function ErrorsCell({ count }: { readonly count: number | undefined }) {
  if (!count) return null
  return (
    <span className={tones.errors}>
      <OctagonAlert size={11} aria-hidden="true" /> {formatCount(count)}
      <span className="spoken"> errors</span>
    </span>
  )
}

function CostCell({ row, kind }: { readonly row: ListRow; readonly kind: RowKind }) {
  const cost = numberIn(row, 'cost')
  const sums = kind === 'traces' || kind === 'sessions'
  const words = sums
    ? costWords({ cost, calls: numberIn(row, 'calls') ?? 0, uncosted: numberIn(row, 'uncosted') ?? 0 })
    : undefined
  return (
    <Shared part={cost} whole="--most-cost" title={words}>
      <span className={cost === undefined ? tones.faint : undefined}>{formatMoney(cost)}</span>
      {words && cost !== undefined && <span className={tones.doubt}> ?</span>}
      {words && <span className="spoken"> ({words})</span>}
    </Shared>
  )
}

function DurationCell({ duration }: { readonly duration: number | undefined }) {
  return (
    <Shared part={duration} whole="--most-duration">
      {duration === undefined ? <span className={tones.faint}>—</span> : formatDuration(duration)}
    </Shared>
  )
}

interface SharedProps {
  readonly part: number | undefined
  /** The property of the grid that holds the largest one in sight: scrolling changes it and no cell renders again. */
  readonly whole: `--most-${string}`
  readonly title?: string | undefined
  readonly children: ReactNode
}

/** A number before a bar that shows its share of the largest one in sight. */
function Shared({ part, whole, title, children }: SharedProps) {
  const width = `calc(100% * min(1, ${part ?? 0} / var(${whole})))`
  return (
    <span className={cells.shared} title={title}>
      {part !== undefined && part > 0 && <span className={cells.share} style={{ width }} />}
      <span className={cells.sharedText}>{children}</span>
    </span>
  )
}
