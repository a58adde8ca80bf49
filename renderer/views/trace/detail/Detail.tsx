import { Tabs } from '@base-ui/react/tabs'
import { type Ref, useCallback, useContext, useImperativeHandle, useLayoutEffect, useMemo, useRef } from 'react'
import { adjustQuery, useClient, useCommands, useDismiss } from '../../../app/view.ts'
import { HitsContext } from '../../../components/hits/hits.ts'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { announce } from '../../../app/announce.ts'
import { copyText } from '../../../components/messages/copy-text.ts'
import { formatCount } from '../../../../shared/format/numbers.ts'
import { printSpan } from '../../../../shared/messages/print-markdown.ts'
import { copyCommands, findCommands } from '../commands.ts'
import { printTrace } from '../copy-trace.ts'
import { callsBefore } from '../model/calls-before.ts'
import { sourcesBefore } from '../model/sources.ts'
import type { TraceModel } from '../model.ts'
import { useSpan } from '../use-span.ts'
import styles from './detail.module.css'
import { Header } from './Header.tsx'
import { useHitSections } from './hit-sections.ts'
import { HitStrip, type HitStripHandle } from './HitStrip.tsx'
import { SectionBody } from './SectionBody.tsx'
import { chooseSection, sectionsOf } from './sections.ts'
import { useFocusInside } from './use-focus-inside.ts'
import { useWish } from './use-wish.ts'

/** Told which span is meant: that it is read and shown may take a moment, and then it is done. */
export interface DetailHandle {
  readonly focus: (span: number) => void
  readonly showRaw: (span: number) => void
  /** This span is selected now: what was wanted of another is not any more. */
  readonly goOn: (span: number | undefined) => void
}

interface Props {
  readonly model: TraceModel
  readonly row: number
  /** The section the reader last asked for. */
  readonly tab: string | null
  readonly handle: Ref<DetailHandle>
  /** Gives focus back to the tree. */
  readonly onBack: () => void
}

/** Everything known about the selected span. What was read stays until the next span is there. */
export function Detail({ model, row, tab, handle, onBack }: Props) {
  const client = useClient()
  const earlier = useMemo(() => callsBefore(model.tree, row), [model, row])
  const { read, error, again } = useSpan(model.tree.id[row], earlier)
  const pane = useRef<HTMLElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const { wish, want, goOn, forget } = useWish(pane)
  useDismiss(useFocusInside(pane, forget), onBack)
  const openLink = useCallback((url: string) => void client.ask('links.open', { url }).catch(() => {}), [client])
  useImperativeHandle(handle, () => ({
    focus: span => want({ part: 'body', span }),
    showRaw: span => {
      want({ part: 'raw', span })
      adjustQuery({ tab: 'raw' })
    },
    goOn,
  }))

  const shownRow = read ? model.tree.id.indexOf(read.id) : -1
  const shown = shownRow < 0 ? undefined : read
  const sources = useMemo(() => (shownRow < 0 ? undefined : sourcesBefore(model.tree, shownRow)), [model, shownRow])
  const sections = shown ? sectionsOf(shown.span, sources !== undefined) : []
  const find = useContext(HitsContext)
  const counts = useHitSections(shown?.span, find)
  // What was looked for comes first, unless the reader asked for a section.
  const active =
    shown && chooseSection(sections, tab ?? sections.find(({ id }) => counts?.bySection.has(id))?.id ?? null)
  useLayoutEffect(() => {
    if (wish?.part !== 'body' || wish.span !== shown?.id) return
    body.current?.focus({ preventScroll: true })
    forget()
  }, [wish, shown, forget])
  const hits = useRef<HitStripHandle>(null)
  useCommands(
    [
      { ...findCommands.next, group: 'Trace: rows', sheetOnly: true, run: () => hits.current?.go(1) },
      { ...findCommands.previous, group: 'Trace: rows', sheetOnly: true, run: () => hits.current?.go(-1) },
    ],
    { within: pane },
  )
  const copy = (what: string, text: Promise<string>) =>
    void text.then(copyText).then(
      () => announce(`${what} copied as Markdown`),
      () => announce(`${what} could not be copied: press once more`),
    )
  useCommands([
    {
      ...copyCommands.span,
      when: () => shown !== undefined,
      run: () => shown && copy('Span', Promise.resolve(printSpan(shown.span))),
    },
    { ...copyCommands.trace, run: () => copy('Trace', printTrace(client, model)) },
  ])
  const title = shown ? 'The selected span could not be read; this is the one before.' : 'The span could not be read.'
  return (
    <section ref={pane} className={styles.detail} data-pane="Details" aria-label="Span details">
      {shown && <Header model={model} row={shownRow} span={shown.span} />}
      {error && <ErrorNote title={title} error={error} retry={again} />}
      {shown && active && (
        <Tabs.Root className={styles.tabs} value={active} onValueChange={value => adjustQuery({ tab: String(value) })}>
          <Tabs.List className={styles.list} aria-label="Sections" activateOnFocus>
            {sections.map(section => (
              <Tabs.Tab key={section.id} value={section.id} className={styles.tab}>
                {section.label}
                {section.count !== undefined && <span className={styles.count}>{formatCount(section.count)}</span>}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {counts && (
            <HitStrip
              key={`hits ${shown.id} ${active}`}
              sections={sections}
              active={active}
              counts={counts}
              handle={hits}
              open={section => adjustQuery({ tab: section })}
            />
          )}
          <Tabs.Panel
            // A new span starts at its top.
            key={`${shown.id} ${active}`}
            ref={body}
            value={active}
            className={styles.panel}
            data-fills={active === 'raw' || active === 'attributes' || undefined}
          >
            <SectionBody
              section={active}
              model={model}
              row={shownRow}
              read={shown}
              sources={sources}
              focusRaw={wish?.part === 'raw' && wish.span === shown.id}
              openLink={openLink}
              onBack={onBack}
            />
          </Tabs.Panel>
        </Tabs.Root>
      )}
    </section>
  )
}
