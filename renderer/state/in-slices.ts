/** Milliseconds of work before others may have a turn. */
const slice = 8

/** Runs work that yields now and then, without keeping the window from answering; `done` comes at its end. The answer stops it. */
export function inSlices(work: Generator<void>, done: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const go = () => {
    const until = performance.now() + slice
    do {
      if (work.next().done === true) return done()
    } while (performance.now() < until)
    timer = setTimeout(go)
  }
  // What is short is there before anything is painted.
  go()
  return () => clearTimeout(timer)
}
