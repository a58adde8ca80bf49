import { memo, type ReactNode, useMemo, useRef } from 'react'
import { visibleLine, visibleText } from '../../../shared/format/visible-text.ts'
import { announce } from '../../app/announce.ts'
import { useMarkedHits } from '../hits/use-hits.ts'
import { LongText } from '../json/LongText.tsx'
import { CopyButton } from '../messages/CopyButton.tsx'
import { copyText } from '../messages/copy-text.ts'
import styles from './markdown.module.css'
import { parseMarkdown, type Block, type Inline, type Item, type Line, type Table } from './parse.ts'

/** Longest text that is read as Markdown; a longer one is shown as it is written. */
export const longestMarkdown = 100_000

/** A text of a model as it meant it. Elements of ours with texts of its own: never HTML, and no address is ever followed. */
export const Markdown = memo(function Markdown({ text }: { readonly text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text])
  return (
    <div className={styles.markdown}>
      <Blocks blocks={blocks} />
    </div>
  )
})

function Blocks({ blocks }: { readonly blocks: readonly Block[] }) {
  // Blocks have no identity of their own, and never move.
  // oxlint-disable-next-line react/no-array-index-key
  return blocks.map((block, i) => <BlockView key={i} block={block} />)
}

function BlockView({ block }: { readonly block: Block }) {
  switch (block.type) {
    case 'heading':
      return (
        <p className={styles.heading} data-level={block.level}>
          <LineView line={block.line} />
        </p>
      )
    case 'code':
      return <Code language={block.language} text={block.text} />
    case 'quote':
      return (
        <blockquote className={styles.quote}>
          <Blocks blocks={block.blocks} />
        </blockquote>
      )
    case 'list':
      return (
        <ul className={styles.list}>
          {block.items.map((item, i) => (
            // oxlint-disable-next-line react/no-array-index-key
            <ItemView key={i} item={item} />
          ))}
        </ul>
      )
    case 'table':
      return <TableView table={block} />
    case 'rule':
      return <hr className={styles.rule} />
    case 'paragraph':
    default:
      return (
        <p className={styles.paragraph}>
          <LineView line={block.line} />
        </p>
      )
  }
}

/** The marker is the one that is written: a list that counts 1, 1, 1 does. */
function ItemView({ item: { marker, done, blocks } }: { readonly item: Item }) {
  return (
    <li className={styles.item}>
      <span className={styles.marker}>{/\d/.test(marker) ? marker : '•'}</span>
      {done !== undefined && (
        <span className={styles.marker}>
          <span aria-hidden>{done ? '☑' : '☐'}</span>
          <span className="spoken">{done ? 'done' : 'to do'}</span>
        </span>
      )}
      <div className={styles.content}>
        <Blocks blocks={blocks} />
      </div>
    </li>
  )
}

function Code({ language, text }: { readonly language: string; readonly text: string }) {
  return (
    <div className={styles.code}>
      <div className={styles.codeHead}>
        <span>{visibleLine(language, 80)}</span>
        <CopyButton text={() => text} label="Copy the code" />
      </div>
      <LongText text={text} look={/^jsonc?$/i.test(language) ? 'json' : 'mono'} fold={60} />
    </div>
  )
}

const mostRows = 500

function TableView({ table: { head, align, rows } }: { readonly table: Table }) {
  return (
    // A table wider than the panel scrolls by itself: a keyboard must get there.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.wide} tabIndex={0} role="group" aria-label="Table">
      <table className={styles.table}>
        <thead>
          <tr>
            {head.map((cell, i) => (
              // oxlint-disable-next-line react/no-array-index-key
              <th key={i} style={{ textAlign: align[i] }}>
                <LineView line={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostRows).map((row, i) => (
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={i}>
              {row.map((cell, j) => (
                // oxlint-disable-next-line react/no-array-index-key
                <td key={j} style={{ textAlign: align[j] }}>
                  <LineView line={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostRows && <p>{rows.length - mostRows} more rows: see the plain text</p>}
    </div>
  )
}

/** A text with its inline forms, and the hits of the query in it. */
function LineView({ line: { source, nodes } }: { readonly line: Line }) {
  const element = useRef<HTMLSpanElement>(null)
  useMarkedHits(element, source)
  return <span ref={element}>{shown(nodes)}</span>
}

function shown(nodes: readonly Inline[]): ReactNode {
  return nodes.map((node, i) => {
    // oxlint-disable-next-line react/no-array-index-key
    return typeof node === 'string' ? visibleText(node) : <InlineView key={i} node={node} />
  })
}

function InlineView({ node }: { readonly node: Exclude<Inline, string> }) {
  switch (node.type) {
    case 'code':
      return <code className={styles.inlineCode}>{visibleText(node.text)}</code>
    case 'strong':
      return <strong>{shown(node.children)}</strong>
    case 'emphasis':
      return <em>{shown(node.children)}</em>
    case 'strike':
      return <s>{shown(node.children)}</s>
    case 'image':
      return (
        <span className={styles.image}>
          image {node.alt !== '' && <b>{visibleText(node.alt)} </b>}
          <Address url={node.url} title={node.title}>
            {visibleText(node.url)}
          </Address>{' '}
          <span className={styles.aside}>not fetched</span>
        </span>
      )
    case 'link':
    default: {
      const isItself = node.children.length === 1 && node.children[0] === node.url
      return (
        <Address url={node.url} title={node.title}>
          {shown(node.children)}
          {!isItself && <span className={styles.aside}> ({visibleText(node.url)})</span>}
        </Address>
      )
    }
  }
}

interface AddressProps {
  readonly url: string
  readonly title: string | undefined
  readonly children: ReactNode
}

/** An address stands there in full, and a press copies it. */
function Address({ url, title, children }: AddressProps) {
  const onClick = () => {
    if (getSelection()?.isCollapsed === false) return
    void copyText(url).then(() => announce('Address copied'))
  }
  return (
    <button type="button" className={styles.link} title="Copy the address" onClick={onClick}>
      {children}
      {title !== undefined && <span className={styles.aside}> “{visibleText(title)}”</span>}
    </button>
  )
}
