import { parseReference } from './kept-record.ts'
import { restoreText } from './restore.ts'

/** What a file said about a span: one of its records, every long text back in its place. */
export interface KeptText {
  readonly id: number
  /** Id of the format that wrote it. */
  readonly format: string
  /** JSON texts, digits as the file wrote them. */
  readonly record: string
  readonly context: string
  /** The same with long texts left out, for readings that need few of them. */
  readonly skeleton?: Skeleton
}

export interface Skeleton {
  readonly record: string
  readonly context: Context
  /** The text that a reference ("\0…") of either stands for. */
  readonly textOf: (reference: string) => string
}

/** What records stood in. Those that share it mostly share the object. */
export class Context {
  readonly format: string
  /** With references in place of long texts. */
  readonly kept: string
  private readonly bodyOf: (id: number) => string
  private restored: string | undefined

  constructor(format: string, kept: string, bodyOf: (id: number) => string) {
    this.format = format
    this.kept = kept
    this.bodyOf = bodyOf
  }

  get text(): string {
    return (this.restored ??= restoreText(this.kept, this.bodyOf))
  }
}

export interface TextSource {
  kept(id: number): string
  contextOf(row: number): Context
  readonly bodyOf: (id: number) => string
}

/**
 * A record that is read when it is asked for, each time anew: one message may be told in a hundred thousand lines, and these
 * are not held. For as long as the transaction lasts in which it was found.
 */
export class LateText implements KeptText {
  readonly id: number
  private readonly row: number
  private readonly source: TextSource
  private readonly read: string | undefined

  /** `row`: of its context. `read`: its kept text, where that is at hand. */
  constructor(id: number, row: number, source: TextSource, read?: string) {
    this.id = id
    this.row = row
    this.source = source
    this.read = read
  }

  get format(): string {
    return this.source.contextOf(this.row).format
  }

  get context(): string {
    return this.source.contextOf(this.row).text
  }

  get record(): string {
    return restoreText(this.kept, this.source.bodyOf)
  }

  get skeleton(): Skeleton {
    const { source } = this
    const textOf = (reference: string): string => {
      const { ids, separator } = parseReference(reference)
      const texts = ids.map(source.bodyOf)
      return separator === undefined ? texts[0]! : `[${texts.join(separator)}]`
    }
    return { record: this.kept, context: source.contextOf(this.row), textOf }
  }

  private get kept(): string {
    return this.read ?? this.source.kept(this.id)
  }
}
