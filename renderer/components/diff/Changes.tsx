import { useMemo, useState } from 'react'
import type { JsonValue } from '../../../shared/domain/json.ts'
import type { JsonChange, JsonChanges } from '../../../shared/diff/json-changes.ts'
import { pathWords } from '../../../shared/diff/path-words.ts'
import { formatCount, formatPlural } from '../../../shared/format/numbers.ts'
import { visibleText } from '../../../shared/format/visible-text.ts'
import { Button } from '../button/Button.tsx'
import { firstLines } from '../json/first-lines.ts'
import { prettyJson } from '../json/pretty.ts'
import styles from './diff.module.css'
import { wordPieces } from './word-pieces.ts'

const signs = { added: '+ added', removed: '− removed', changed: '~ changed' } as const
/** Changes of a part that are shown at first. */
const first = 40
/** Lines of a value that are shown at first. */
const fewLines = 5
/** Characters of a value. */
const longest = 4000

/** Differences of values, under what those are called: model, parameters, tools, an answer. */
export interface NamedChanges extends JsonChanges {
  readonly part: string
}

/** What values differ in, in words. */
export function Changes({ parts }: { readonly parts: readonly NamedChanges[] }) {
  return parts.map(part => <Part key={part.part} {...part} />)
}

function Part({ part, changes, more }: NamedChanges) {
  const [all, setAll] = useState(false)
  const shown = all ? changes : changes.slice(0, first)
  return (
    <section className={styles.part} aria-label={`What differs in ${part}`}>
      <h2 className={styles.partTitle}>
        {part.charAt(0).toUpperCase() + part.slice(1)}
        <small>{formatPlural(changes.length + more, 'change')}</small>
      </h2>
      <ul className={styles.changes}>
        {shown.map(change => (
          <Line key={keyOf(change)} change={change} />
        ))}
      </ul>
      {shown.length < changes.length && (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show {formatCount(changes.length - shown.length)} more
        </Button>
      )}
      {more > 0 && all && <p className={styles.more}>{formatPlural(more, 'further change')} not listed.</p>}
    </section>
  )
}

/** A thing of a set is told by itself, anything else by its place. */
function keyOf({ kind, path, before, after }: JsonChange): string {
  return JSON.stringify([kind, path, kind === 'changed' ? null : (before ?? after)]).slice(0, 400)
}

function Line({ change: { kind, path, before, after } }: { readonly change: JsonChange }) {
  const pieces = typeof before === 'string' && typeof after === 'string' ? wordPieces(before, after) : undefined
  return (
    <li className={styles.change}>
      <span className={styles.kind} data-kind={kind}>
        {signs[kind]}
      </span>
      <span className={styles.path}>{pathWords(path) || 'all of it'}</span>
      <span className={styles.values}>
        {pieces ? (
          pieces.map(({ at, kind: what, text }) => {
            const Piece = what === 'added' ? 'ins' : what === 'removed' ? 'del' : 'span'
            return (
              <Piece key={at} className={what === 'added' ? styles.is : what === 'removed' ? styles.was : undefined}>
                {visibleText(text)}
              </Piece>
            )
          })
        ) : (
          <>
            {before !== undefined && <Whole of={before} gone />}
            {before !== undefined && after !== undefined && ' → '}
            {after !== undefined && <Whole of={after} />}
          </>
        )}
      </span>
    </li>
  )
}

/** A value from before or from after: its first lines, and all of it when asked. */
function Whole({ of, gone = false }: { readonly of: JsonValue; readonly gone?: boolean }) {
  const [all, setAll] = useState(false)
  const text = useMemo(() => shownValue(of), [of])
  const start = all ? undefined : firstLines(text, fewLines)
  const Piece = gone ? 'del' : 'ins'
  return (
    <>
      <Piece className={gone ? styles.was : styles.is}>{start?.text ?? text}</Piece>
      {start && (
        <Button look="quiet" onClick={() => setAll(true)}>
          … {formatCount(text.length - start.text.length)} characters more
        </Button>
      )}
    </>
  )
}

function shownValue(value: JsonValue): string {
  const text = typeof value === 'string' ? value : prettyJson(value)
  if (text === '') return '(empty)'
  const left = text.length - longest
  return visibleText(left > 0 ? `${text.slice(0, longest).toWellFormed()}… ${formatCount(left)} characters more` : text)
}
