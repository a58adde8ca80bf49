/**
 * Texts that a model, a tool or an attacker may put anywhere. Each must come out as the same characters, and as
 * nothing else.
 */
export const hostile: readonly string[] = [
  '<script>window.pwn=1</script>',
  '<img src=x onerror="window.pwn=1">',
  '<svg onload=window.pwn=1><circle r=1></svg>',
  '<svg><script href="data:text/javascript,window.pwn=1" /></svg>',
  '<iframe srcdoc="<script>parent.pwn=1</script>"></iframe>',
  '<iframe src="javascript:parent.pwn=1"></iframe>',
  '<object data="data:text/html,<script>window.pwn=1</script>"></object>',
  '<embed src="javascript:window.pwn=1">',
  '<a href="javascript:window.pwn=1">click</a>',
  '[click](javascript:window.pwn=1)',
  '![x](http://127.0.0.1:1/x.png)',
  '<link rel=preload as=image href="http://127.0.0.1:1/y.png">',
  '<style>body{background:url(http://127.0.0.1:1/z.png)}</style>',
  '<base href="http://127.0.0.1:1/">',
  '<meta http-equiv=refresh content="0;url=javascript:window.pwn=1">',
  '<form action="javascript:window.pwn=1"><button>go</button></form>',
  '<details open ontoggle=window.pwn=1>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.pwn=1&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=window.pwn=1>">',
  '</textarea><script>window.pwn=1</script>',
  '<body onload=window.pwn=1>',
  '<input autofocus onfocus=window.pwn=1>',
  '<video><source onerror="window.pwn=1"></video>',
  '<marquee onstart=window.pwn=1>x</marquee>',
  '<table background="javascript:window.pwn=1"><td>x</td></table>',
  '{{constructor.constructor("window.pwn=1")()}}',
  '${window.pwn=1}',
  'data:text/html,<script>window.pwn=1</script>',
  'vbscript:msgbox(1)',
  '&lt;script&gt;window.pwn=1&lt;/script&gt;',
  '<scr<script>ipt>window.pwn=1</scr</script>ipt>',
  '<template><script>window.pwn=1</script></template>',
  '<xss contenteditable onblur=window.pwn=1>x</xss>',
  '"><img src=x onerror=window.pwn=1>',
  "'-window.pwn=1-'",
]

/** Characters that reorder or hide text, and what stands for them. */
export const hidden: readonly (readonly [written: string, shown: string])[] = [
  ['a\u202egnp.exe', 'a⟦U+202E⟧gnp.exe'],
  ['pass\u200bword', 'pass⟦U+200B⟧word'],
  ['\u001b[31mred', '␛[31mred'],
]

/** Nothing in the page may come from a text: no element that acts, no handler, no address. */
export function findDanger(root: ParentNode): string[] {
  const found: string[] = []
  for (const element of root.querySelectorAll('*')) {
    if (/^(?:script|iframe|object|embed|base|form|meta|template|math|marquee|video|link)$/i.test(element.tagName)) {
      found.push(element.outerHTML)
    }
    for (const { name, value } of element.attributes) {
      if (
        /^on/i.test(name) ||
        (/^(?:href|src|action|srcdoc|background)$/i.test(name) && /script:|^data:text|127\.0\.0\.1/i.test(value))
      ) {
        found.push(`${element.tagName} ${name}=${value}`)
      }
    }
  }
  return found
}
