export function findBrowser(env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform): string | undefined
export function browserAdvice(platform?: NodeJS.Platform): string
export function ensureBrowser(): string | undefined
