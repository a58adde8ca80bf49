import type { DialectId } from './types.ts'

/** Where an interface is served, and under what name a key for it is kept. */
export interface Server {
  /** As the span names its provider, or a profile its kind. */
  readonly id: string
  readonly dialect: DialectId
  /** Shown only: nothing is sent anywhere that no profile names. */
  readonly origin: string
  readonly keyEnv?: string
  /** Before the path of the dialect, where that is not all. */
  readonly path?: (path: string) => string
  /** Of the key, where it is not the dialect's. */
  readonly keyHeader?: string
  readonly hosts?: RegExp
}

const under = (prefix: string) => (path: string) => `${prefix}${path}`

/** Those who serve OpenAI's interfaces come last: they are known by their own names only. */
export const servers: readonly Server[] = [
  {
    id: 'openai',
    dialect: 'openai-chat',
    origin: 'https://api.openai.com',
    keyEnv: 'OPENAI_API_KEY',
    hosts: /^api\.openai\.com$/,
  },
  {
    id: 'anthropic',
    dialect: 'anthropic',
    origin: 'https://api.anthropic.com',
    keyEnv: 'ANTHROPIC_API_KEY',
    hosts: /^api\.anthropic\.com$/,
  },
  {
    id: 'gcp.gemini',
    dialect: 'gemini',
    origin: 'https://generativelanguage.googleapis.com',
    keyEnv: 'GEMINI_API_KEY',
    hosts: /^generativelanguage\.googleapis\.com$/,
  },
  { id: 'ollama', dialect: 'ollama-chat', origin: 'http://localhost:11434' },
  {
    id: 'azure.ai.openai',
    dialect: 'openai-chat',
    // Everybody has a host of their own.
    origin: 'https://your-resource.openai.azure.com',
    keyEnv: 'AZURE_OPENAI_API_KEY',
    keyHeader: 'api-key',
    path: under('/openai'),
    hosts: /\.(?:openai\.azure|cognitiveservices\.azure|services\.ai\.azure)\.com$/,
  },
  {
    id: 'mistral_ai',
    dialect: 'openai-chat',
    origin: 'https://api.mistral.ai',
    keyEnv: 'MISTRAL_API_KEY',
    hosts: /^api\.mistral\.ai$/,
  },
  {
    id: 'openrouter',
    dialect: 'openai-chat',
    origin: 'https://openrouter.ai',
    keyEnv: 'OPENROUTER_API_KEY',
    path: under('/api'),
    hosts: /^openrouter\.ai$/,
  },
  {
    id: 'groq',
    dialect: 'openai-chat',
    origin: 'https://api.groq.com',
    keyEnv: 'GROQ_API_KEY',
    path: under('/openai'),
    hosts: /^api\.groq\.com$/,
  },
  {
    id: 'deepseek',
    dialect: 'openai-chat',
    origin: 'https://api.deepseek.com',
    keyEnv: 'DEEPSEEK_API_KEY',
    hosts: /^api\.deepseek\.com$/,
  },
  { id: 'x_ai', dialect: 'openai-chat', origin: 'https://api.x.ai', keyEnv: 'XAI_API_KEY', hosts: /^api\.x\.ai$/ },
  {
    id: 'together_ai',
    dialect: 'openai-chat',
    origin: 'https://api.together.xyz',
    keyEnv: 'TOGETHER_API_KEY',
    hosts: /^api\.together\.xyz$/,
  },
  { id: 'vllm', dialect: 'openai-chat', origin: 'http://localhost:8000' },
  { id: 'llama.cpp', dialect: 'openai-chat', origin: 'http://localhost:8080' },
  { id: 'lm-studio', dialect: 'openai-chat', origin: 'http://localhost:1234' },
]

const others = new Map([
  ['azure', 'azure.ai.openai'],
  ['mistral', 'mistral_ai'],
  ['lmstudio', 'lm-studio'],
  ['lm_studio', 'lm-studio'],
  ['llamacpp', 'llama.cpp'],
  ['llama_cpp', 'llama.cpp'],
  ['hosted_vllm', 'vllm'],
  ['google', 'gcp.gemini'],
  ['gcp.gen_ai', 'gcp.gemini'],
  ['xai', 'x_ai'],
  ['deepseek', 'deepseek'],
])

export function serverOf(provider: string | undefined): Server | undefined {
  const name = provider?.toLowerCase() ?? ''
  return servers.find(({ id }) => id === (others.get(name) ?? name))
}

/** Who answers at a host, where that is known. */
export function serverAt(host: string): Server | undefined {
  return servers.find(({ hosts }) => hosts?.test(host.toLowerCase()))
}

/** The provider itself of a dialect. */
export function providerOf(dialect: DialectId): Server {
  return servers.find(server => server.dialect === dialect) ?? servers[0]!
}

/** Where a path of a dialect is at this server. */
export function pathAt({ path }: Server, written: string): string {
  return path?.(written) ?? written
}

/** How a key is sent: the header, and what stands before it. */
export function keyHeader(
  dialect: DialectId,
  server: Server | undefined,
): { readonly name: string; readonly before: string } | undefined {
  if (server?.keyHeader !== undefined) return { name: server.keyHeader, before: '' }
  switch (dialect) {
    case 'anthropic':
      return { name: 'x-api-key', before: '' }
    case 'gemini':
      return { name: 'x-goog-api-key', before: '' }
    default:
      return { name: 'authorization', before: 'Bearer ' }
  }
}
