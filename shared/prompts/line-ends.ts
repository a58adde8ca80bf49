const token = /[\p{L}\p{M}]+|\p{N}+|[^\p{L}\p{M}\p{N}\s]/gu
/** Tokens of a line's beginning, and of its end, that are looked at. */
const longest = 8
/** So many tokens of words stand in as many characters, but where somebody writes for machines. */
const looked = 400

/** How lines begin and end, each run of words as a number: the same run has the same. */
export class LineEnds {
  private readonly tokens = new Map<string, number>()
  private readonly nodes = new Map<number, number>()
  private readonly says: boolean[] = [false, false]
  private readonly depths: number[] = [0, 0]

  /** Numbers are less. */
  get size(): number {
    return this.says.length
  }

  /** Runs from short to long: those it begins with, then those it ends with. */
  of(text: string): { readonly begins: number[]; readonly ends: number[] } {
    const [head, tail] = text.length <= 2 * looked ? [text, text] : [text.slice(0, looked), text.slice(-looked)]
    const first = head.match(token) ?? []
    const last = tail === head ? first : (tail.match(token) ?? [])
    const most = Math.min(longest, (tail === head ? first.length : Infinity) - 1)
    return {
      begins: this.runs(
        0,
        Array.from({ length: most }, (_, n) => first[n]!),
        token => token,
      ),
      // The token that ends the line decides what all of its ends say.
      ends: this.runs(
        1,
        Array.from({ length: most }, (_, n) => last.at(-1 - n)!),
        () => last.at(-1)!,
      ),
    }
  }

  /** Two words say little: "- Always" begins many lines. */
  isTelling(run: number): boolean {
    return this.says[run]!
  }

  words(run: number): number {
    return this.depths[run]!
  }

  private runs(root: number, words: readonly string[], closing: (word: string) => string): number[] {
    let node = root
    return words.map(word => {
      const key = node * 2 ** 26 + this.tokenOf(word)
      const known = this.nodes.get(key)
      if (known !== undefined) return (node = known)
      const depth = this.depths[node]! + 1
      node = this.says.push(depth >= 3 || /[:(=<"'#[]$/.test(closing(word))) - 1
      this.depths.push(depth)
      this.nodes.set(key, node)
      return node
    })
  }

  private tokenOf(word: string): number {
    const known = this.tokens.get(word)
    if (known !== undefined) return known
    this.tokens.set(word, this.tokens.size)
    return this.tokens.size - 1
  }
}
