import { sniffImage, type Sniffed as Image } from './sniff-image.ts'

/** What bytes are, whatever their trace calls them. */
export type Sniffed =
  | { readonly type: 'image'; readonly image: Image }
  | { readonly type: 'audio'; readonly mimeType: string; readonly extension: string }
  | { readonly type: 'file'; readonly words: string; readonly extension: string }

/** Bytes at the beginning of each kind of sound a browser plays. */
const sounds: readonly (readonly [at: number, bytes: string, mimeType: string, extension: string])[] = [
  [8, 'WAVE', 'audio/wav', 'wav'],
  [0, 'OggS', 'audio/ogg', 'ogg'],
  [0, 'fLaC', 'audio/flac', 'flac'],
  [0, 'ID3', 'audio/mpeg', 'mp3'],
  [4, 'ftypM4A', 'audio/mp4', 'm4a'],
]
const files: readonly (readonly [bytes: string, words: string, extension: string])[] = [
  ['%PDF-', 'PDF', 'pdf'],
  ['PK\u0003\u0004', 'ZIP archive or office document', 'zip'],
  ['\u001a\u0045\u00df\u00a3', 'WebM recording', 'webm'],
]

export function sniffMedia(bytes: Uint8Array): Sniffed {
  const image = sniffImage(bytes)
  if (image) return { type: 'image', image }
  const start = String.fromCharCode(...bytes.subarray(0, 64))
  const sound = sounds.find(([at, wanted]) => start.startsWith(wanted, at))
  if (sound) return { type: 'audio', mimeType: sound[2], extension: sound[3] }
  // Frames of MP3 and of AAC begin with eleven or twelve set bits; their layer tells them apart.
  if (bytes[0] === 0xff && (bytes[1]! & 0xe0) === 0xe0) {
    const layer = bytes[1]! & 0x06
    if (layer === 0x02) return { type: 'audio', mimeType: 'audio/mpeg', extension: 'mp3' }
    if (layer === 0 && (bytes[1]! & 0xf0) === 0xf0) return { type: 'audio', mimeType: 'audio/aac', extension: 'aac' }
  }
  const file = files.find(([wanted]) => start.startsWith(wanted))
  if (file) return { type: 'file', words: file[1], extension: file[2] }
  return { type: 'file', words: 'unknown bytes', extension: 'bin' }
}
