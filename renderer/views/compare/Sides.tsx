import { useLayoutEffect, useMemo, useRef } from 'react'
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels'
import { configurationChanges, configurationOf } from '../../../shared/diff/configuration.ts'
import { comparisonMarkdown } from '../../../shared/diff/markdown.ts'
import { adjustQuery, isFocusFree, navigate, useCommands, useRoute } from '../../app/view.ts'
import { Changes } from '../../components/diff/Changes.tsx'
import { DiffPane } from '../../components/diff/DiffPane.tsx'
import { Figures } from '../../components/figures/Figures.tsx'
import { figuresOf } from '../../components/figures/figures.ts'
import popup from '../../components/popup/popup.module.css'
import { ScrollRegion } from '../../components/scroll-region/ScrollRegion.tsx'
import { compareAddress, readCompared } from '../../state/compare-desk.ts'
import { keptLayout } from '../../state/kept.ts'
import { compareCommands } from './commands.ts'
import styles from './compare.module.css'
import { textsOf } from '../../../shared/diff/span-texts.ts'
import type { ComparedSpan } from './model/use-compared.ts'
import { SideHead, traceAddressOf } from './parts/SideHead.tsx'
import { SinceGood } from './parts/SinceGood.tsx'

interface Props {
  readonly a: ComparedSpan
  readonly b: ComparedSpan
}

const textNames = { input: 'What was sent', output: 'What came back' } as const
type TextName = keyof typeof textNames

/** Both are there: figures, configuration, and their texts. */
export function Sides({ a, b }: Props) {
  const { query } = useRoute()
  const view = useRef<HTMLDivElement>(null)
  const top = useRef<HTMLDivElement>(null)
  const layout = useDefaultLayout({ id: 'compare', storage: keptLayout })
  const only = query.get('only') === 'differences'
  const figures = useMemo(() => figuresOf(a, b), [a, b])
  const [spanA, spanB] = [a.span, b.span]
  const parts = useMemo(() => configurationChanges(configurationOf(spanA), configurationOf(spanB)), [spanA, spanB])
  const texts = useMemo(() => [textsOf(spanA), textsOf(spanB)] as const, [spanA, spanB])
  const asked = query.get('text')
  // What was sent mostly explains what came back: it comes first unless it is the same.
  const usual: TextName = texts[0].input === texts[1].input ? 'output' : 'input'
  const shown: TextName = asked === 'input' || asked === 'output' ? asked : usual
  const before = useMemo(() => ({ text: texts[0][shown], name: 'A' }), [texts, shown])
  const after = useMemo(() => ({ text: texts[1][shown], name: 'B' }), [texts, shown])
  const swap = () => {
    const [left, right] = [readCompared(query, 'a'), readCompared(query, 'b')]
    if (!left || !right) return
    const swapped = new URLSearchParams(compareAddress(right, left).split('?')[1])
    for (const name of ['only', 'text']) if (query.has(name)) swapped.set(name, query.get(name)!)
    navigate(`/compare?${swapped.toString()}`, { replace: true })
  }
  const setOnly = (on: boolean) => adjustQuery({ only: on ? 'differences' : undefined })
  const setText = (name: TextName) => adjustQuery({ text: name })
  useCommands(
    [
      { ...compareCommands.swap, run: swap },
      { ...compareCommands.onlyDifferences, run: () => setOnly(!only) },
      { ...compareCommands.nextText, run: () => setText(shown === 'input' ? 'output' : 'input') },
      { ...compareCommands.openA, run: () => navigate(traceAddressOf(a)) },
      { ...compareCommands.openB, run: () => navigate(traceAddressOf(b)) },
    ],
    { within: view },
  )
  useLayoutEffect(() => {
    if (isFocusFree()) top.current?.focus()
  }, [])
  const markdown = () =>
    comparisonMarkdown({
      title: spanA.name === spanB.name ? spanA.name : `${spanA.name} / ${spanB.name}`,
      from: 'A',
      to: 'B',
      texts: (['input', 'output'] as const).map(name => ({
        title: textNames[name],
        before: texts[0][name],
        after: texts[1][name],
      })),
      parts,
      notes: figures.flatMap(({ name, a: was, b: is, differs, change }) =>
        differs ? `${name}: ${was} → ${is}${change ? ` (${change})` : ''}` : [],
      ),
    })
  return (
    <div ref={view} className={styles.view}>
      <h1 className="spoken">Two spans compared</h1>
      <header className={styles.head}>
        <SideHead letter="A" side={a} />
        <button type="button" className={popup.tool} title={compareCommands.swap.title} onClick={swap}>
          ⇄ <span className={styles.word}>Swap</span>
        </button>
        <SideHead letter="B" side={b} />
        <button type="button" className={popup.tool} aria-pressed={only} onClick={() => setOnly(!only)}>
          Only differences
        </button>
      </header>
      <Group
        id="compare"
        orientation="vertical"
        className={styles.panes}
        {...(layout.defaultLayout ? { defaultLayout: layout.defaultLayout } : {})}
        onLayoutChanged={layout.onLayoutChanged}
      >
        <Panel id="figures" minSize={80} defaultSize="38%" className={styles.panel}>
          <ScrollRegion ref={top} className={styles.top} data-pane="Figures" label="Figures and configuration">
            {query.get('since') === 'good' && <SinceGood a={a} b={b} />}
            <Figures figures={figures} only={only} />
            <div className={styles.configuration}>
              {parts.length === 0 ? (
                <p className={styles.faint}>Model, parameters and tools are the same, as far as the files say.</p>
              ) : (
                <Changes parts={parts} />
              )}
            </div>
          </ScrollRegion>
        </Panel>
        <Separator className={styles.separator} aria-label="Height of the figures" />
        <Panel id="texts" minSize={160} className={styles.panel}>
          <DiffPane before={before} after={after} label={textNames[shown]} markdown={markdown}>
            <span role="group" aria-label="Which text">
              {(['input', 'output'] as const).map(name => (
                <button
                  key={name}
                  type="button"
                  className={popup.tool}
                  aria-pressed={shown === name}
                  onClick={() => setText(name)}
                >
                  {textNames[name]}
                  {texts[0][name] === texts[1][name] && ' ='}
                </button>
              ))}
            </span>
          </DiffPane>
        </Panel>
      </Group>
    </div>
  )
}
