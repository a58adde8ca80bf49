import { MessageSquareQuote } from 'lucide-react'
import { formatPlural } from '../../../shared/format/numbers.ts'
import { focusView, navigate, useBreadcrumb, useRouteQuery, type ViewProps } from '../../app/view.ts'
import { Button } from '../../components/button/Button.tsx'
import { EmptyResult } from '../../components/empty-result/EmptyResult.tsx'
import { EmptyState } from '../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { QueryBar } from '../../components/query-bar/QueryBar.tsx'
import { promptWords } from './model/words.ts'
import { RecoveryLine } from './parts/RecoveryLine.tsx'
import { PromptScreen } from './PromptScreen.tsx'
import styles from './prompts.module.css'
import { usePromptAsk, useWhere } from './use-prompt-ask.ts'

/** One prompt: its versions, what differs between two of them, and what came of it. All of it stands in the address. */
export function PromptView({ params }: ViewProps) {
  const name = params['name'] ?? ''
  useBreadcrumb(promptWords(name))
  const query = useRouteQuery()
  const { text } = query
  const where = useWhere(text)
  const { data, error, again, fresh, slow } = usePromptAsk(
    'prompts.versions',
    where && name !== '' ? { prompt: name, ...where } : null,
  )
  const shown = data?.name === name ? data : undefined
  const isEmpty = shown !== undefined && shown.versions.length === 0
  return (
    <div className={styles.view}>
      <QueryBar
        of="calls"
        query={query}
        found={shown && fresh ? formatPlural(shown.versions.length + shown.more, 'version') : undefined}
        running={slow}
        leave={focusView}
      />
      <RecoveryLine />
      {error && <ErrorNote title="The versions could not be read." error={error} retry={again} />}
      {isEmpty && text !== '' && <EmptyResult of="calls" query={text} ask={query.commit} />}
      {isEmpty && text === '' && (
        <EmptyState
          icon={MessageSquareQuote}
          title="No call here has this prompt"
          actions={<Button onClick={() => navigate('/prompts')}>All prompts</Button>}
        >
          No imported call names the prompt <code>{promptWords(name)}</code>, and none was recovered under that name. It
          may stand in a file that is not imported, in another store, or a person gave it another name.
        </EmptyState>
      )}
      {shown && !isEmpty && where && <PromptScreen key={name} data={shown} where={where} query={text} busy={!fresh} />}
    </div>
  )
}
