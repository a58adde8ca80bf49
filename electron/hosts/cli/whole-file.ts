import { createWriteStream } from 'node:fs'
import { realpath, rename, rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, createZstdCompress } from 'node:zlib'
import { InspectorError } from '../../../shared/domain/errors.ts'

/**
 * Written beside its place and put there when whole: a file of that name is always a complete one. A link stays a link,
 * and what is no file (a device, a pipe) is written to as it is. A name that ends in .gz or .zst is compressed.
 */
export async function writeWhole(
  output: string,
  pieces: AsyncIterable<string> | Iterable<string>,
  code: string,
): Promise<void> {
  const packing = /\.gz$/i.test(output) ? [createGzip()] : /\.zst$/i.test(output) ? [createZstdCompress()] : []
  let partial: string | undefined
  try {
    const there = await stat(output).catch(() => undefined)
    const file = there ? await realpath(output).catch(() => output) : output
    if (!there || there.isFile()) partial = `${file}.${process.pid}.part`
    const target = partial ? createWriteStream(partial, { flags: 'wx', mode: 0o600 }) : createWriteStream(output)
    await pipeline([Readable.from(pieces), ...packing, target])
    if (partial) await rename(partial, file)
  } catch (error) {
    if (partial) await rm(partial, { force: true })
    const { code: reason } = error as NodeJS.ErrnoException
    if (error instanceof InspectorError || reason === undefined) throw error
    throw new InspectorError(code, `${output} cannot be written (${reason}).`)
  }
}
