import { Pin } from 'lucide-react'
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Output } from '../../../../shared/contract/index.ts'
import type { PromptEdit } from '../../../../shared/contract/prompt-edits.ts'
import type { PromptVersionRow } from '../../../../shared/contract/prompts.ts'
import { formatCount, formatPlural } from '../../../../shared/format/numbers.ts'
import { formatDate } from '../../../../shared/format/times.ts'
import { announce } from '../../../app/announce.ts'
import { isFocusFree, useCommands } from '../../../app/view.ts'
import { TreeGrid, type TreeGridHandle, type TreeSource } from '../../../components/tree-grid/TreeGrid.tsx'
import { useRowHeight } from '../../../state/settings.ts'
import { versionCommands } from '../commands.ts'
import type { VersionName } from '../model/address.ts'
import { flatRows } from '../model/flat-rows.ts'
import { nameWords, originWords, replayWords, seenWords, surenessHelp, versionWords } from '../model/words.ts'
import styles from '../prompts.module.css'
import { useRows } from '../use-rows.ts'
import { NameDialog } from './NameDialog.tsx'
import { ReplayMark } from './ReplayMark.tsx'
import { VersionMenu } from './VersionMenu.tsx'

interface Props {
  readonly data: Output<'prompts.versions'>
  readonly a: PromptVersionRow | undefined
  readonly b: PromptVersionRow | undefined
  readonly busy: boolean
  readonly edit: (edit: PromptEdit, words: string) => Promise<boolean>
  readonly show: (version: VersionName) => void
  readonly from: (version: VersionName) => void
  readonly calls: (row: PromptVersionRow) => void
}

/** Versions with their traffic, the newest on top. Enter shows one, f makes it the one that is compared with. */
export function Versions({ data, a, b, busy, edit, show, from, calls }: Props) {
  const { name: prompt } = data
  const pane = useRef<HTMLDivElement>(null)
  const grid = useRef<TreeGridHandle>(null)
  const rowHeight = useRowHeight()
  const versions = useMemo(() => data.versions.toReversed(), [data.versions])
  const { row, go, visible, folded } = useRows(versions.length, pane, grid)
  const [titled, setTitled] = useState<PromptVersionRow>()
  const source = useMemo(() => sourceOf(versions, a, b), [versions, a, b])
  const here = versions[row]
  useLayoutEffect(() => {
    if (isFocusFree()) grid.current?.focus()
  }, [])
  const select = (index: number) => {
    go(index)
    const chosen = versions[index]
    if (chosen) show(chosen.version)
  }
  const pin = ({ version, pinned, ...row }: PromptVersionRow) => {
    if (version === null) return announce('Calls that name no version cannot be pinned')
    const words = `${versionWords({ version, ...row })} is ${pinned ? 'no longer pinned' : 'pinned'}`
    return void edit({ type: 'pin', prompt, version, on: !pinned }, words)
  }
  const title = (row: PromptVersionRow) =>
    row.version === null ? announce('Calls that name no version cannot be named') : setTitled(row)
  const merge = (row: PromptVersionRow) => {
    if (!a || a === row) return announce('Mark another version as A first: press f on it')
    if (row.version === null || a.version === null || !row.recovered || !a.recovered) {
      return announce('Only recovered versions can be merged: what a file names stays apart')
    }
    const words = `${versionWords(row)} and ${versionWords(a)} are one version`
    return void edit({ type: 'merge', prompt, versions: [row.version], into: a.version }, words)
  }
  const separate = (row: PromptVersionRow) => {
    if (row.version === null || !row.recovered) return announce('Nothing was merged into this version')
    return void edit({ type: 'separate', prompt, version: row.version }, `${versionWords(row)} is itself again`)
  }
  const on = (run: (row: PromptVersionRow) => void) => () => here && run(here)
  useCommands(
    [
      { ...versionCommands.show, run: on(chosen => show(chosen.version)) },
      { ...versionCommands.from, run: on(chosen => from(chosen.version)) },
      { ...versionCommands.calls, run: on(calls) },
      { ...versionCommands.title, run: on(title) },
      { ...versionCommands.pin, run: on(pin) },
      { ...versionCommands.merge, run: on(merge) },
      { ...versionCommands.separate, run: on(separate) },
    ],
    { within: pane },
  )
  return (
    <div ref={pane} className={styles.versions} data-pane="Versions">
      <div className={styles.list}>
        <TreeGrid
          label="Versions"
          source={source}
          visible={visible}
          folded={folded}
          row={row}
          column={-1}
          rowHeight={rowHeight}
          headerHeight={26}
          busy={busy}
          handle={grid}
          onSelect={select}
          onToggle={() => {}}
          onOpen={select}
        />
      </div>
      <footer className={styles.foot}>
        {here && (
          <VersionMenu
            row={here}
            a={a}
            actions={{
              from: () => from(here.version),
              calls: () => calls(here),
              title: () => title(here),
              pin: () => pin(here),
              merge: () => merge(here),
              separate: () => separate(here),
            }}
          />
        )}
        {data.more > 0 && <span>{formatPlural(data.more, 'version')} with fewer calls not listed.</span>}
      </footer>
      {titled && titled.version !== null && (
        <NameDialog
          title={`Name version ${nameWords(titled.version)}`}
          label="Name of the version"
          name={titled.title ?? ''}
          help="Stands beside its own name, in this store."
          mayBeEmpty
          save={async said => {
            const own = nameWords(titled.version)
            const words = said === '' ? `${own} has no other name` : `${own} is called ${said}`
            await edit({ type: 'title', prompt, version: titled.version!, title: said }, words)
          }}
          close={() => setTitled(undefined)}
        />
      )}
    </div>
  )
}

function sourceOf(
  versions: readonly PromptVersionRow[],
  a: PromptVersionRow | undefined,
  b: PromptVersionRow | undefined,
): TreeSource {
  const most = versions.reduce((largest, { calls }) => Math.max(largest, calls), 1)
  const side = (row: PromptVersionRow) => (row === b ? 'B' : row === a ? 'A' : '')
  return {
    ...flatRows(versions.length),
    columns: [
      {
        id: 'side',
        label: 'A/B',
        title: 'Which of the two that are compared',
        track: '36px',
      },
      { id: 'version', label: 'Version', track: 'minmax(140px, 1fr)', isName: true },
      { id: 'calls', label: 'Calls', track: '60px', align: 'end' },
      { id: 'last', label: 'Last seen', track: '80px' },
    ],
    name: index => {
      const row = versions[index]!
      const said = side(row)
      return [
        said === '' ? versionWords(row) : `${said}: ${versionWords(row)}`,
        originWords(row),
        row.pinned ? 'pinned' : '',
        formatPlural(row.calls, 'call'),
        replayWords(row),
        seenWords(row),
      ]
        .filter(Boolean)
        .join(', ')
    },
    cell: (index, column) => ({ content: cellOf(index, column) }),
  }

  function cellOf(index: number, column: number): ReactNode {
    const row = versions[index]!
    switch (column) {
      case 0:
        return side(row) && <b className={styles.letter}>{side(row)}</b>
      case 1:
        return (
          <span className={styles.name} data-title={row.sureness ? surenessHelp[row.sureness] : originWords(row)}>
            {versionWords(row)}
            {row.recovered && <span className={styles.mark}>{row.sureness ?? 'recovered'}</span>}
            {row.draft && <span className={styles.mark}>draft</span>}
            {row.library && <span className={styles.mark}>library</span>}
            <ReplayMark of={row} />
            {row.pinned && <Pin size={11} aria-hidden />}
          </span>
        )
      case 2:
        return (
          <span className={styles.traffic}>
            <i style={{ width: `${(row.calls / most) * 100}%` }} aria-hidden="true" />
            <span>{formatCount(row.calls)}</span>
          </span>
        )
      default:
        return row.lastSeen === undefined ? 'undated' : formatDate(row.lastSeen)
    }
  }
}
