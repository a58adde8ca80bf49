/** One provider under several names. The name as written stays in the attributes. */
const folded = new Map<string, string>([
  ['az.ai.openai', 'azure.ai.openai'],
  ['azure_openai', 'azure.ai.openai'],
  ['azure-openai', 'azure.ai.openai'],
  ['az.ai.inference', 'azure.ai.inference'],
  ['xai', 'x_ai'],
  ['vertex_ai', 'gcp.vertex_ai'],
  ['vertexai', 'gcp.vertex_ai'],
  ['gemini', 'gcp.gemini'],
  ['bedrock', 'aws.bedrock'],
  ['amazon-bedrock', 'aws.bedrock'],
  ['azure', 'azure.ai.openai'],
  ['google.generative-ai', 'gcp.gemini'],
  ['google.vertex', 'gcp.vertex_ai'],
  ['google-vertex', 'gcp.vertex_ai'],
  ['vertex.anthropic', 'gcp.vertex_ai'],
  ['googleai', 'gcp.gemini'],
  ['mistralai', 'mistral_ai'],
])

/** AI SDK names are `provider.api`: the part before the last dot is the provider. */
const apis =
  /^([a-z0-9_-]+(?:\.[a-z0-9_-]+)?)\.(?:chat|responses|completion|messages|embedding|image|speech|transcription|reranking)$/

export function foldProvider(written: string): string {
  const name = written.trim().toLowerCase()
  const provider = apis.exec(name)?.[1] ?? name
  return folded.get(provider) ?? provider
}
