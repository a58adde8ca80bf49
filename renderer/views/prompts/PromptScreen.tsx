import { Tabs } from '@base-ui/react/tabs'
import { lazy, Suspense, useMemo, useState } from 'react'
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels'
import type { Output } from '../../../shared/contract/index.ts'
import type { Question } from '../../../shared/contract/search.ts'
import { formatPlural } from '../../../shared/format/numbers.ts'
import { adjustQuery, navigate, useCommands, useRoute } from '../../app/view.ts'
import popup from '../../components/popup/popup.module.css'
import { keptLayout } from '../../state/kept.ts'
import { promptViewCommands } from './commands.ts'
import { promptAddress } from '../../state/prompt-address.ts'
import { callsMatching, promptTabs, readAddress, writeVersion, type PromptTab } from './model/address.ts'
import { pairOf, queryOf } from './model/pair.ts'
import { originWords, promptWords, versionWords } from './model/words.ts'
import { Calls } from './parts/Calls.tsx'
import { ComparisonPane } from './parts/ComparisonPane.tsx'
import { Difference } from './parts/Difference.tsx'
import { DraftPane } from './parts/DraftPane.tsx'
import { Evidence } from './parts/Evidence.tsx'
import { NameDialog } from './parts/NameDialog.tsx'
import { SameInputs } from './parts/SameInputs.tsx'
import { Versions } from './parts/Versions.tsx'
import split from '../../components/split/split.module.css'
import tabs from '../../components/tabs/tabs.module.css'
import styles from './prompts.module.css'
import { useEdits } from './use-edits.ts'

/** What draws is loaded when somebody looks at a drawing. */
const TimeLine = lazy(async () => ({ default: (await import('./parts/TimeLine.tsx')).TimeLine }))

interface Props {
  readonly data: Output<'prompts.versions'>
  readonly where: { readonly where?: Question }
  readonly query: string
  readonly busy: boolean
}

const tabNames: Readonly<Record<PromptTab, string>> = {
  difference: 'Difference',
  draft: 'Draft',
  evidence: 'Evidence',
  comparison: 'Comparison',
  inputs: 'Same input',
  timeline: 'Time line',
  calls: 'Calls',
}

/** A prompt that is there: versions on the left, two of them on the right. */
export function PromptScreen({ data, where, query, busy }: Props) {
  const { name, recovered, versions } = data
  const route = useRoute()
  const address = useMemo(() => readAddress(route.query), [route.query])
  const layout = useDefaultLayout({ id: 'prompt', storage: keptLayout })
  const edit = useEdits()
  const [renames, setRenames] = useState(false)
  const { a, b } = useMemo(() => pairOf(versions, address), [versions, address])
  const { tab } = address
  const setTab = (next: PromptTab) => adjustQuery({ tab: next === 'difference' ? undefined : next })
  const step = (by: number) =>
    setTab(promptTabs[(promptTabs.indexOf(tab) + by + promptTabs.length) % promptTabs.length]!)
  const swap = () => {
    if (a && b) adjustQuery({ from: writeVersion(b.version), to: writeVersion(a.version) })
  }
  useCommands([
    { ...promptViewCommands.nextTab, run: () => step(1) },
    { ...promptViewCommands.previousTab, run: () => step(-1) },
    { ...promptViewCommands.swap, when: () => a !== undefined && b !== undefined, run: swap },
    { ...promptViewCommands.rename, when: () => recovered, run: () => setRenames(true) },
  ])
  const calls = versions.reduce((sum, one) => sum + one.calls, 0)
  const context = { prompt: name, a, b, where, query }
  return (
    <>
      <header className={styles.head}>
        <h1 className={styles.title}>{promptWords(name)}</h1>
        {recovered && (
          <span className={styles.mark} title="No file names it: it was found by comparing what was sent">
            recovered
          </span>
        )}
        <span className={styles.faint}>
          {formatPlural(versions.length + data.more, 'version')}, {formatPlural(calls, 'call')}
        </span>
        {recovered && (
          <button type="button" className={popup.tool} onClick={() => setRenames(true)}>
            Rename…
          </button>
        )}
        <span className={styles.pair}>
          {a && b ? (
            <>
              A <b>{versionWords(a)}</b>
              <button type="button" className={popup.tool} title={promptViewCommands.swap.title} onClick={swap}>
                ⇄<span className="spoken"> Swap the two versions</span>
              </button>
              B <b>{versionWords(b)}</b>
            </>
          ) : (
            b && (
              <>
                <b>{versionWords(b)}</b> <span className={styles.faint}>{originWords(b)}, the only version</span>
              </>
            )
          )}
        </span>
      </header>
      <Group
        id="prompt"
        orientation="horizontal"
        className={split.panes}
        {...(layout.defaultLayout ? { defaultLayout: layout.defaultLayout } : {})}
        onLayoutChanged={layout.onLayoutChanged}
      >
        <Panel id="versions" minSize={220} defaultSize="30%" className={split.pane}>
          <Versions
            data={data}
            a={a}
            b={b}
            busy={busy}
            edit={edit}
            show={to => adjustQuery({ to: writeVersion(to), ...(a && a.version === to ? { from: undefined } : {}) })}
            from={from => adjustQuery({ from: writeVersion(from) })}
            calls={row => navigate(callsMatching(queryOf(row, query)))}
          />
        </Panel>
        <Separator className={split.separator} aria-label="Width of the versions" />
        <Panel id="pair" minSize={360} className={split.pane}>
          <Tabs.Root className={tabs.tabs} value={tab} onValueChange={value => setTab(value as PromptTab)}>
            <Tabs.List className={tabs.list} aria-label="Sections" activateOnFocus>
              {promptTabs.map(one => (
                <Tabs.Tab key={one} value={one} className={tabs.tab}>
                  {tabNames[one]}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value={tab} key={tab} className={tabs.panel}>
              {tab === 'difference' && <Difference {...context} />}
              {tab === 'draft' && b && <DraftPane key={writeVersion(b.version)} prompt={name} version={b} />}
              {tab === 'evidence' && <Evidence {...context} versions={versions} />}
              {tab === 'comparison' && <ComparisonPane {...context} />}
              {tab === 'inputs' && <SameInputs {...context} versions={versions} />}
              {tab === 'timeline' && (
                <Suspense fallback={null}>
                  <TimeLine {...context} data={data} />
                </Suspense>
              )}
              {tab === 'calls' && <Calls {...context} edit={edit} />}
            </Tabs.Panel>
          </Tabs.Root>
        </Panel>
      </Group>
      {renames && (
        <NameDialog
          title={`Rename ${promptWords(name)}`}
          label="Name of the prompt"
          name={name}
          help="Kept in this store, also when the files are imported again."
          save={async to => {
            const words = `${promptWords(name)} is called ${promptWords(to)}`
            if (await edit({ type: 'rename', prompt: name, to }, words)) navigate(promptAddress(to), { replace: true })
          }}
          close={() => setRenames(false)}
        />
      )}
    </>
  )
}
