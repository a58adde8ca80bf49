import type { RetrievedDocument } from '../../../../shared/domain/message.ts'
import { formatCount } from '../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { originOf } from '../../../../shared/messages/sources.ts'
import { JsonText } from '../../../components/json/JsonText.tsx'
import { MarkdownText } from '../../../components/markdown/MarkdownText.tsx'
import { CopyButton } from '../../../components/messages/CopyButton.tsx'
import { Value } from '../../../components/value/Value.tsx'
import { Block, ValueBlock } from './Block.tsx'
import styles from './detail.module.css'

interface Props {
  readonly query: string | undefined
  readonly documents: readonly RetrievedDocument[]
  readonly openLink: (url: string) => void
}

const most = 200

/** What was looked for and what was found, in the order the file gave. */
export function Documents({ query, documents, openLink }: Props) {
  return (
    <>
      <ValueBlock title="Query" value={query} absent="The file gives no query." />
      {documents.length === 0 && <p className={styles.note}>No documents were found.</p>}
      {documents.slice(0, most).map(document => (
        <Document key={document.rank} document={document} openLink={openLink} />
      ))}
      {documents.length > most && <p className={styles.note}>{formatCount(documents.length - most)} more: see Raw.</p>}
    </>
  )
}

function Document({
  document,
  openLink,
}: {
  readonly document: RetrievedDocument
  readonly openLink: Props['openLink']
}) {
  const { content, title, id, uri, score, rankBefore, metadata } = document
  const name = title ?? id ?? uri
  const source = originOf(metadata)
  return (
    <Block
      title={`${document.rank}. ${name === undefined ? 'Document' : visibleLine(name, 200)}`}
      shown={
        <>
          {document.rank}.{' '}
          <Value field="document" value={name}>
            {name === undefined ? 'Document' : visibleLine(name, 200)}
          </Value>
        </>
      }
      aside={[
        score === undefined ? 'no score' : `score ${Number(score.toPrecision(5))}`,
        ...(rankBefore === undefined ? [] : [`was ${rankBefore}.`]),
      ].join(' · ')}
      copy={content === undefined ? undefined : () => content}
    >
      {id !== undefined && id !== name && (
        <p className={styles.aside}>
          id{' '}
          <Value field="document" value={id}>
            <code>{visibleLine(id, 200)}</code>
          </Value>
        </p>
      )}
      {source !== undefined && (
        <p className={styles.aside}>
          source{' '}
          <Value field="document" value={source}>
            {visibleLine(source, 400)}
          </Value>
        </p>
      )}
      {uri !== undefined && <Address uri={uri} openLink={openLink} />}
      {content === undefined ? (
        <p className={styles.aside}>The file gives no text.</p>
      ) : (
        <MarkdownText text={content} fold={8} />
      )}
      {metadata !== undefined && (
        <div className={styles.metadata}>
          <JsonText value={metadata} fold={4} />
        </div>
      )}
    </Block>
  )
}

/** An address as text. It opens outside, after a question that shows it whole. */
function Address({ uri, openLink }: { readonly uri: string; readonly openLink: Props['openLink'] }) {
  return (
    <p className={styles.address}>
      <code>{visibleLine(uri, 2048)}</code>
      <CopyButton text={() => uri} label="Copy the address" />
      {/^https?:\/\//i.test(uri) && uri.length <= 2048 && (
        <button type="button" className={styles.link} onClick={() => openLink(uri)}>
          Open outside…
        </button>
      )}
    </p>
  )
}
