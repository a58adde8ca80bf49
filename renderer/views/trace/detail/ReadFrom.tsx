import type { Span } from '../../../../shared/domain/span.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import styles from './detail.module.css'
import type { SectionId } from './sections.ts'

/** The fields a section shows, in words; those of the facts stand there beside their values. */
const shown: { readonly [section in SectionId]?: readonly (readonly [field: keyof Span, words: string])[] } = {
  messages: [
    ['inputMessages', 'input'],
    ['outputMessages', 'output'],
    ['finishReasons', 'finish'],
  ],
  tool: [['tool', 'tool']],
  documents: [
    ['query', 'query'],
    ['documents', 'documents'],
  ],
  content: [
    ['input', 'input'],
    ['output', 'output'],
  ],
  offered: [['toolsOffered', 'tools']],
  prompt: [['prompt', 'prompt']],
  usage: [
    ['usage', 'tokens'],
    ['recordedCost', 'recorded cost'],
  ],
  scores: [['scores', 'scores']],
  facts: [
    ['statusMessage', 'status message'],
    ['metadata', 'metadata'],
  ],
}

/** Which attributes gave what the section shows. Stays in sight at its foot, however long the section is. */
export function ReadFrom({ section, span }: { readonly section: SectionId; readonly span: Span }) {
  const sources = (shown[section] ?? []).flatMap(([field, words]) => {
    const from = span.readBy?.[field]
    return from === undefined || from === 'nothing' || span[field] === undefined ? [] : { words, from }
  })
  if (sources.length === 0) return null
  return (
    <footer className={styles.readFrom}>
      Read from:{' '}
      {sources.map(({ words, from }, i) => (
        <span key={words}>
          {i > 0 && ' · '}
          {sources.length > 1 && `${words} `}
          <code title={visibleLine(from, 1000)}>{visibleLine(from, 120) || 'the record itself'}</code>
        </span>
      ))}
    </footer>
  )
}
