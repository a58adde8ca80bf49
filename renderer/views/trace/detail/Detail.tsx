import { Tabs } from '@base-ui/react/tabs'
import { lazy, type Ref, Suspense, useCallback, useImperativeHandle, useRef, useState } from 'react'
import { adjustQuery, useClient, useDismiss } from '../../../app/view.ts'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { Messages } from '../../../components/messages/Messages.tsx'
import { formatCount } from '../../../../shared/format/numbers.ts'
import type { TraceModel } from '../model.ts'
import { useSpan } from '../use-span.ts'
import { Attributes } from './Attributes.tsx'
import { Content, OfferedTools, PromptSection, ToolSection } from './Content.tsx'
import { Documents } from './Documents.tsx'
import { Events } from './Events.tsx'
import { Facts } from './Facts.tsx'
import { Header } from './Header.tsx'
import { chooseSection, type SectionId, sectionsOf } from './sections.ts'
import styles from './detail.module.css'
import { Scores, UsageSection } from './Usage.tsx'

const Raw = lazy(() => import('./Raw.tsx'))

export interface DetailHandle {
  readonly focus: () => void
  readonly showRaw: () => void
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
  const { read, error, again } = useSpan(model.tree.id[row])
  const body = useRef<HTMLDivElement>(null)
  // The span whose raw record is to take focus as soon as it is there.
  const [rawFor, setRawFor] = useState<number>()
  const [inside, setInside] = useState(false)
  useDismiss(inside, onBack)
  const openLink = useCallback((url: string) => void client.ask('links.open', { url }).catch(() => {}), [client])
  useImperativeHandle(handle, () => ({
    focus: () => body.current?.focus({ preventScroll: true }),
    showRaw: () => {
      setRawFor(model.tree.id[row])
      adjustQuery({ tab: 'raw' })
    },
  }))

  const shownRow = read ? model.tree.id.indexOf(read.id) : -1
  if (!read || shownRow < 0) {
    return (
      <section className={styles.detail} data-pane="Details" aria-label="Span details">
        {error && <ErrorNote title="The span could not be read." error={error} retry={again} />}
      </section>
    )
  }
  const { span, id } = read
  const sections = sectionsOf(span)
  const active = chooseSection(sections, tab)
  const show = (section: SectionId) => {
    adjustQuery({ tab: section })
  }
  return (
    <section
      className={styles.detail}
      data-pane="Details"
      aria-label="Span details"
      onFocus={() => setInside(true)}
      onBlur={event => {
        if (event.currentTarget.contains(event.relatedTarget)) return
        setInside(false)
        setRawFor(undefined)
      }}
    >
      <Header model={model} row={shownRow} span={span} />
      {error && (
        <ErrorNote title="The selected span could not be read; this is the one before." error={error} retry={again} />
      )}
      <Tabs.Root
        className={styles.tabs}
        value={active}
        onValueChange={value => show(value as SectionId)}
        // The tree has the arrow keys; here they walk the tabs.
        orientation="horizontal"
      >
        <Tabs.List className={styles.list} aria-label="Sections" activateOnFocus>
          {sections.map(section => (
            <Tabs.Tab key={section.id} value={section.id} className={styles.tab}>
              {section.label}
              {section.count !== undefined && <span className={styles.count}>{formatCount(section.count)}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel
          key={`${id} ${active}`}
          ref={body}
          value={active}
          className={styles.panel}
          data-fills={active === 'raw' || active === 'attributes' || undefined}
        >
          {active === 'messages' && (
            <Messages input={span.inputMessages ?? []} output={span.outputMessages ?? []} openLink={openLink} />
          )}
          {active === 'tool' && <ToolSection tool={span.tool!} kind={span.kind} failed={span.status === 'error'} />}
          {active === 'documents' && (
            <Documents query={span.query} documents={span.documents ?? []} openLink={openLink} />
          )}
          {active === 'content' && <Content input={span.input} output={span.output} />}
          {active === 'offered' && <OfferedTools span={span} />}
          {active === 'prompt' && <PromptSection prompt={span.prompt!} />}
          {active === 'usage' && <UsageSection span={span} marks={model.tree.marks[shownRow]!} />}
          {active === 'scores' && <Scores scores={span.scores ?? []} />}
          {active === 'events' && <Events span={span} />}
          {active === 'facts' && <Facts span={span} self={model.sums.self[shownRow]!} />}
          {active === 'attributes' && <Attributes span={span} />}
          {active === 'raw' && (
            <Suspense fallback={<p className={styles.note}>Loading the editor…</p>}>
              <Raw id={id} focus={rawFor === id} onEscape={onBack} />
            </Suspense>
          )}
        </Tabs.Panel>
      </Tabs.Root>
    </section>
  )
}
