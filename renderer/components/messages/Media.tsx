import { useEffect, useMemo, useRef } from 'react'
import type { Part } from '../../../shared/domain/message.ts'
import { formatBytes } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import styles from './messages.module.css'
import { largestImage, sniffImage, type Sniffed } from './sniff-image.ts'

type MediaPart = Extract<Part, { type: 'media' }>

interface Props {
  readonly part: MediaPart
  /** Asks the person and opens an address outside. Absent: addresses are only shown. */
  readonly openLink?: ((url: string) => void) | undefined
}

/** An image is drawn from bytes that stand in the trace itself; nothing is ever fetched. The rest is named. */
export function Media({ part, openLink }: Props) {
  const base64 = useMemo(() => base64Of(part), [part])
  const bytes = useMemo(() => (base64 === undefined ? undefined : decode(base64)), [base64])
  const image = useMemo(() => (bytes ? sniffImage(bytes) : undefined), [bytes])
  const what = visibleLine(part.mimeType ?? part.modality ?? 'file', 80)
  if (bytes && image) return <Picture bytes={bytes} image={image} />
  const size = base64 === undefined ? '' : ` · ${formatBytes(Math.floor((base64.length * 3) / 4))}`
  const link = part.uri !== undefined && !part.uri.startsWith('data:') ? part.uri : undefined
  return (
    <div className={styles.media}>
      <span>
        {what}
        {size}
      </span>
      {part.fileId !== undefined && <code>{visibleLine(part.fileId, 200)}</code>}
      {link !== undefined && <code className={styles.address}>{visibleLine(link, 2048)}</code>}
      {link !== undefined && openLink && /^https?:\/\//i.test(link) && link.length <= 2048 && (
        <button type="button" className={styles.link} onClick={() => openLink(link)}>
          Open outside…
        </button>
      )}
      {link !== undefined && <span className={styles.aside}>not fetched</span>}
    </div>
  )
}

function Picture({ bytes, image }: { readonly bytes: Uint8Array<ArrayBuffer>; readonly image: Sniffed }) {
  const drawn = useRef<HTMLImageElement>(null)
  useEffect(() => {
    // The type is the one the bytes have, never the one the trace claims.
    const url = URL.createObjectURL(new Blob([bytes], { type: image.mimeType }))
    if (drawn.current) drawn.current.src = url
    return () => URL.revokeObjectURL(url)
  }, [bytes, image])
  const label = `${image.mimeType.slice(6)} image, ${image.width} × ${image.height}, ${formatBytes(bytes.length)}`
  return (
    <figure className={styles.picture}>
      <img ref={drawn} alt={label} decoding="async" />
      <figcaption>{label}</figcaption>
    </figure>
  )
}

function base64Of(part: MediaPart): string | undefined {
  const written = part.data ?? (part.uri?.startsWith('data:') ? part.uri : undefined)
  if (written === undefined || !written.startsWith('data:')) return written
  const comma = written.indexOf(',')
  return comma > 0 && comma < 200 && written.slice(0, comma).endsWith(';base64') ? written.slice(comma + 1) : undefined
}

function decode(base64: string): Uint8Array<ArrayBuffer> | undefined {
  if (base64.length > (largestImage * 4) / 3 + 4) return undefined
  try {
    const binary = atob(base64.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = new Uint8Array(binary.length)
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
    return bytes
  } catch {
    return undefined
  }
}
