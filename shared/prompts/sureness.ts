/**
 * How far a recovered version is to be believed. `sure`: lines of it came with it and went with it. `likely`: all calls of
 * the prompt look alike, and nothing contradicts. `unsure`: so few calls that a value may have been taken for the prompt's.
 */
export const surenesses = ['sure', 'likely', 'unsure'] as const
export type Sureness = (typeof surenesses)[number]
