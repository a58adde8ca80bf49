import { useEffect, useMemo, useRef, useState } from 'react'
import type { Part } from '../../../shared/domain/message.ts'
import { formatBytes } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { saveFile } from '../export/save-file.ts'
import { base64Of, decode, sizeOf } from './base64.ts'
import { CopyButton } from './CopyButton.tsx'
import styles from './messages.module.css'
import { sniffMedia, type Sniffed } from './sniff-media.ts'

type MediaPart = Extract<Part, { type: 'media' }>

interface Props {
  readonly part: MediaPart
  /** Asks the person and opens an address outside. Absent: addresses are only shown. */
  readonly openLink?: ((url: string) => void) | undefined
}

/** Decoded without being asked for: what takes no time that one would feel. */
const smallEnough = 3_000_000

/** Images and sounds from bytes that stand in the trace itself; nothing is ever fetched. The rest is named, and may be saved. */
export function Media({ part, openLink }: Props) {
  const base64 = useMemo(() => base64Of(part), [part])
  const [wanted, setWanted] = useState(false)
  const decodes = base64 !== undefined && (wanted || base64.length <= smallEnough)
  const bytes = useMemo(() => (decodes ? decode(base64) : undefined), [decodes, base64])
  const found = useMemo(() => bytes && sniffMedia(bytes), [bytes])
  if (base64 === undefined) return <Address part={part} openLink={openLink} />
  const name = visibleLine(part.name ?? '', 200)
  if (bytes && found?.type === 'image') {
    const { mimeType, width, height } = found.image
    const label = `${mimeType.slice(6)} image, ${width} × ${height}, ${formatBytes(bytes.length)}`
    return <Picture bytes={bytes} mimeType={mimeType} label={name === '' ? label : `${name}, ${label}`} />
  }
  if (bytes && found?.type === 'audio') return <Sound bytes={bytes} mimeType={found.mimeType} name={name} />
  return (
    <div className={styles.media}>
      {name !== '' && <b>{name}</b>}
      <span>
        {found?.type === 'file' && found.extension !== 'bin' ? found.words : whatOf(part)} ·{' '}
        {formatBytes(sizeOf(base64))}
      </span>
      {decodes && !bytes && <span className={styles.aside}>cannot be decoded</span>}
      {!decodes && (
        <button type="button" className={styles.link} onClick={() => setWanted(true)}>
          Show
        </button>
      )}
      {bytes && found && (
        <button type="button" className={styles.link} onClick={() => save(bytes, part, found)}>
          Save as…
        </button>
      )}
    </div>
  )
}

function whatOf(part: MediaPart): string {
  return visibleLine(part.mimeType ?? part.modality ?? 'file', 80)
}

function save(bytes: Uint8Array<ArrayBuffer>, part: MediaPart, found: Sniffed): void {
  const extension = found.type === 'image' ? found.image.mimeType.slice(6) : found.extension
  saveFile(new Blob([bytes], { type: 'application/octet-stream' }), safeName(part.name, extension))
}

/** A name from a trace, fit for a folder; its ending says what the bytes are. */
export function safeName(name: string | undefined, extension: string): string {
  const plain = (name ?? '')
    .replace(/.*[\\/]/s, '')
    .replaceAll(/[^\p{L}\p{N} ._-]/gu, '_')
    .replace(/^[. ]+/, '')
    .slice(0, 80)
  if (plain === '') return `attachment.${extension}`
  return extension === 'bin' || plain.toLowerCase().endsWith(`.${extension}`) ? plain : `${plain}.${extension}`
}

function Address({ part, openLink }: Props) {
  const link = part.uri !== undefined && !part.uri.startsWith('data:') ? part.uri : undefined
  return (
    <div className={styles.media}>
      {part.name !== undefined && <b>{visibleLine(part.name, 200)}</b>}
      <span>{whatOf(part)}</span>
      {part.fileId !== undefined && <code>{visibleLine(part.fileId, 200)}</code>}
      {part.uri !== undefined && link === undefined && (
        <span className={styles.aside}>an address that holds no base64</span>
      )}
      {link !== undefined && (
        <>
          <code className={styles.address}>{visibleLine(link, 2048)}</code>
          <span className={styles.aside}>not fetched</span>
          <CopyButton text={() => link} label="Copy the address" />
          {openLink && /^https?:\/\//i.test(link) && link.length <= 2048 && (
            <button type="button" className={styles.link} onClick={() => openLink(link)}>
              Open outside…
            </button>
          )}
        </>
      )}
    </div>
  )
}

interface PlayedProps {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The type the bytes have, never the one the trace claims. */
  readonly mimeType: string
}

/** An address of bytes for an element, as long as it is shown. */
function useSource<T extends { src: string }>({ bytes, mimeType }: PlayedProps) {
  const element = useRef<T>(null)
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([bytes], { type: mimeType }))
    if (element.current) element.current.src = url
    return () => URL.revokeObjectURL(url)
  }, [bytes, mimeType])
  return element
}

function Picture({ label, ...played }: PlayedProps & { readonly label: string }) {
  const drawn = useSource<HTMLImageElement>(played)
  return (
    <figure className={styles.picture}>
      <img ref={drawn} alt={label} decoding="async" />
      <figcaption>{label}</figcaption>
    </figure>
  )
}

function Sound({ name, ...played }: PlayedProps & { readonly name: string }) {
  const sound = useSource<HTMLAudioElement>(played)
  const label = `${name === '' ? '' : `${name}, `}${played.mimeType.slice(6)} sound, ${formatBytes(played.bytes.length)}`
  return (
    <figure className={styles.picture}>
      {/* What was said stands in the messages where the file gives a transcript. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <audio ref={sound} controls preload="metadata" aria-label={label} />
      <figcaption>{label}</figcaption>
    </figure>
  )
}
