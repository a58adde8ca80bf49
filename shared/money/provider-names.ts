/** Providers whose names in traces do not tell their price list (by its id) by themselves. */
export const providerIds: ReadonlyMap<string, string> = new Map([
  ['azure.ai.openai', 'azure'],
  ['azure.ai.inference', 'azure'],
  ['x_ai', 'x-ai'],
  ['gcp.gen_ai', 'google'],
  ['fireworks_ai', 'fireworks'],
  ['fireworks-ai', 'fireworks'],
  ['together.ai', 'together'],
  ['togetherai', 'together'],
  ['z.ai', 'zai'],
  ['z_ai', 'zai'],
  ['zhipu', 'zhipuai'],
  ['hyperbolic', 'huggingface_hyperbolic'],
  ['pplx', 'perplexity'],
  ['kimi', 'moonshotai'],
])
