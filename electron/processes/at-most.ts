/** Calls at most once in so many milliseconds: the first at once, of the rest always the latest, and `flush` what waits. */
export function atMost<T>(
  milliseconds: number,
  call: (value: T) => void,
): { readonly tell: (value: T) => void; readonly flush: () => void } {
  let last = Number.NEGATIVE_INFINITY
  let waiting: { readonly value: T } | undefined
  let timer: NodeJS.Timeout | undefined
  const send = (value: T): void => {
    last = performance.now()
    waiting = undefined
    call(value)
  }
  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (waiting) send(waiting.value)
  }
  return {
    tell(value) {
      const left = last + milliseconds - performance.now()
      if (left <= 0) return send(value)
      waiting = { value }
      timer ??= setTimeout(flush, left)
    },
    flush,
  }
}
