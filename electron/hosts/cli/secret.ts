import { InspectorError } from '../../../shared/domain/errors.ts'

/** Longer than any key or passphrase that is taken. */
const longest = 8192

/** A secret: typed in without being shown, or the first line of what is piped in. Never an argument, which `ps` shows to everybody. */
export async function readSecret(asked: string): Promise<string> {
  const { stdin, stderr } = process
  const isTyped = stdin.isTTY
  if (isTyped) {
    // First: what is typed right after the question must not be shown either.
    stdin.setRawMode(true)
    stderr.write(`${asked}: `)
  }
  let line = ''
  try {
    for await (const chunk of stdin.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      for (const character of chunk.toString('utf8')) {
        if (character === '\r' || character === '\n' || character === '\u0004') return line.trim()
        if (character === '\u0003') throw new InspectorError('cancelled', 'Cancelled.')
        if (character === '\u007f' || character === '\b') line = line.slice(0, -1)
        else line += character
        if (line.length > longest) throw new InspectorError('cli/usage', `${asked}: this is too long to be one.`)
      }
    }
    return line.trim()
  } finally {
    if (isTyped) {
      stdin.setRawMode(false)
      stderr.write('\n')
    }
    // Nobody waits for more of it.
    stdin.pause()
  }
}
