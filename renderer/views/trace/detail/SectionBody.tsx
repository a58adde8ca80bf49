import { lazy, Suspense, useMemo } from 'react'
import type { Message } from '../../../../shared/domain/message.ts'
import { adjustQuery } from '../../../app/view.ts'
import { Messages } from '../../../components/messages/Messages.tsx'
import type { TraceModel } from '../model.ts'
import type { SourcesBefore } from '../model/sources.ts'
import type { ReadSpan } from '../use-span.ts'
import { Attributes } from './Attributes.tsx'
import { Content, PromptSection, ToolSection } from './Content.tsx'
import styles from './detail.module.css'
import { Documents } from './Documents.tsx'
import { Events } from './Events.tsx'
import { Facts } from './Facts.tsx'
import { OfferedTools } from './OfferedTools.tsx'
import { Model } from './Model.tsx'
import { ReadFrom } from './ReadFrom.tsx'
import type { SectionId } from './sections.ts'
import { Sources } from './Sources.tsx'
import { Scores, UsageSection } from './Usage.tsx'

const Raw = lazy(() => import('./Raw.tsx'))

interface Props {
  readonly section: SectionId
  readonly model: TraceModel
  readonly row: number
  readonly read: ReadSpan
  readonly sources: SourcesBefore | undefined
  /** Moves focus into the raw record as soon as it is there. */
  readonly focusRaw: boolean
  readonly openLink: (url: string) => void
  readonly onBack: () => void
}

/** A section, and at its foot the attributes it was read from. */
export function SectionBody(props: Props) {
  return (
    <>
      <Body {...props} />
      <ReadFrom section={props.section} span={props.read.span} />
    </>
  )
}

const none: readonly Message[] = []

function Body({ section, model, row, sources, read: { id, span, repeats }, focusRaw, openLink, onBack }: Props) {
  const repeated = useMemo(() => {
    const previous = repeats?.previous ?? undefined
    if (!repeats || previous === undefined) return undefined
    const { same, gone } = repeats
    return { same, gone, open: () => adjustQuery({ span: String(previous) }, { push: true }) }
  }, [repeats])
  switch (section) {
    case 'messages':
      return (
        <Messages
          input={span.inputMessages ?? none}
          output={span.outputMessages ?? none}
          repeated={repeated}
          openLink={openLink}
        />
      )
    case 'sources':
      return sources && <Sources before={sources} />
    case 'tool':
      return <ToolSection tool={span.tool ?? {}} failed={span.status === 'error'} />
    case 'documents':
      return <Documents query={span.query} documents={span.documents ?? []} openLink={openLink} />
    case 'content':
      return <Content input={span.input} output={span.output} />
    case 'offered':
      return <OfferedTools span={span} />
    case 'model':
      return <Model span={span} />
    case 'prompt':
      return <PromptSection prompt={span.prompt ?? {}} />
    case 'usage':
      return <UsageSection id={id} span={span} marks={model.tree.marks[row] ?? 0} />
    case 'scores':
      return <Scores scores={span.scores ?? []} />
    case 'events':
      return <Events span={span} />
    case 'attributes':
      return <Attributes id={id} span={span} />
    case 'raw':
      return (
        <Suspense fallback={<p className={styles.note}>Loading the editor…</p>}>
          <Raw id={id} focus={focusRaw} onEscape={onBack} />
        </Suspense>
      )
    case 'facts':
    default:
      return <Facts span={span} self={model.sums.self[row] ?? Number.NaN} />
  }
}
