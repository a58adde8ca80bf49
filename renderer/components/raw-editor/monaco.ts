// Monaco, bundled and offline, with what a read-only viewer needs: 3 MB that load with the first raw record.

import { editor, languages } from 'monaco-editor/editor'
import 'monaco-editor/features/codicon/register'
import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/find/register'
import 'monaco-editor/features/folding/register'
import 'monaco-editor/features/wordHighlighter/register'
import workerUrl from 'monaco-editor/editor/editor.worker?worker&url'
import { onThemeChange, readColor } from '../../theme/read-color.ts'

// Colours for JSON, not the JSON language service: that costs 1.2 MB and a worker of 0.43 MB.
languages.register({ id: 'json', extensions: ['.json'] })
languages.setMonarchTokensProvider('json', {
  tokenizer: {
    root: [
      [/"(?:[^"\\]|\\.)*"(?=\s*:)/, 'type.identifier'],
      [/"(?:[^"\\]|\\.)*"/, 'string'],
      [/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/, 'number'],
      [/\b(?:true|false|null)\b/, 'keyword'],
      [/[{}[\],:]/, 'delimiter'],
    ],
  },
})
languages.setLanguageConfiguration('json', {
  brackets: [
    ['{', '}'],
    ['[', ']'],
  ],
})

interface ScriptUrlPolicy {
  createScriptURL(url: string): string
}
interface TrustedTypes {
  createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy
}

/** The page forbids script addresses that come from no policy; this one lets the editor's own worker through. */
const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('app-worker', {
  createScriptURL: url => {
    if (url !== workerUrl) throw new TypeError('Only the editor starts a worker here.')
    return url
  },
})

globalThis.MonacoEnvironment = {
  getWorker: () => new Worker(policy?.createScriptURL(workerUrl) ?? workerUrl, { type: 'module', name: 'editor' }),
}

/** The window's own colours, read anew whenever the theme changes. */
function defineTheme(): void {
  const dark = getComputedStyle(document.documentElement).colorScheme === 'dark' || isDark(readColor('--bg'))
  const rule = (token: string, color: `--${string}`) => ({ token, foreground: hex(readColor(color)).slice(1) })
  editor.defineTheme('spanwise', {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      rule('type.identifier', '--text-muted'),
      rule('string', '--kind-retrieval'),
      rule('number', '--kind-agent'),
      rule('keyword', '--kind-tool'),
      rule('delimiter', '--text-faint'),
    ],
    colors: {
      'editor.background': hex(readColor('--bg')),
      'editor.foreground': hex(readColor('--text')),
      'editorLineNumber.foreground': hex(readColor('--text-faint')),
      'editorLineNumber.activeForeground': hex(readColor('--text-muted')),
      'editor.lineHighlightBackground': hex(readColor('--bg-hover')),
      'editorWidget.background': hex(readColor('--bg-raised')),
      'editorWidget.border': hex(readColor('--border-strong')),
      ...Object.fromEntries(
        [1, 2, 3, 4, 5, 6].map(level => [`editorBracketHighlight.foreground${level}`, hex(readColor('--text-faint'))]),
      ),
      focusBorder: hex(readColor('--focus')),
      'diffEditor.insertedLineBackground': `${hex(readColor('--ok'))}1c`,
      'diffEditor.insertedTextBackground': `${hex(readColor('--ok'))}4d`,
      'diffEditor.removedLineBackground': `${hex(readColor('--error'))}1c`,
      'diffEditor.removedTextBackground': `${hex(readColor('--error'))}4d`,
      'diffEditorOverview.insertedForeground': hex(readColor('--ok')),
      'diffEditorOverview.removedForeground': hex(readColor('--error')),
      'diffEditor.diagonalFill': hex(readColor('--border')),
      'diffEditor.border': hex(readColor('--border')),
      'diffEditor.unchangedRegionBackground': hex(readColor('--bg-sunken')),
      'diffEditor.unchangedRegionForeground': hex(readColor('--text-muted')),
      'scrollbarSlider.background': `${hex(readColor('--text-faint'))}40`,
      'scrollbarSlider.hoverBackground': `${hex(readColor('--text-faint'))}66`,
      'scrollbarSlider.activeBackground': `${hex(readColor('--text-faint'))}80`,
      'editorUnicodeHighlight.border': hex(readColor('--warn')),
      'editorUnicodeHighlight.background': hex(readColor('--warn-bg')),
    },
  })
  editor.setTheme('spanwise')
}

defineTheme()
onThemeChange(defineTheme)

function channels(color: string): number[] {
  return (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
}

function isDark(color: string): boolean {
  const [red = 255, green = 255, blue = 255] = channels(color)
  return red * 0.3 + green * 0.6 + blue * 0.1 < 128
}

function hex(color: string): string {
  return `#${channels(color)
    .map(channel => Math.round(channel).toString(16).padStart(2, '0'))
    .join('')}`
}

export { editor }
