import { done, z } from './schemas.ts'

/** A command of the page as the shell's menu shows it. */
const menuCommand = z.strictObject({
  id: z.string().min(1).max(100),
  title: z.string().min(1).max(200),
  group: z.string().min(1).max(60),
  /** 'Mod+K': shown, and handled by the page. */
  keys: z.string().max(40).optional(),
})
export type MenuCommand = z.output<typeof menuCommand>

export const shell = {
  /** Puts these commands in the menu bar, where there is one. Choosing one tells `command.chosen`. */
  'shell.menu': { in: z.strictObject({ commands: z.array(menuCommand).max(500).readonly() }), out: done },
  /** Makes everything larger or smaller, where the host does that. */
  'shell.zoom': { in: z.strictObject({ step: z.enum(['in', 'out', 'reset']) }), out: done },
} as const
export type ZoomStep = 'in' | 'out' | 'reset'

export const shellEvents = {
  /** A person chose a command of the page in the menu bar. */
  'command.chosen': z.object({ id: z.string() }),
} as const
