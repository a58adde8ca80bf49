import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels'
import { announce } from '../../app/announce.ts'
import {
  adjustQuery,
  currentRoute,
  isFocusFree,
  matchPath,
  navigate,
  useClient,
  useCommands,
  useDismiss,
  useRoute,
} from '../../app/view.ts'
import { HitsContext } from '../../components/hits/hits.ts'
import { SetByLink } from '../../components/set-by-link/SetByLink.tsx'
import { createStore } from '../../state/store.ts'
import { kept, keptLayout } from '../../state/kept.ts'
import { detailPlace } from '../../state/settings.ts'
import { toRequestError } from '../../state/request-error.ts'
import { tell } from '../../state/undo.ts'
import { stepToNeighbour } from '../../state/neighbours.ts'
import { copyText } from '../../components/messages/copy-text.ts'
import type { TreeGridHandle } from '../../components/tree-grid/TreeGrid.tsx'
import { findCommands, neighbourCommands, traceCommands, treeCommands } from './commands.ts'
import { Detail, type DetailHandle } from './detail/Detail.tsx'
import {
  commitMeasured,
  commitRange,
  fitSelection,
  fitTrace,
  focusCell,
  goTo,
  isPlaceholder,
  openPlaceholder,
  showOnly,
  toError,
  toggle,
  toMatch,
} from './model/cursor.ts'
import type { TraceModel } from './model.ts'
import type { Oddity } from './model/oddities.ts'
import { parseRange, printRange } from './model/range-link.ts'
import { FindBar, type FindBarHandle } from './parts/FindBar.tsx'
import { Reading } from './parts/Reading.tsx'
import { Summary } from './parts/Summary.tsx'
import { rowText } from './row-text.ts'
import styles from './trace.module.css'
import { TracePane } from './TracePane.tsx'
import { useComparePick } from './use-compare-pick.ts'
import { useCursor } from './use-cursor.ts'
import { layoutCommands, showDetail, useDetailPlace } from './use-detail-place.ts'
import { useFind } from './use-find.ts'
import { SpanNotesContext, useNoting } from './use-noting.tsx'
import { useTracePlaces } from './use-trace-places.ts'
import { useSpanInLinks } from './use-trace-link.ts'
import { useReplayCommand } from './use-replay.ts'
import { useSinceGoodCommand } from './use-since-good.ts'
import { useSettled } from './use-span.ts'

/** Milliseconds a selection rests before its span is read: holding an arrow key reads one span, not fifty. */
const restsFor = 120

interface Props {
  readonly model: TraceModel
  readonly slow: boolean
}

/** A trace that is there: summary, tree with waterfall, and the selected span. */
export function Screen({ model, slow }: Props) {
  const client = useClient()
  const { path, query } = useRoute()
  // Where this trace stands. It stays on screen while the next is on its way, and what it says of itself then is too late.
  const [at] = useState(path)
  const asked = query.get('span')
  const { cursor, move, jump } = useCursor(model, asked)
  const grid = useRef<TreeGridHandle>(null)
  const detail = useRef<DetailHandle>(null)
  const pane = useRef<HTMLDivElement>(null)
  const screen = useRef<HTMLDivElement>(null)
  const [span, setSpan] = useState(cursor.row)
  // A placeholder has no details: those of the span before it stay.
  if (span !== cursor.row && !isPlaceholder(cursor)) setSpan(cursor.row)
  const row = useSettled(Math.min(span, model.shape.count - 1), restsFor)
  const place = useDetailPlace()
  const layout = useDefaultLayout({ id: place === 'bottom' ? 'trace.bottom' : 'trace', storage: keptLayout })

  // The selected one, whose details may still be on the way: what a key does is done to it.
  const selected = model.tree.id[Math.min(span, model.shape.count - 1)]
  useSpanInLinks(selected ?? -1)
  useLayoutEffect(() => detail.current?.goOn(selected), [selected])
  const noting = useNoting(model.tree.trace.id, selected, screen)
  useComparePick(model, selected, screen)
  useSinceGoodCommand(selected, screen)
  useReplayCommand(model, selected, screen)
  const written = useRef(asked)
  useEffect(() => {
    const id = String(model.tree.id[row] ?? '')
    if (written.current === id) return
    written.current = id
    adjustQuery({ span: id }, { at })
  }, [at, model, row])
  useEffect(() => {
    if (asked === null || asked === written.current) return
    written.current = asked
    move(goTo(model.tree.id.indexOf(Number(asked))))
  }, [asked, model, move])

  // The range that was committed last stands in the address; one that comes with a link is committed.
  const linked = query.get('range')
  const committed = cursor.path.at(-1)
  const range = committed && printRange(committed)
  const writtenRange = useRef<string | undefined>(undefined)
  useEffect(() => {
    const wanted = parseRange(linked)
    if (linked === (writtenRange.current ?? null)) return
    writtenRange.current = linked ?? undefined
    move(wanted ? commitRange(wanted) : fitTrace)
  }, [linked, move])
  const shownRange = useRef(range)
  useEffect(() => {
    if (range === shownRange.current) return
    shownRange.current = range
    if (range === writtenRange.current) return
    writtenRange.current = range
    adjustQuery({ range }, { at })
  }, [at, range])

  useLayoutEffect(() => {
    if (isFocusFree()) grid.current?.focus()
    // The panes are made anew when the details move.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [place])

  // What led here is looked for here too, until something else is.
  const wanted = query.get('find') ?? query.get('q') ?? ''
  const found = useFind(model, wanted)
  const matches = found?.rows
  const findBar = useRef<FindBarHandle>(null)
  const [finding, setFinding] = useState(false)
  const [only, setOnly] = useState(false)
  const finds = finding || wanted !== ''
  const openFind = useCallback(() => {
    // The bar is there at once: what is typed next is typed into it.
    flushSync(() => setFinding(true))
    findBar.current?.focus()
  }, [])
  const closeFind = useCallback(() => {
    setFinding(false)
    setOnly(false)
    adjustQuery({ find: undefined, q: undefined })
    grid.current?.focus()
  }, [])
  useDismiss(finds, closeFind)
  useEffect(() => {
    move(showOnly(only ? matches : undefined))
  }, [only, matches, move])
  useCommands([{ ...findCommands.open, run: openFind }])

  // One came for what matches, and not for a span that was named: start there, unless one has moved on meanwhile.
  const starts = useRef(asked === null && wanted !== '')
  useEffect(() => {
    if (!matches || !starts.current) return
    starts.current = false
    move((now, from) => (from.row === 0 ? goTo(matches.indexOf(1))(now, from) : from))
  }, [matches, move])
  const [among] = useState(() => createStore<number | undefined>(undefined))
  useEffect(() => {
    among.set(matches && placeAmong(matches, cursor.row))
  }, [among, matches, cursor.row])
  const goToMatch = useCallback(
    (by: 1 | -1) =>
      jump(
        toMatch(by, (_, candidate) => matches?.[candidate] === 1),
        matches?.includes(1) ? 'No other span matches' : matches ? 'No span here matches' : 'Nothing is looked for',
      ),
    [jump, matches],
  )
  const [critical, setCritical] = useState(readCritical)
  const toggleCritical = useCallback(
    () =>
      setCritical(old => {
        kept.setItem(criticalKey, String(!old))
        announce(old ? 'Critical path hidden' : 'Critical path shown')
        return !old
      }),
    [],
  )

  const desk = useMemo(
    () => ({
      move,
      jump,
      pageSize: () => grid.current?.pageSize() ?? 20,
      columnCount: () => pane.current?.querySelectorAll('[role=columnheader]').length ?? 1,
      openDetail: () => {
        if (isPlaceholder(cursor)) move(openPlaceholder(cursor.row))
        else whenShown(() => detail.current?.focus(model.tree.id[cursor.row]!))
      },
      openRaw: () => whenShown(() => selected !== undefined && detail.current?.showRaw(selected)),
      goToMatch,
      isMeasuring: () => cursor.measured !== undefined,
      commit: () => {
        move(commitMeasured)
        announce('Showing what was measured')
      },
      toggleCritical,
      toggleOnly: () => {
        if (matches?.includes(1)) setOnly(old => !old)
        else announce(matches ? 'No span here matches' : 'Nothing is looked for')
      },
      copyRow: () => {
        void copyText(rowText(model, cursor.row)).then(() => announce('Row copied'))
      },
    }),
    [model, cursor, selected, move, jump, goToMatch, toggleCritical, matches],
  )
  // The desk looks at its refs when a command runs, never before.
  // oxlint-disable-next-line react/refs
  const [ofTrace, ofTree] = useMemo(() => [traceCommands(desk), treeCommands(desk)], [desk])
  useCommands(ofTrace, { within: screen })
  const { id: traceRow, traceId } = model.tree.trace
  useCommands(
    neighbourCommands(by => {
      // The next may be on its way while this one is still on screen: then the step goes on from there.
      const here = () => coming(traceId) ?? { id: traceRow, traceId, span: selected, query }
      stepToNeighbour(client, by, here, address =>
        // The list follows, so that Back leads to the row of the trace that is open by then.
        address === undefined ? announce(endOfList[by]) : navigate(address, { replace: true }),
      ).catch((error: unknown) => tell(`The list could not be asked: ${toRequestError(error).message}`, true))
    }),
    { within: screen },
  )
  useCommands(ofTree, { within: pane })
  useCommands(layoutCommands)

  const onSelect = useCallback(
    (to: number, column: number) =>
      move((now, from) =>
        isPlaceholder(from, to) ? openPlaceholder(to)(now, from) : focusCell(to, column)(now, from),
      ),
    [move],
  )
  const onToggle = useCallback((to: number) => move(toggle(to)), [move])
  const onOpen = useCallback((to: number) => move((now, from) => fitSelection(now, goTo(to)(now, from))), [move])
  const toGrid = useCallback(() => grid.current?.focus(), [])
  useTracePlaces(model, move, toGrid)
  const onError = useCallback(() => {
    move(toError(1))
    toGrid()
  }, [move, toGrid])
  const onOddity = useCallback(
    (oddity: Oddity) => {
      jump(
        toMatch(1, (_, candidate) => oddity.has(candidate)),
        oddity.text,
      )
      toGrid()
    },
    [jump, toGrid],
  )

  const tab = query.get('tab')
  const shown = Math.min(row, model.shape.count - 1)
  // An arrow key goes on to the next row while the details stay: they are not rendered for it.
  const details = useMemo(
    () => <Detail model={model} row={shown} tab={tab} handle={detail} onBack={toGrid} />,
    [model, shown, tab, toGrid],
  )
  return (
    <div ref={screen} className={styles.screen} data-slow={slow || undefined}>
      <Reading slow={slow} />
      <Summary model={model} onError={onError} onOddity={onOddity} notes={noting.ofTrace} />
      {noting.dialog}
      <SetByLink setting={detailPlace} />
      {finds && (
        <FindBar
          text={wanted}
          found={found}
          spans={model.shape.count}
          at={among}
          only={only}
          onOnly={setOnly}
          go={goToMatch}
          close={closeFind}
          leave={toGrid}
          handle={findBar}
        />
      )}
      <Group
        key={place}
        id="trace"
        orientation={place === 'bottom' ? 'vertical' : 'horizontal'}
        className={styles.panes}
        {...(layout.defaultLayout ? { defaultLayout: layout.defaultLayout } : {})}
        onLayoutChanged={layout.onLayoutChanged}
      >
        <Panel id="tree" minSize={place === 'bottom' ? 120 : 320} defaultSize="60%" className={styles.pane}>
          <TracePane
            model={model}
            cursor={cursor}
            element={pane}
            grid={grid}
            busy={slow}
            move={move}
            onSelect={onSelect}
            onToggle={onToggle}
            onOpen={onOpen}
            matches={matches}
            noted={noting.notes.spans}
            critical={critical}
            onCritical={toggleCritical}
          />
        </Panel>
        {place !== 'hidden' && (
          <>
            <Separator
              className={`${styles.separator} ${place === 'bottom' ? styles.flat : ''}`}
              aria-label={place === 'bottom' ? 'Height of the details' : 'Width of the details'}
            />
            <Panel id="detail" minSize={place === 'bottom' ? 120 : 300} defaultSize="40%" className={styles.pane}>
              <HitsContext value={found?.find}>
                <SpanNotesContext value={noting.ofSpan}>{details}</SpanNotesContext>
              </HitsContext>
            </Panel>
          </>
        )}
      </Group>
    </div>
  )
}

/** In the details, which may have to be brought back first. */
function whenShown(work: () => void): void {
  flushSync(showDetail)
  work()
}

const criticalKey = 'spanwise.trace.critical-path'

function readCritical(): boolean {
  return kept.getItem(criticalKey) !== 'false'
}

/** Which of the matching rows this is, from 1. */
function placeAmong(rows: Uint8Array, row: number): number | undefined {
  if (rows[row] !== 1) return undefined
  return rows.subarray(0, row + 1).reduce((sum, one) => sum + one, 0)
}

/** The trace that the address names already while another is shown. */
function coming(shown: string) {
  const { path, query } = currentRoute()
  const traceId = matchPath('/trace/:id', path)?.id
  if (traceId === undefined || traceId === shown) return undefined
  const span = query.get('span')
  return { id: undefined, traceId, span: span === null ? undefined : Number(span), query }
}

const endOfList = { 1: 'This is the last trace of the list', [-1]: 'This is the first trace of the list' } as const
