/** Largest image that is decoded for showing, in bytes. */
export const largestImage = 20_000_000
/** Largest picture that is drawn, in pixels: a small file may unpack to gigabytes. */
const mostPixels = 64_000_000

export interface Sniffed {
  readonly mimeType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'
  readonly width: number
  readonly height: number
}

/**
 * What the bytes say they are, whatever the trace calls them: a raster image of a known kind and a sane size, or
 * nothing. SVG is a document with scripts and never an image here.
 */
export function sniffImage(bytes: Uint8Array): Sniffed | undefined {
  if (bytes.length > largestImage) return undefined
  const image = png(bytes) ?? gif(bytes) ?? webp(bytes) ?? jpeg(bytes)
  if (!image || image.width < 1 || image.height < 1 || image.width * image.height > mostPixels) return undefined
  return image
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function startsWith(bytes: Uint8Array, start: readonly number[], at = 0): boolean {
  return start.every((byte, i) => bytes[at + i] === byte)
}

function png(bytes: Uint8Array): Sniffed | undefined {
  if (bytes.length < 24 || !startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return undefined
  const view = viewOf(bytes)
  return { mimeType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
}

function gif(bytes: Uint8Array): Sniffed | undefined {
  if (bytes.length < 10 || !startsWith(bytes, [0x47, 0x49, 0x46, 0x38])) return undefined
  const view = viewOf(bytes)
  return { mimeType: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) }
}

function webp(bytes: Uint8Array): Sniffed | undefined {
  if (bytes.length < 30 || !startsWith(bytes, [0x52, 0x49, 0x46, 0x46])) return undefined
  if (!startsWith(bytes, [0x57, 0x45, 0x42, 0x50], 8)) return undefined
  const view = viewOf(bytes)
  const size = (width: number, height: number): Sniffed => ({ mimeType: 'image/webp', width, height })
  switch (String.fromCharCode(...bytes.subarray(12, 16))) {
    case 'VP8X':
      return size(1 + (view.getUint32(24, true) & 0xffffff), 1 + (view.getUint32(26, true) >>> 8))
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return size(1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff))
    }
    case 'VP8 ':
      return size(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff)
    default:
      return undefined
  }
}

/** A JPEG's size stands in its first frame header, behind segments that give their lengths. */
function jpeg(bytes: Uint8Array): Sniffed | undefined {
  if (!startsWith(bytes, [0xff, 0xd8, 0xff])) return undefined
  const view = viewOf(bytes)
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1]!
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { mimeType: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    at += 2 + view.getUint16(at + 2)
  }
  return undefined
}
