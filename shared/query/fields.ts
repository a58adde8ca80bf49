// Every field of the language, in one place: the parser, the echo, the completion, the help and the columns read this.

export const fieldGroups = [
  'identity',
  'outcome',
  'time',
  'model',
  'usage',
  'content',
  'prompt',
  'evaluation',
  'shape',
  'raw',
] as const
export type FieldGroup = (typeof fieldGroups)[number]

/**
 * What a value is, which decides how it is read and compared.
 *
 * `name`: equal, ignoring case, `*` allowed. `words`: contains the word or phrase. `kind`, `status`, `is`, `has`: one of a
 * list. `count`, `number`, `money`, `duration`, `time`: compared. `any`: a number or a name, whichever the file gave.
 */
export type FieldType =
  | 'name'
  | 'words'
  | 'kind'
  | 'status'
  | 'is'
  | 'has'
  | 'count'
  | 'number'
  | 'money'
  | 'duration'
  | 'time'
  | 'any'

/**
 * Where a value lives. `column`: the store answers. `tree`: worked out from the reading order of the trace. `index`: the index
 * beside the store answers as far as it has come. `reading`: in the kept record only, read when it is asked for.
 */
export type FieldHome = 'column' | 'tree' | 'index' | 'reading'

export interface Field {
  readonly id: string
  readonly group: FieldGroup
  readonly type: FieldType
  readonly home: FieldHome
  /** Heading of its column, and what the help calls it. */
  readonly label: string
  readonly help: string
  readonly aliases?: readonly string[]
  /** Followed by a name of the user's choice: `score.helpfulness`, `@http.status`. */
  readonly named?: boolean
}

/** Group, id, type, home, label, help, aliases, named. */
type Row<Id = string> = readonly [FieldGroup, Id, FieldType, FieldHome, string, string, (readonly string[])?, boolean?]

const table = [
  ['identity', 'name', 'name', 'column', 'Name', 'what the span is called'],
  ['identity', 'kind', 'kind', 'column', 'Kind', 'what the span did'],
  ['identity', 'trace', 'name', 'column', 'Trace', 'id of its trace', ['trace.id', 'traceid']],
  ['identity', 'span', 'name', 'reading', 'Span', 'its own id', ['span.id', 'spanid', 'id']],
  ['identity', 'session', 'name', 'column', 'Session', 'the conversation it says it belongs to', ['thread']],
  ['identity', 'user', 'name', 'column', 'User', 'the end user it names'],
  ['identity', 'tenant', 'name', 'column', 'Tenant', 'the customer it names', ['organization']],
  ['identity', 'team', 'name', 'column', 'Team', 'the team it names'],
  ['identity', 'application', 'name', 'column', 'Application', 'the application it names', ['app']],
  ['identity', 'feature', 'name', 'column', 'Feature', 'the feature it names'],
  ['identity', 'agent', 'name', 'column', 'Agent', 'the agent it names'],
  ['identity', 'service', 'name', 'column', 'Service', 'the service that reported it', ['service.name']],
  ['identity', 'environment', 'name', 'column', 'Environment', 'production, staging …', ['env']],
  ['identity', 'release', 'name', 'column', 'Release', 'the version of the application', ['version']],
  ['identity', 'tag', 'name', 'column', 'Tags', 'one of its tags', ['tags']],
  ['identity', 'note', 'name', 'column', 'Note', 'a text in what somebody wrote about it or its trace', ['notes']],
  ['identity', 'source', 'name', 'column', 'Source', 'the file it came from: path or last part of it', ['file']],
  ['identity', 'import', 'name', 'column', 'Import', 'an import that brought it, by the name of its file'],
  ['outcome', 'status', 'status', 'column', 'Status', 'how it ended'],
  ['outcome', 'error', 'words', 'reading', 'Error', 'type or message of its error'],
  ['outcome', 'finish', 'name', 'index', 'Finish', 'why the model stopped', ['finish.reason', 'finish_reason']],
  ['outcome', 'is', 'is', 'column', 'Is', 'what holds of it'],
  ['outcome', 'has', 'has', 'column', 'Has', 'what it has: any field, any @attribute'],
  ['time', 'started', 'time', 'column', 'Started', 'when it started', ['start', 'time']],
  ['time', 'duration', 'duration', 'column', 'Duration', 'how long it took', ['latency', 'dur']],
  ['time', 'self', 'duration', 'tree', 'Self', 'how long it took beside what stands below it'],
  ['time', 'ttft', 'duration', 'column', 'First token', 'until the first token came'],
  ['time', 'offset', 'duration', 'column', 'Offset', 'how long after its trace began'],
  ['model', 'model', 'name', 'column', 'Model', 'the model that answered'],
  ['model', 'provider', 'name', 'column', 'Provider', 'who served the model'],
  ['model', 'operation', 'name', 'column', 'Operation', 'chat, embeddings …'],
  ['model', 'response.id', 'name', 'reading', 'Response id', 'the id the provider gave its answer', ['response']],
  ['model', 'temperature', 'number', 'index', 'Temperature', 'the temperature asked for'],
  ['usage', 'tokens', 'count', 'column', 'Tokens', 'all tokens, in and out', ['tokens.total']],
  ['usage', 'tokens.input', 'count', 'column', 'Tokens in', 'tokens sent, cached ones included', ['input.tokens']],
  [
    'usage',
    'tokens.output',
    'count',
    'column',
    'Tokens out',
    'tokens generated, reasoning included',
    ['output.tokens'],
  ],
  ['usage', 'tokens.cached', 'count', 'column', 'Cached', 'tokens read from a cache'],
  ['usage', 'tokens.reasoning', 'count', 'column', 'Reasoning', 'tokens spent on thinking'],
  ['usage', 'cost', 'money', 'column', 'Cost', 'what it cost, in dollars: as recorded, else as computed'],
  ['usage', 'cost.recorded', 'money', 'column', 'Recorded cost', 'what the file says it cost, in dollars'],
  ['usage', 'cost.computed', 'money', 'column', 'Computed cost', 'what its tokens cost by the price list, in dollars'],
  ['content', 'input', 'words', 'reading', 'Input', 'everything that went in'],
  ['content', 'output', 'words', 'reading', 'Output', 'everything that came out'],
  ['content', 'system', 'words', 'reading', 'System', 'system prompts and instructions'],
  ['content', 'tool', 'name', 'column', 'Tool', 'the tool that ran'],
  ['content', 'tool.used', 'name', 'tree', 'Used tool', 'of a call: a tool whose result it was the first to read'],
  ['content', 'tool.args', 'words', 'reading', 'Tool arguments', 'what tools were called with', ['tool.arguments']],
  ['content', 'tool.result', 'words', 'reading', 'Tool result', 'what tools gave back'],
  ['content', 'retrieved', 'words', 'reading', 'Retrieved', 'texts of the documents it found'],
  ['content', 'document', 'name', 'reading', 'Document', 'id, title or address of a document it found'],
  ['prompt', 'prompt', 'name', 'column', 'Prompt', 'the prompt template it used', ['prompt.name']],
  ['prompt', 'prompt.version', 'name', 'column', 'Prompt version', 'and which version of it'],
  ['prompt', 'variable', 'any', 'reading', 'Variable', 'what a variable of the prompt was filled with', ['var'], true],
  ['evaluation', 'score', 'any', 'column', 'Score', 'a judgement: its number or its word', ['scores'], true],
  ['shape', 'depth', 'count', 'column', 'Depth', 'how many spans stand above it'],
  ['shape', 'children', 'count', 'tree', 'Children', 'how many spans stand right below it'],
  ['shape', 'spans', 'count', 'column', 'Spans', 'how many spans its trace has'],
  ['raw', '@', 'any', 'reading', 'Attribute', 'an attribute under the name the file gave it', [], true],
] as const satisfies readonly Row[]

export type FieldId = (typeof table)[number][1]

export const fields: readonly (Field & { readonly id: FieldId })[] = table.map(row => {
  const [group, id, type, home, label, help, aliases, named]: Row<FieldId> = row
  return { group, id, type, home, label, help, ...(aliases ? { aliases } : {}), ...(named ? { named } : {}) }
})

/** A field as a query names it; `name` follows the dot or the @ of a named one. */
export interface FieldRef {
  readonly id: FieldId
  readonly name?: string
}

const byName = new Map(
  fields.flatMap(field => [field.id, ...(field.aliases ?? [])].map(name => [name, field] as const)),
)

export function fieldOf(id: FieldId): Field & { readonly id: FieldId } {
  return byName.get(id)!
}

/** The field of a written name, `@` names aside; case does not matter. */
export function findField(written: string): FieldRef | undefined {
  const whole = byName.get(written.toLowerCase())
  if (whole && whole.named !== true && whole.id !== '@') return { id: whole.id }
  const dot = written.indexOf('.')
  const head = dot < 0 ? undefined : byName.get(written.slice(0, dot).toLowerCase())
  const name = written.slice(dot + 1)
  return head?.named && name !== '' ? { id: head.id, name } : undefined
}

/** Names that a person may write, aliases left out: what completion and suggestions offer. */
export const fieldNames: readonly string[] = fields.filter(field => field.id !== '@').map(nameOf)

function nameOf({ id, named }: Field): string {
  return named ? `${id}.` : id
}

/** Whether values of this type have an order: `>`, `<` and ranges. */
export function isCompared(type: FieldType): boolean {
  return (
    type === 'count' ||
    type === 'number' ||
    type === 'money' ||
    type === 'duration' ||
    type === 'time' ||
    type === 'any'
  )
}
