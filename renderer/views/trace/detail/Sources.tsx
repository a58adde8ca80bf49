import type { Output } from '../../../../shared/contract/index.ts'
import { formatCount } from '../../../../shared/format/numbers.ts'
import { visibleLine, visibleText } from '../../../../shared/format/visible-text.ts'
import type { Source } from '../../../../shared/messages/sources.ts'
import { adjustQuery, useAsk } from '../../../app/view.ts'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { Value } from '../../../components/value/Value.tsx'
import type { SourcesBefore } from '../model/sources.ts'
import { Block } from './Block.tsx'
import styles from './detail.module.css'

type Found = Output<'spans.sources'>['found'][number]

/** Which documents an answer had: every one that was found before it, whether it was sent to the model, and whether the answer names it. */
export function Sources({ before }: { readonly before: SourcesBefore }) {
  const { call, retrievals, left } = before
  const { data, error, again } = useAsk('spans.sources', { id: call, retrievals })
  if (error) return <ErrorNote title="The documents could not be read." error={error} retry={again} />
  if (!data) return null
  const documents = data.found.flatMap(found => found.documents)
  return (
    <>
      <p className={styles.note}>{summaryOf(documents)}</p>
      {data.found.map(found => (
        <Retrieval key={found.id} found={found} />
      ))}
      {left > 0 && (
        <p className={styles.note}>{formatCount(left)} earlier retrievals are not shown here: find kind:retrieval.</p>
      )}
    </>
  )
}

function Retrieval({ found: { id, name, query, documents, more } }: { readonly found: Found }) {
  const title = visibleLine(name, 200) || '(no name)'
  return (
    <Block
      title={title}
      shown={
        <button
          type="button"
          className={styles.link}
          onClick={() => adjustQuery({ span: String(id), tab: 'documents' }, { push: true })}
        >
          {title}
        </button>
      }
      aside={query === undefined ? undefined : `for “${visibleLine(query, 200)}”`}
    >
      <ol className={styles.sources}>
        {documents.map(document => (
          <SourceItem key={document.rank} document={document} />
        ))}
      </ol>
      {more > 0 && <p className={styles.aside}>{formatCount(more)} more: open the retrieval.</p>}
    </Block>
  )
}

function SourceItem({ document }: { readonly document: Source }) {
  const { rank, title, id, uri, origin, score, excerpt, sent, named } = document
  const name = title ?? id ?? uri
  const facts = [
    ...(score === undefined ? ['no score'] : [`score ${Number(score.toPrecision(5))}`]),
    ...(id !== undefined && id !== name ? [`id ${visibleLine(id, 200)}`] : []),
    ...(origin === undefined ? [] : [`source ${visibleLine(origin, 400)}`]),
    ...(uri !== undefined && uri !== name && uri !== origin ? [visibleLine(uri, 400)] : []),
  ]
  return (
    <li data-sent={sent === 'no' ? 'no' : undefined}>
      <p>
        {rank}.{' '}
        <Value field="document" value={name}>
          <b>{name === undefined ? 'Document' : visibleLine(name, 200)}</b>
        </Value>{' '}
        <span className={styles.aside}>{facts.join(' · ')}</span>
      </p>
      <p className={styles.fate}>
        <span data-yes={sent === undefined ? undefined : sent !== 'no'}>{sentWords[sent ?? 'unknown']}</span>
        {named === true && <span data-yes>✓ named in the answer</span>}
      </p>
      {excerpt !== undefined && <p className={styles.excerpt}>{visibleText(excerpt)}</p>}
    </li>
  )
}

const sentWords = {
  whole: '✓ sent to the model',
  beginning: '✓ its beginning was sent to the model',
  no: '− not in what was sent to the model',
  unknown: 'The file does not tell whether it was sent to the model',
} as const

function summaryOf(documents: readonly Source[]): string {
  if (documents.length === 0) return 'What was looked up before this answer found no documents.'
  const judged = documents.filter(({ sent }) => sent !== undefined)
  const sent = judged.filter(({ sent: how }) => how !== 'no').length
  const named = documents.filter(each => each.named).length
  const found = documents.length === 1 ? '1 document was' : `${formatCount(documents.length)} documents were`
  return (
    [
      `${found} found before this answer`,
      ...(judged.length === 0 ? [] : [`${formatCount(sent)} sent to the model`]),
      ...(named === 0 ? [] : [`${formatCount(named)} named in the answer`]),
    ].join(', ') + '.'
  )
}
