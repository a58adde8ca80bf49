/**
 * A click may replace what lies under the pointer: a row of the list opens its trace. The second press of a double
 * click then falls on the new page, and the browser would select the text around it, up to all of it.
 */
export function startSecondPress(): () => void {
  let pressed: EventTarget | null = null
  const onPress = (event: MouseEvent) => {
    if (event.detail > 1 && pressed instanceof Node && !pressed.isConnected) event.preventDefault()
    else pressed = event.target
  }
  addEventListener('mousedown', onPress, { capture: true })
  return () => removeEventListener('mousedown', onPress, { capture: true })
}
