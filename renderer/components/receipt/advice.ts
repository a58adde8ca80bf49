// What the window advises. Errors state facts; what to do is different on a screen and in a terminal.

const advice: Readonly<Record<string, string>> = {
  'import/empty': 'Check that the program that wrote it had finished.',
  'import/empty-file': 'Check that the program that wrote it had finished.',
  'import/not-recognized': 'The first page lists the formats this version reads.',
  'import/not-recognised': 'The first page lists the formats this version reads.',
  'import/unknown-format': 'The first page lists the formats this version reads.',
  'import/missing': 'It may have been moved or renamed: open it from where it is now.',
  'import/directory': 'Drop the folder, or choose the files in it.',
  'import/truncated':
    'Everything before the cut was read. Fetch the file again and import it: what is known is not added twice.',
  'import/stopped': 'What was committed is kept. Continue the import, or remove it.',
  'process/died': 'What was committed is kept. Continue the import, or remove it.',
  'process/gone': 'What was committed is kept. Continue the import, or remove it.',
  'store/disk-full': 'Make room on the disk that holds the store, then continue the import.',
  'store/read-only': 'Copy the store to a folder you may write to, and open it there.',
  'store/read-only-folder': 'Copy the store to a folder you may write to, and open it there.',
  'store/newer': 'Use the newer version of Spanwise to import into this store.',
  'store/locked': 'Another program has this store open: close it, then try again.',
  'store/busy': 'Another program has this store open: close it, then try again.',
}

/** What to do about a failure; empty where the message says it all. */
export function adviceFor(code: string): string {
  return Object.hasOwn(advice, code) ? advice[code]! : ''
}
