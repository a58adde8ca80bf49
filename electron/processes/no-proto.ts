// Imported first by everything that touches what a file said: without `__proto__` as an accessor, a name from a file
// cannot reach a prototype. Node has a flag for it, `--disable-proto=delete`; Electron's processes take no such flag.
Reflect.deleteProperty(Object.prototype, '__proto__')
