/** A reporter of `node --test` that leaves only how many tests passed, failed and were skipped. */
export default async function* count(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for await (const { type, data } of source) {
    if ((type !== 'test:pass' && type !== 'test:fail') || data.details?.type === 'suite') continue
    // Each file is a test around its tests, unless it holds none.
    if (data.file === data.name) continue
    if (data.skip || data.todo) counts.skipped += 1
    else counts[type === 'test:pass' ? 'passed' : 'failed'] += 1
  }
  yield JSON.stringify(counts)
}
