export function findElectron(root: string, env?: NodeJS.ProcessEnv): string | undefined
export function ensureElectron(root: string, env?: NodeJS.ProcessEnv): void
