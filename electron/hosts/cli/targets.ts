import path from 'node:path'
import { cleanLink, isLink } from '../../../shared/links/link.ts'
import { usageError } from './command.ts'

/** What the app is to show: files to import, or the place that one link names. */
export function readTargets(words: readonly string[]): { readonly files: string[]; readonly link: string | undefined } {
  const links = words.filter(isLink)
  const [first] = links
  if (first === undefined) return { files: words.map(file => path.resolve(file)), link: undefined }
  if (words.length > 1) throw usageError('a link stands alone: it only shows, and files are imported.')
  const link = cleanLink(first)
  if (link === undefined) throw usageError('this link names no place of Spanwise; one looks like spanwise://trace/9f2c')
  return { files: [], link }
}
