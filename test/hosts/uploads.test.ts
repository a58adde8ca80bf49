import { expect, test } from 'vitest'
import { Upload } from '../../electron/processes/uploads.ts'
import type { SentFile } from '../../electron/processes/uploads.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

async function readAll(file: SentFile): Promise<string> {
  let text = ''
  for (let piece = await file.next(); piece; piece = await file.next()) text += new TextDecoder().decode(piece)
  return text
}

test('one stream becomes the files that were announced, wherever the pieces end', async () => {
  const upload = new Upload([
    { name: 'a', bytes: 3 },
    { name: 'none', bytes: 0 },
    { name: 'b', bytes: 4 },
  ])
  const sent = Promise.all([upload.send(bytes('aa')), upload.send(bytes('ab')), upload.send(bytes('bbb'))])
  expect(await readAll(upload.files[0]!)).toBe('aaa')
  expect(await readAll(upload.files[1]!)).toBe('')
  expect(await readAll(upload.files[2]!)).toBe('bbbb')
  await sent
})

test('a file of unknown length is all that comes', async () => {
  const upload = new Upload([{ name: '-' }])
  void upload.send(bytes('x'))
  void upload.send(bytes('y')).then(() => upload.end())
  expect(await readAll(upload.files[0]!)).toBe('xy')
})

test('a sender waits until its piece is taken', async () => {
  const upload = new Upload([{ name: 'a', bytes: 2 }])
  let taken = 0
  for (const text of ['a', 'b']) void upload.send(bytes(text)).then(() => (taken += 1))
  await new Promise(resolve => setTimeout(resolve, 20))
  expect(taken).toBe(0)
  await upload.files[0]!.next()
  await Promise.resolve()
  expect(taken).toBe(1)
})

test('a stream that ends early or breaks is an error, for both ends', async () => {
  const short = new Upload([{ name: 'a', bytes: 2 }])
  void short.send(bytes('a'))
  short.end()
  await expect(readAll(short.files[0]!)).rejects.toMatchObject({ code: 'import/cut-short' })

  const broken = new Upload([{ name: 'a', bytes: 2 }])
  const waiting = broken.send(bytes('a'))
  broken.break()
  await expect(waiting).rejects.toMatchObject({ code: 'import/cut-short' })
  await expect(broken.send(bytes('a'))).rejects.toMatchObject({ code: 'import/cut-short' })
  await expect(broken.files[0]!.next()).rejects.toMatchObject({ code: 'import/cut-short' })
})

test('what is left of a file that was given up is not read as the next one', async () => {
  const upload = new Upload([
    { name: 'odd', bytes: 6 },
    { name: 'unread', bytes: 3 },
    { name: 'good', bytes: 4 },
  ])
  for (const text of ['od', 'd...un', 'r', 'good']) upload.send(Buffer.from(text)).catch(() => {})
  upload.end()
  const [odd, , good] = upload.files
  expect(String(await odd!.next())).toBe('od')
  let text = ''
  for (let piece = await good!.next(); piece; piece = await good!.next()) text += String(piece)
  expect(text).toBe('good')
})
