import { MessageSquareQuote } from 'lucide-react'
import { type ReactNode, useLayoutEffect, useMemo, useRef } from 'react'
import { formatCount, formatPlural, formatShare } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { focusView, isFocusFree, navigate, useCommands, useRouteQuery } from '../../app/view.ts'
import { EmptyResult } from '../../components/empty-result/EmptyResult.tsx'
import { EmptyState } from '../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { OpenActions } from '../../components/open-actions/OpenActions.tsx'
import { QueryBar } from '../../components/query-bar/QueryBar.tsx'
import { TreeGrid, type TreeGridHandle, type TreeSource } from '../../components/tree-grid/TreeGrid.tsx'
import type { Output } from '../../../shared/contract/index.ts'
import { useRowHeight } from '../../state/settings.ts'
import { promptCommands } from './commands.ts'
import { promptAddress } from '../../state/prompt-address.ts'
import { callsMatching } from './model/address.ts'
import { promptWords, replayWords, seenWords } from './model/words.ts'
import { Library } from './parts/Library.tsx'
import { RecoveryLine } from './parts/RecoveryLine.tsx'
import { ReplayMark } from './parts/ReplayMark.tsx'
import styles from './prompts.module.css'
import { flatRows } from './model/flat-rows.ts'
import { usePromptAsk, useWhere } from './use-prompt-ask.ts'
import { useRows } from './use-rows.ts'

/** Prompts that are asked for at once; of more the least used are counted. */
const most = 10_000
const headerHeight = 26

type Registry = Output<'prompts.list'>

/** Every prompt that calls name, or that was recovered from what they sent; the most used first. */
export function RegistryView() {
  const query = useRouteQuery()
  const { text } = query
  const where = useWhere(text)
  const { data, error, again, fresh, slow } = usePromptAsk(
    'prompts.list',
    where && { ...where, offset: 0, limit: most },
  )
  const isEmpty = data?.total === 0
  return (
    <div className={styles.view}>
      <h1 className="spoken">Prompts</h1>
      <QueryBar
        of="calls"
        query={query}
        found={data && fresh ? formatPlural(data.total, 'prompt') : undefined}
        running={slow}
        leave={focusView}
      />
      <RecoveryLine />
      {error && <ErrorNote title="The prompts could not be listed." error={error} retry={again} />}
      {data && isEmpty && text !== '' && <EmptyResult of="calls" query={text} ask={query.commit} />}
      {data && isEmpty && text === '' && <NoPrompts without={data.without} complete={data.complete} />}
      {data && !isEmpty && <Registry data={data} query={text} busy={!fresh} />}
      <footer className={styles.foot}>
        {data && !isEmpty && <Rest data={data} query={text} />}
        <Library />
      </footer>
    </div>
  )
}

function NoPrompts({ without, complete }: { readonly without: number; readonly complete: boolean }) {
  if (without === 0) {
    return (
      <EmptyState icon={MessageSquareQuote} title="No prompts yet" within actions={<OpenActions />}>
        Open a dump of calls. The prompts that it names stand here with their versions; where it names none, they are
        recovered from what was sent.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={MessageSquareQuote} title={complete ? 'No prompts found' : 'No prompts found so far'} within>
      {formatPlural(without, 'call')} name no prompt, and none could be recovered from what they sent: their messages
      are not in the file, or every call was sent something else.
    </EmptyState>
  )
}

interface RegistryProps {
  readonly data: Registry
  readonly query: string
  readonly busy: boolean
}

function Registry({ data, query, busy }: RegistryProps) {
  const pane = useRef<HTMLDivElement>(null)
  const grid = useRef<TreeGridHandle>(null)
  const rowHeight = useRowHeight()
  const { prompts } = data
  const { row, go, visible, folded } = useRows(prompts.length, pane, grid)
  const source = useMemo(() => sourceOf(data), [data])
  const open = (index: number) => {
    const name = prompts[index]?.name
    if (name === undefined) return
    navigate(`${promptAddress(name)}${query === '' ? '' : `?${new URLSearchParams({ q: query }).toString()}`}`)
  }
  useCommands([{ ...promptCommands.open, run: () => open(row) }], { within: pane })
  useLayoutEffect(() => {
    if (isFocusFree()) grid.current?.focus()
  }, [])
  return (
    <div ref={pane} className={styles.list} data-pane="Prompts">
      <TreeGrid
        label="Prompts"
        source={source}
        visible={visible}
        folded={folded}
        row={row}
        column={-1}
        rowHeight={rowHeight}
        headerHeight={headerHeight}
        busy={busy}
        handle={grid}
        onSelect={go}
        onToggle={noToggle}
        onOpen={open}
      />
    </div>
  )
}

/** What the list does not show. */
function Rest({ data, query }: Pick<RegistryProps, 'data' | 'query'>) {
  const left = data.total - data.prompts.length
  return (
    <>
      {left > 0 && <span>{formatPlural(left, 'prompt')} with fewer calls not listed.</span>}
      {data.without > 0 && (
        <a href={`#${callsMatching(query)}`} title="Neither named nor recovered; all calls are shown">
          {formatPlural(data.without, 'call')} of no prompt
        </a>
      )}
      {!data.exact && <span>Counts are lower bounds until the texts are searched.</span>}
    </>
  )
}

function noToggle(): void {}

/** Cells of the registry. */
function sourceOf({ prompts }: Registry): TreeSource {
  const most = prompts.reduce((largest, { calls }) => Math.max(largest, calls), 1)
  return {
    ...flatRows(prompts.length),
    columns: [
      { id: 'name', label: 'Prompt', track: 'minmax(180px, 3fr)', isName: true },
      { id: 'versions', label: 'Versions', track: '80px', align: 'end' },
      { id: 'calls', label: 'Calls', track: 'minmax(110px, 1fr)', align: 'end' },
      { id: 'seen', label: 'Seen', track: 'minmax(100px, 190px)' },
      { id: 'models', label: 'Models', track: 'minmax(0, 2fr)' },
    ],
    name: row => {
      const { name, recovered, versions, calls, replays } = prompts[row]!
      const sent = replays === undefined ? '' : `, ${replayWords({ calls, replays })}`
      return `${promptWords(name)}, ${recovered ? 'recovered' : 'named by its file'}, ${formatPlural(versions, 'version')}, ${formatPlural(calls, 'call')}${sent}`
    },
    cell: (row, column) => ({ content: cellOf(row, column) }),
  }

  function cellOf(row: number, column: number): ReactNode {
    const prompt = prompts[row]!
    switch (column) {
      case 0:
        return (
          <span className={styles.name}>
            {promptWords(prompt.name)}
            {prompt.recovered && <span className={styles.mark}>recovered</span>}
            <ReplayMark of={prompt} />
          </span>
        )
      case 1:
        return formatCount(prompt.versions)
      case 2:
        return (
          <span className={styles.traffic}>
            <i style={{ width: `${(prompt.calls / most) * 100}%` }} aria-hidden="true" />
            <span>{formatCount(prompt.calls)}</span>
          </span>
        )
      case 3:
        return seenWords(prompt)
      default:
        return modelWords(prompt.models, prompt.calls)
    }
  }
}

function modelWords(models: Registry['prompts'][number]['models'], calls: number): string {
  return models
    .slice(0, 3)
    .map(
      ({ value, calls: own }) =>
        `${visibleLine(String(value), 40)}${models.length > 1 ? ` ${formatShare(own, calls)}` : ''}`,
    )
    .join(', ')
}
