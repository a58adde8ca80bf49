import type { editor } from './monaco.ts'

/** How an editor of a text looks, whether or not one may write in it. */
export function looks(host: Element): editor.IStandaloneEditorConstructionOptions {
  return {
    theme: 'spanwise',
    automaticLayout: true,
    fontFamily: getComputedStyle(host).fontFamily,
    fontSize: 12,
    lineHeight: 18,
    wordWrap: 'on',
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    renderLineHighlight: 'line',
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 14,
    folding: true,
    contextmenu: false,
    links: false,
    unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true },
    renderControlCharacters: true,
    stickyScroll: { enabled: false },
    overviewRulerLanes: 0,
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
    padding: { top: 6, bottom: 6 },
  }
}
