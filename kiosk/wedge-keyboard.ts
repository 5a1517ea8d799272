/** Puts the burst detector on a page: before every other listener, whatever has the focus, with any input method. */

import { Wedge, type KeyStroke, type WedgeEvent } from './wedge.ts'

/** A timer this late means that the page was blocked: strokes may be waiting behind it, so they are let through first. */
const LATE_MS = 50

type TextField = HTMLInputElement | HTMLTextAreaElement

interface Remembered {
  readonly value: string
  readonly from: number | null
  readonly to: number | null
  readonly direction: 'forward' | 'backward' | 'none'
}

/** Characters that went to no field are remembered for a field that is about to come, this long and this many. */
const EARLY_MS = 3_000
const EARLY_MOST = 64

export interface AttachedWedge {
  /**
   * The characters that were keyed in just now into no field, whose they are still open; they are nobody else's from then on. A field that
   * takes the keyboard takes them with it, or it begins in the middle of what somebody types.
   */
  takeEarly(): readonly EarlyKey[]
  detach(): void
}

export interface EarlyKey {
  readonly key: string
  /** On the clock of `performance.now()`. */
  readonly at_ms: number
}

/**
 * Listens for scans typed by a keyboard-wedge scanner until it is detached. What a scan typed into a field is taken out again. Password
 * fields are never read: a secret is not a scan, whoever types it.
 */
export function attachWedge(page: Window, onevent: (event: WedgeEvent) => void): AttachedWedge {
  const wedge = new Wedge()
  const remembered = new Map<TextField | HTMLSelectElement, Remembered>()
  const swallowed = new Set<string>()
  let early: { readonly event: KeyboardEvent; readonly swallowed: boolean }[] = []
  let throughInputMethod = false
  let timer: number | null = null

  function remember(field: EventTarget | null): void {
    if (isTextField(field)) {
      if (!remembered.has(field)) remembered.set(field, selectionOf(field))
    } else if (field instanceof HTMLSelectElement && !remembered.has(field)) {
      remembered.set(field, { value: field.value, from: null, to: null, direction: 'none' })
    }
  }

  function forget(): void {
    remembered.clear()
    throughInputMethod = false
  }

  function finish(event: WedgeEvent): void {
    const fields = [...remembered]
    for (const [field, was] of fields) {
      // Only leaving the field ends a composition that the scan began.
      if (throughInputMethod && field === page.document.activeElement) {
        field.blur()
        restore(field, was)
        field.focus({ preventScroll: true })
      }
      restore(field, was)
    }
    // Some input methods commit what they held one task later.
    if (throughInputMethod) page.setTimeout(() => fields.forEach(([field, was]) => restore(field, was)), 0)
    forget()
    early = []
    onevent(event)
  }

  /** Any other key ends what was being typed. */
  function keepEarly(event: KeyboardEvent, swallowed: boolean): void {
    const { key, target, ctrlKey, altKey, metaKey } = event
    if (key === 'Shift') return
    const isCharacter = key.length === 1 && !ctrlKey && !altKey && !metaKey && !isTextField(target)
    early = isCharacter ? [...early.slice(1 - EARLY_MOST), { event, swallowed }] : []
  }

  function takeEarly(): readonly EarlyKey[] {
    const since_ms = page.performance.now() - EARLY_MS
    // A key that answered something on the page was meant for that.
    const used = early.findLastIndex(({ event, swallowed }) => event.defaultPrevented && !swallowed)
    const open = early.slice(used + 1).map(({ event }) => ({ key: event.key, at_ms: event.timeStamp }))
    const taken = open.every(({ at_ms }) => at_ms >= since_ms) ? open : []
    early = []
    if (taken.length > 0) {
      wedge.cut()
      forget()
    }
    return taken
  }

  function settle(): void {
    timer = null
    const due_ms = wedge.settles_ms
    if (due_ms === null) return
    const wait_ms = due_ms - page.performance.now()
    if (wait_ms > 0) timer = page.setTimeout(settle, wait_ms)
    else if (wait_ms < -LATE_MS) timer = page.setTimeout(conclude, LATE_MS)
    else conclude()
  }

  function conclude(): void {
    timer = null
    const due_ms = wedge.settles_ms
    if (due_ms === null) return
    if (due_ms > page.performance.now()) return settle()
    const event = wedge.settle()
    if (event) finish(event)
    else forget()
  }

  function keydown(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement && event.target.type === 'password') return
    const stroke = strokeOf(event)
    const step = wedge.push(stroke)
    if (step.released) forget()
    if (step.event) finish(step.event)
    if (step.stroke !== 'other' && wedge.settles_ms !== null) {
      remember(event.target)
      throughInputMethod ||= stroke.isComposing || stroke.key === 'Process'
    }
    // Outside a text field nothing a person means can be lost: a letter here would only set off a button or a list.
    const pressing = step.stroke === 'fast' && !isTextField(event.target)
    if (step.event === null) keepEarly(event, step.prevent || pressing)
    if (step.prevent || pressing) {
      swallowed.add(event.code)
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    if (timer === null && wedge.settles_ms !== null) settle()
  }

  /** Buttons act when the space bar comes up again. */
  function keyup(event: KeyboardEvent): void {
    if (!swallowed.delete(event.code)) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  function blur(event: FocusEvent): void {
    if (event.target !== page) return
    swallowed.clear()
    const cut = wedge.cut()
    if (cut) finish(cut)
    else forget()
  }

  page.addEventListener('keydown', keydown, { capture: true })
  page.addEventListener('keyup', keyup, { capture: true })
  page.addEventListener('blur', blur)
  function detach(): void {
    page.removeEventListener('keydown', keydown, { capture: true })
    page.removeEventListener('keyup', keyup, { capture: true })
    page.removeEventListener('blur', blur)
    if (timer !== null) page.clearTimeout(timer)
  }
  return { takeEarly, detach }
}

function strokeOf(event: KeyboardEvent): KeyStroke {
  return {
    at_ms: event.timeStamp,
    key: event.key,
    code: event.code,
    shift: event.shiftKey,
    capsLock: event.getModifierState('CapsLock'),
    ctrl: event.ctrlKey,
    alt: event.altKey,
    altGraph: event.getModifierState('AltGraph'),
    meta: event.metaKey,
    isComposing: event.isComposing,
    repeat: event.repeat,
  }
}

const NOT_TEXT = new Set([
  'button',
  'submit',
  'reset',
  'checkbox',
  'radio',
  'range',
  'color',
  'file',
  'image',
  'hidden',
])

function isTextField(target: EventTarget | null): target is TextField {
  if (target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && !NOT_TEXT.has(target.type)
}

function selectionOf(field: TextField): Remembered {
  return {
    value: field.value,
    // Fields for dates and numbers have no selection to speak of.
    from: field.selectionStart,
    to: field.selectionEnd,
    direction: field.selectionDirection ?? 'none',
  }
}

function restore(field: TextField | HTMLSelectElement, was: Remembered): void {
  if (field.value !== was.value) {
    field.value = was.value
    field.dispatchEvent(new Event('input', { bubbles: true }))
    if (field instanceof HTMLSelectElement) field.dispatchEvent(new Event('change', { bubbles: true }))
  }
  if (!(field instanceof HTMLSelectElement) && was.from !== null)
    field.setSelectionRange(was.from, was.to, was.direction)
}
