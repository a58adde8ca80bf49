// What the window advises. Errors state facts; what to do is different on a screen and in a terminal.

const whole = 'Fetch the file again from where it came from and open it: what is known is not added twice.'
const writable = 'Copy the store to a folder you may write to, and open it there.'
const elsewhere = 'Close the other program, then try again.'

const advice: Readonly<Record<string, string>> = {
  'import/empty': 'Check that the program that wrote it had finished.',
  'import/missing': 'It may have been moved or renamed: open it from where it is now.',
  'import/denied': 'Give yourself the right to read it, then open it again.',
  'import/not-a-file': 'Open a file, or drop the folder that holds it.',
  'import/truncated': whole,
  'import/damaged': whole,
  'import/cut-short':
    'The page may have been closed or reloaded meanwhile. Open the file again: what is known is not added twice.',
  'import/compressed-twice': 'Unpack it once by hand, then open what comes out.',
  'import/bomb': 'If you trust it, unpack it by hand and open what comes out.',
  'import/crashed': 'What was committed is kept. Continue the import, or remove it.',
  'store/disk-full': 'Make room on the disk that holds the store, then continue the import.',
  'store/read-only': writable,
  'store/read-only-folder': writable,
  'store/newer': 'Use the newer version of Spanwise to import into this store.',
  'store/locked': elsewhere,
  'store/busy': elsewhere,
}

/** What to do about a failure; empty where the message says it all. */
export function adviceFor(code: string): string {
  return Object.hasOwn(advice, code) ? advice[code]! : ''
}
