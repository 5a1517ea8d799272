/** Keys of a screen. A scan never gets here: the wedge listens first. */

/** What each key does: `F2`, `Escape`, `Ctrl+Enter`. Single letters are left to fields. */
export type KeyMap = Readonly<Record<string, () => void>>

/** Binds the keys until the returned function is called; while a dialog is open, its own keys alone count. */
export function bindKeys(page: Window, keys: KeyMap): () => void {
  function keydown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.repeat || page.document.querySelector('dialog[open]'))
      return
    const act = keys[nameOf(event)]
    if (!act) return
    event.preventDefault()
    act()
  }
  page.addEventListener('keydown', keydown)
  return () => page.removeEventListener('keydown', keydown)
}

function nameOf(event: KeyboardEvent): string {
  return `${event.ctrlKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.shiftKey ? 'Shift+' : ''}${event.key}`
}
