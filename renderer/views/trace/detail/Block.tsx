import type { ReactNode } from 'react'
import type { JsonValue } from '../../../../shared/domain/json.ts'
import { JsonText } from '../../../components/json/JsonText.tsx'
import { prettyJson } from '../../../components/json/pretty.ts'
import { CopyButton } from '../../../components/messages/CopyButton.tsx'
import styles from './detail.module.css'

interface BlockProps {
  readonly title: string
  /** Stands in the place of the title, which it says too. */
  readonly shown?: ReactNode
  readonly aside?: ReactNode
  /** What the copy button gives. */
  readonly copy?: (() => string) | undefined
  readonly failed?: boolean
  readonly children: ReactNode
}

/** A part of a section under a heading. */
export function Block({ title, shown = title, aside, copy, failed = false, children }: BlockProps) {
  return (
    <section className={styles.block} data-failed={failed || undefined} data-part={title.toLowerCase()}>
      <header className={styles.blockHead}>
        <h3>{shown}</h3>
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
        {copy && (
          <span className={styles.right}>
            <CopyButton text={copy} label={`Copy ${title.toLowerCase()}`} />
          </span>
        )}
      </header>
      {children}
    </section>
  )
}

interface ValueProps {
  readonly title: string
  readonly value: JsonValue | undefined
  /** Said where the value is absent. */
  readonly absent: string
  readonly fold?: number
  readonly failed?: boolean
}

export function ValueBlock({ title, value, absent, fold, failed = false }: ValueProps) {
  return (
    <Block title={title} failed={failed} copy={value === undefined ? undefined : () => prettyJson(value)}>
      {value === undefined ? (
        <p className={styles.aside}>{absent}</p>
      ) : (
        <JsonText value={value} {...(fold === undefined ? {} : { fold })} />
      )}
    </Block>
  )
}

/** Names and values, one pair a line. */
export function Pairs({ children }: { readonly children: ReactNode }) {
  return <dl className={styles.pairs}>{children}</dl>
}

interface PairProps {
  readonly name: string
  readonly children: ReactNode
  /** Where the value was read from, or why there is none. */
  readonly aside?: string | undefined
  readonly indent?: boolean
}

export function Pair({ name, children, aside, indent = false }: PairProps) {
  return (
    <div className={styles.pair} data-indent={indent || undefined}>
      <dt>{name}</dt>
      <dd>
        {children}
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
      </dd>
    </div>
  )
}
