import type { ViewDefinition } from '../app/view.ts'
import { audit } from './audit/index.ts'
import { compare } from './compare/index.ts'
import { costs } from './costs/index.ts'
import { imports } from './imports/index.ts'
import { prompt, prompts } from './prompts/index.ts'
import { session } from './session/index.ts'
import { replay, replays } from './replay/index.ts'
import { trace } from './trace/index.ts'
import { calls, sessions, spans, traces } from './lists/index.ts'
import { settings } from './settings/index.ts'
import { welcome } from './welcome/index.ts'

/** Every place of the window. Rail, palette, shortcut sheet and breadcrumb read this list and its order. */
export const views: readonly ViewDefinition[] = [
  welcome,
  traces,
  spans,
  calls,
  sessions,
  session,
  trace,
  prompts,
  prompt,
  costs,
  compare,
  replays,
  replay,
  imports,
  audit,
  settings,
]
