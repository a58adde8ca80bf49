import { useMemo, useState } from 'react'
import type { Output } from '../../../../shared/contract/index.ts'
import type { PromptVersionRow } from '../../../../shared/contract/prompts.ts'
import { comparisonMarkdown } from '../../../../shared/diff/markdown.ts'
import { formatCount } from '../../../../shared/format/numbers.ts'
import { visibleLine, visibleText } from '../../../../shared/format/visible-text.ts'
import { type Draft, renderDraft } from '../../../../shared/prompts/render-template.ts'
import { writtenSlots } from '../../../../shared/prompts/written-template.ts'
import { navigate, useClient } from '../../../app/view.ts'
import { DiffPane } from '../../../components/diff/DiffPane.tsx'
import { EmptyState } from '../../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import popup from '../../../components/popup/popup.module.css'
import { spanIdOf } from '../../../state/compare-desk.ts'
import { tryDraftAddress } from '../../../state/replay-address.ts'
import { toRequestError } from '../../../state/request-error.ts'
import { tell } from '../../../state/undo.ts'
import { versionWords } from '../model/words.ts'
import styles from '../prompts.module.css'
import own from './draft.module.css'
import { useDraft } from '../use-draft.ts'
import { usePromptAsk } from '../use-prompt-ask.ts'

interface Props {
  readonly prompt: string
  readonly version: PromptVersionRow
}

type Version = Output<'prompts.version'>

/** Another text for a version, written beside it and tried with values. */
export function DraftPane({ prompt, version }: Props) {
  const asked = { prompt, version: version.version }
  const base = usePromptAsk('prompts.version', asked)
  const kept = usePromptAsk('prompts.draft', asked)
  // What is being written is the newest there is: it is read once.
  const [first, setFirst] = useState<{ readonly draft: Draft | null; readonly n: number }>()
  if (!first && kept.data && kept.fresh) setFirst({ draft: kept.data.draft, n: 0 })
  const failed = [base, kept].find(({ error }) => error)
  if (failed?.error) return <ErrorNote title="The draft could not be read." error={failed.error} retry={failed.again} />
  if (!base.data || !first) return null
  const { template, cut } = base.data
  if (template === undefined || cut > 0) {
    return (
      <EmptyState title="This version cannot be written on" within>
        {cut > 0 ? 'Its text is too long to be shown whole.' : 'Nobody knows its text.'}
      </EmptyState>
    )
  }
  return (
    <Writing
      key={first.n}
      prompt={prompt}
      base={base.data}
      template={template}
      kept={first.draft}
      show={draft => setFirst(old => ({ draft, n: (old?.n ?? 0) + 1 }))}
    />
  )
}

interface WritingProps {
  readonly prompt: string
  readonly base: Version
  readonly template: string
  readonly kept: Draft | null
  readonly show: (draft: Draft | null) => void
}

/** Characters of a preview. */
const longest = 20_000

function Writing({ prompt, base: read, template: written, kept, show }: WritingProps) {
  const client = useClient()
  // Read anew it says the same, and the editor would begin again from what was kept.
  const [{ base, template }] = useState({ base: read, template: written })
  const [initial] = useState(() => kept ?? { template, variables: examplesOf(base) })
  const { draft, set, keep, discard } = useDraft({ prompt, version: base.version }, initial, show)
  const before = useMemo(() => ({ text: template, name: versionWords(base), slots: base.slots }), [template, base])
  const after = useMemo(() => ({ text: initial.template, name: `draft of ${versionWords(base)}` }), [initial, base])
  const names = useMemo(() => [...new Set(writtenSlots(draft).slots.map(({ name }) => name))], [draft])
  const { text, missing } = useMemo(() => renderDraft(draft), [draft])
  const left = text.length - longest
  const tryIt = async () => {
    try {
      const version = base.version
      if (!kept) set(draft)
      await keep()
      const { calls } = await client.ask('prompts.calls', { prompt, version, offset: 0, limit: 1 })
      const [call] = calls
      if (!call) return tell('No call of this version is in the store: open any call of the prompt, and try it there')
      const spanId = await spanIdOf(client, call.id)
      navigate(tryDraftAddress({ traceId: call.traceId, spanId }, prompt, version))
    } catch (error) {
      tell(`It cannot be tried: ${toRequestError(error).message}`, true)
    }
  }
  return (
    <div className={own.draft}>
      <DiffPane
        before={before}
        after={after}
        label="Draft"
        edit={{ text: draft.template, set: next => set({ ...draft, template: next }) }}
        markdown={() =>
          comparisonMarkdown({
            title: prompt,
            from: before.name,
            to: 'draft',
            texts: [{ title: 'Prompt', before: template, after: draft.template }],
            parts: [],
          })
        }
      >
        <button type="button" className={popup.tool} onClick={() => void tryIt()}>
          Try on its latest call…
        </button>
        <button type="button" className={popup.tool} onClick={discard}>
          Throw away
        </button>
      </DiffPane>
      <section className={own.values} data-pane="Values" aria-label="Values and preview" tabIndex={-1}>
        {names.length === 0 && (
          <p className={styles.faint}>
            It has no variables. Write one as <code>{'{{name}}'}</code>.
          </p>
        )}
        {names.map(name => (
          <label key={name}>
            {visibleLine(name, 60)}
            <textarea
              rows={1}
              value={Object.hasOwn(draft.variables, name) ? draft.variables[name] : ''}
              onChange={event => set({ ...draft, variables: { ...draft.variables, [name]: event.target.value } })}
            />
          </label>
        ))}
        <h2 className={styles.faint}>Preview</h2>
        {missing.length > 0 && (
          <p role="status">No value for {missing.map(name => visibleLine(name, 60)).join(', ')}.</p>
        )}
        <div className={own.preview} role="group" aria-label="Preview">
          {visibleText(text.slice(0, longest))}
          {left > 0 && `… ${formatCount(left)} characters more`}
        </div>
      </section>
    </div>
  )
}

/** What calls had. */
function examplesOf({ slots }: Version): Draft['variables'] {
  return Object.fromEntries(slots.map(({ name, examples }) => [name, examples[0] ?? '']))
}
