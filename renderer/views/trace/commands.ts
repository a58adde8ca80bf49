import type { Command, CommandInfo } from '../../app/view.ts'
import {
  fitSelection,
  fitTrace,
  foldAllBelow,
  left,
  measureFromHere,
  type Move,
  pan,
  right,
  showLevels,
  step,
  toEdge,
  toError,
  toParent,
  toPeer,
  toRoot,
  toggleAttempts,
  toSibling,
  unfoldAll,
  unfoldSiblingRows,
  zoom,
} from './model/cursor.ts'
import type { Among } from './use-cursor.ts'

/** What the commands of the tree act on. */
export interface TreeDesk {
  readonly move: (move: Move) => void
  /** A move that may find nothing: says so. */
  readonly jump: (move: Move, otherwise: string, among?: Among) => void
  readonly pageSize: () => number
  readonly columnCount: () => number
  readonly openDetail: () => void
  readonly openRaw: () => void
  readonly copyRow: () => void
  /** The next span that matches what is looked for. */
  readonly goToMatch: (by: 1 | -1) => void
  readonly isMeasuring: () => boolean
  /** Shows only what is measured. */
  readonly commit: () => void
  readonly toggleCritical: () => void
  /** Folds what does not match what is looked for, or shows it again. */
  readonly toggleOnly: () => void
}

type Row = CommandInfo & { readonly run: (desk: TreeDesk) => void; readonly when?: (desk: TreeDesk) => boolean }

/** In the tree from span to span, in the details from hit to hit. */
export const findCommands = {
  open: { id: 'find.open', title: 'Find in this trace', keys: ['Mod+F'], group: 'Trace' },
  next: { id: 'find.next', title: 'Next match', keys: ['n'] },
  previous: { id: 'find.previous', title: 'Previous match', keys: ['Shift+N'] },
} satisfies Record<string, CommandInfo>

const rows: readonly Row[] = [
  { id: 'row.next', title: 'Next row', keys: ['Down', 'j'], run: desk => desk.move(step(1)) },
  { id: 'row.previous', title: 'Previous row', keys: ['Up', 'k'], run: desk => desk.move(step(-1)) },
  { id: 'row.nextPage', title: 'Next page', keys: ['PageDown'], run: desk => desk.move(step(desk.pageSize())) },
  { id: 'row.previousPage', title: 'Previous page', keys: ['PageUp'], run: desk => desk.move(step(-desk.pageSize())) },
  { id: 'row.first', title: 'First row', keys: ['Home'], run: desk => desk.move(toEdge('first', desk.columnCount())) },
  { id: 'row.last', title: 'Last row', keys: ['End'], run: desk => desk.move(toEdge('last', desk.columnCount())) },
  {
    id: 'tree.right',
    title: 'Unfold, or first cell',
    keys: ['Right', 'l'],
    run: desk => desk.move(right(desk.columnCount())),
  },
  { id: 'tree.left', title: 'Fold, or parent', keys: ['Left', 'h'], run: desk => desk.move(left) },
  {
    id: 'tree.expandSubtree',
    title: 'Unfold everything below',
    keys: ['Shift+Right'],
    run: desk => desk.move(foldAllBelow(false)),
  },
  {
    id: 'tree.collapseSubtree',
    title: 'Fold everything below',
    keys: ['Shift+Left'],
    run: desk => desk.move(foldAllBelow(true)),
  },
  {
    id: 'timeline.commitRange',
    title: 'Show only what is measured',
    keys: ['Enter'],
    when: desk => desk.isMeasuring(),
    run: desk => desk.commit(),
  },
  { id: 'row.open', title: 'Go to the details', keys: ['Enter'], run: desk => desk.openDetail() },
  { ...findCommands.next, run: desk => desk.goToMatch(1) },
  { ...findCommands.previous, run: desk => desk.goToMatch(-1) },
  { id: 'row.copy', title: 'Copy the row', keys: ['Mod+C'], run: desk => desk.copyRow() },
]

const errors: Among = { word: 'error', has: ({ errorOrigins }, row) => errorOrigins[row] === 1 }
const peers: Among = {
  word: 'span',
  has: ({ tree }, row, at) => tree.kind[row] === tree.kind[at] && tree.name[row] === tree.name[at],
}

const jumps: readonly Row[] = [
  {
    id: 'tree.nextError',
    title: 'Next error',
    keys: ['e'],
    run: desk => desk.jump(toError(1), 'No errors in this trace', errors),
  },
  {
    id: 'tree.previousError',
    title: 'Previous error',
    keys: ['Shift+E'],
    run: desk => desk.jump(toError(-1), 'No errors in this trace', errors),
  },
  { id: 'tree.parent', title: 'Go to parent', keys: ['p'], run: desk => desk.jump(toParent, 'This is a root') },
  { id: 'tree.root', title: 'Go to root', keys: ['t'], run: desk => desk.move(toRoot) },
  {
    id: 'tree.previousSibling',
    title: 'Previous sibling',
    keys: ['['],
    run: desk => desk.jump(toSibling(-1), 'No sibling before this'),
  },
  {
    id: 'tree.nextSibling',
    title: 'Next sibling',
    keys: [']'],
    run: desk => desk.jump(toSibling(1), 'No sibling after this'),
  },
  {
    id: 'tree.previousPeer',
    title: 'Previous span of the same kind and name',
    keys: [','],
    run: desk => desk.jump(toPeer(-1), 'No other span of this kind and name', peers),
  },
  {
    id: 'tree.nextPeer',
    title: 'Next span of the same kind and name',
    keys: ['.'],
    run: desk => desk.jump(toPeer(1), 'No other span of this kind and name', peers),
  },
  { id: 'tree.expandSiblings', title: 'Unfold all siblings', keys: ['*'], run: desk => desk.move(unfoldSiblingRows) },
  { id: 'tree.expandAll', title: 'Unfold all', keys: ['0'], run: desk => desk.move(unfoldAll) },
  { id: 'tree.expandToLevel1', title: 'Show 1 level', keys: ['1'], run: desk => desk.move(showLevels(1)) },
  { id: 'tree.expandToLevel2', title: 'Show 2 levels', keys: ['2'], run: desk => desk.move(showLevels(2)) },
  { id: 'tree.expandToLevel3', title: 'Show 3 levels', keys: ['3'], run: desk => desk.move(showLevels(3)) },
  {
    id: 'tree.toggleAttempts',
    title: 'Fold earlier attempts',
    keys: ['Shift+R'],
    run: desk => desk.jump(toggleAttempts, 'Nothing here was tried again'),
  },
  { id: 'find.only', title: 'Show only matches', keys: ['o'], run: desk => desk.toggleOnly() },
  {
    id: 'trace.toggleCriticalPath',
    title: 'Show or hide the critical path',
    keys: ['g'],
    run: desk => desk.toggleCritical(),
  },
  { id: 'detail.raw', title: 'Show the raw record', keys: ['i'], run: desk => desk.openRaw() },
]

const timeline: readonly Row[] = [
  { id: 'timeline.zoomIn', title: 'Zoom in', keys: ['w'], run: desk => desk.move(zoom(2 / 3)) },
  { id: 'timeline.zoomOut', title: 'Zoom out', keys: ['s'], run: desk => desk.move(zoom(3 / 2)) },
  { id: 'timeline.panLeft', title: 'Earlier', keys: ['a'], run: desk => desk.move(pan(-0.2)) },
  { id: 'timeline.panRight', title: 'Later', keys: ['d'], run: desk => desk.move(pan(0.2)) },
  { id: 'timeline.fitSelection', title: 'Fit the selected span', keys: ['z'], run: desk => desk.move(fitSelection) },
  { id: 'timeline.fitTrace', title: 'Fit the whole trace', keys: ['Shift+Z'], run: desk => desk.move(fitTrace) },
  {
    id: 'timeline.measureFromHere',
    title: 'Measure from this span',
    keys: ['m'],
    run: desk => desk.move(measureFromHere),
  },
]

const ofTree = rows.map(row => ({ ...row, group: 'Trace: rows', sheetOnly: true }))
const ofTrace = [
  ...jumps.map(row => ({ ...row, group: 'Trace' })),
  ...timeline.map(row => ({ ...row, group: 'Timeline' })),
]

const next: CommandInfo = { id: 'trace.nextTrace', title: 'Next trace of the list', keys: ['u'], group: 'Trace' }
const previous: CommandInfo = {
  id: 'trace.previousTrace',
  title: 'Previous trace of the list',
  keys: ['Shift+U'],
  group: 'Trace',
}

/** Keys are of the selected span; the trace's own are in the palette. */
export const noteCommandInfos = {
  star: { id: 'row.star', title: 'Star the span, or not', keys: ['b'], group: 'Trace' },
  tag: { id: 'row.tag', title: 'Tag the span…', keys: ['Shift+T'], group: 'Trace' },
  write: { id: 'row.note', title: 'Write a note on the span…', keys: ['Shift+B'], group: 'Trace' },
  starTrace: { id: 'trace.star', title: 'Star the trace, or not', group: 'Trace' },
  tagTrace: { id: 'trace.tag', title: 'Tag the trace…', group: 'Trace' },
  writeTrace: { id: 'trace.note', title: 'Write a note on the trace…', group: 'Trace' },
} satisfies Record<string, CommandInfo>

/** Of the selected span, wherever in the trace the focus is. */
export const pickCommand: CommandInfo = {
  id: 'compare.pickOther',
  title: 'Mark the span to compare it; or compare it with the marked one',
  keys: ['Shift+D'],
  group: 'Trace',
}

export const sinceGoodCommand: CommandInfo = {
  id: 'span.sinceGood',
  title: 'What changed since the last good one?',
  keys: ['Shift+G'],
  group: 'Trace',
}

export const replayCommand: CommandInfo = {
  id: 'replay.fromSpan',
  title: 'Send the call again…',
  keys: ['r'],
  group: 'Trace',
}

export const layoutCommandInfos = {
  toggle: { id: 'layout.toggleDetail', title: 'Show or hide the details', keys: ['Mod+J'], group: 'Trace' },
  move: { id: 'layout.moveDetail', title: 'Details on the right, or below', keys: ['Mod+\\'], group: 'Trace' },
} satisfies Record<string, CommandInfo>

/** To the neighbours in the list that this trace was opened from. */
export function neighbourCommands(go: (by: 1 | -1) => void): Command[] {
  return [
    { ...next, run: () => go(1) },
    { ...previous, run: () => go(-1) },
  ]
}

/** Anywhere in the trace, from the palette too. */
export const copyCommands = {
  span: { id: 'span.copyMarkdown', title: 'Copy the span as Markdown', keys: ['Mod+Alt+C'], group: 'Trace' },
  trace: { id: 'trace.copyMarkdown', title: 'Copy the trace as Markdown', keys: ['Mod+Alt+Shift+C'], group: 'Trace' },
} satisfies Record<string, CommandInfo>

/** For the shortcut sheet while no trace is open. */
export const traceCommandInfos: readonly CommandInfo[] = [
  findCommands.open,
  ...[...ofTrace, ...ofTree].map(({ run: _run, when: _when, ...info }) => info),
  next,
  previous,
  pickCommand,
  sinceGoodCommand,
  replayCommand,
  ...Object.values(noteCommandInfos),
  ...Object.values(layoutCommandInfos),
  ...Object.values(copyCommands),
]

/** What acts only while the tree has focus: the details scroll with the same keys. */
export function treeCommands(desk: TreeDesk): Command[] {
  return ofTree.map(row => commandOf(row, desk))
}

/** What acts anywhere in the trace. */
export function traceCommands(desk: TreeDesk): Command[] {
  return ofTrace.map(row => commandOf(row, desk))
}

function commandOf({ run, when, ...info }: Row, desk: TreeDesk): Command {
  return { ...info, run: () => run(desk), ...(when ? { when: () => when(desk) } : {}) }
}
