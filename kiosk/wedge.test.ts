import { describe, expect, test } from 'vitest'
import { MAX_LENGTH, Wedge, characterOfCode, type KeyStroke, type WedgeEvent, type WedgeStep } from './wedge.ts'

/** A page's worth of strokes: each is pushed when its time comes, and silence is settled as the page's timer would. */
class Typist {
  readonly wedge = new Wedge()
  readonly steps: WedgeStep[] = []
  readonly events: WedgeEvent[] = []
  now_ms = 1_000
  timers = true

  key(key: string, gap_ms: number, more: Partial<KeyStroke> = {}): this {
    const due_ms = this.wedge.settles_ms
    this.now_ms += gap_ms
    if (this.timers && due_ms !== null && due_ms <= this.now_ms) this.#note(this.wedge.settle())
    const step = this.wedge.push({
      at_ms: this.now_ms,
      key,
      code: codeOf(key),
      shift: /^[A-Z]$/.test(key),
      capsLock: false,
      ctrl: false,
      alt: false,
      altGraph: false,
      meta: false,
      isComposing: false,
      repeat: false,
      ...more,
    })
    this.steps.push(step)
    this.#note(step.event)
    return this
  }

  text(text: string, gap_ms: number, more: Partial<KeyStroke> = {}): this {
    for (const character of text) this.key(character, gap_ms, more)
    return this
  }

  silence(): this {
    this.now_ms += 1_000
    if (this.wedge.settles_ms !== null) this.#note(this.wedge.settle())
    return this
  }

  #note(event: WedgeEvent | null): void {
    if (event) this.events.push(event)
  }
}

function codeOf(key: string): string {
  if (/^[a-z]$/i.test(key)) return `Key${key.toUpperCase()}`
  if (/^\d$/.test(key)) return `Digit${key}`
  return key === '-' ? 'Minus' : key
}

const scan = (text: string): WedgeEvent => ({ kind: 'scan', text })
const fault = (code: 'line-garbled' | 'line-too-long' | 'line-cut'): WedgeEvent => ({ kind: 'fault', code })

describe('a scanner', () => {
  test('with Enter is read at Enter, and only Enter is kept from the page', () => {
    const typist = new Typist().text('CH-26-0007-X', 8).key('Enter', 8)
    expect(typist.events).toEqual([scan('CH-26-0007-X')])
    expect(typist.steps.map((step) => step.prevent)).toEqual([...Array<boolean>(12).fill(false), true])
  })

  test('with Tab is read at Tab', () => {
    expect(new Typist().text('ABCD', 50).key('Tab', 50).events).toEqual([scan('ABCD')])
  })

  test('with Enter and Tab is read once, and neither reaches the page', () => {
    const typist = new Typist().text('ABCD', 5).key('Enter', 5).key('Tab', 5)
    expect(typist.events).toEqual([scan('ABCD')])
    expect(typist.steps.slice(-2).map((step) => step.prevent)).toEqual([true, true])
  })

  test('without a suffix is read when silence has lasted', () => {
    const typist = new Typist().text('ABCD1234', 10)
    expect(typist.events).toEqual([])
    expect(typist.silence().events).toEqual([scan('ABCD1234')])
  })

  test('without a suffix, twice in a row, is read twice', () => {
    expect(new Typist().text('ABCD', 10).key('W', 400).text('XYZ', 10).silence().events).toEqual([
      scan('ABCD'),
      scan('WXYZ'),
    ])
  })

  test('is read even when the page was blocked and its timer never came', () => {
    const typist = new Typist()
    typist.timers = false
    typist.text('12345', 10).key('9', 900)
    expect(typist.events).toEqual([scan('12345')])
    expect(typist.steps.at(-1)?.stroke).toBe('first')
  })

  test('that presses Shift for each capital is read the same', () => {
    const typist = new Typist()
    for (const letter of 'ABCD') typist.key('Shift', 30, { code: 'ShiftLeft' }).key(letter, 30)
    expect(typist.key('Enter', 30).events).toEqual([scan('ABCD')])
  })

  test('twice at once gives two scans', () => {
    expect(new Typist().text('AAAA', 5).key('Enter', 5).text('BBBB', 5).key('Enter', 5).events).toEqual([
      scan('AAAA'),
      scan('BBBB'),
    ])
  })

  test('is read through an input method that hides its keys', () => {
    const typist = new Typist()
    for (const character of 'Ch-26x') {
      typist.key('Process', 6, { code: codeOf(character), shift: character === 'C', isComposing: true })
    }
    typist.key('Process', 6, { code: 'Enter', isComposing: true })
    expect(typist.events).toEqual([scan('Ch-26x')])
  })

  test('typing characters outside the basic plane is read whole', () => {
    expect(new Typist().text('𠀀𠀁𠀂𠀃', 5, { code: '' }).key('Enter', 5).events).toEqual([scan('𠀀𠀁𠀂𠀃')])
  })
})

describe('a burst that is no line', () => {
  test('cut in two by a lag is a fault, never half a code', () => {
    expect(new Typist().text('CH-26', 8).key('-', 120).text('0007', 8).key('Enter', 8).events).toEqual([
      fault('line-cut'),
    ])
  })

  test.each([1, 2, 3])('whose first %i characters a lag cut off is a fault, never the rest of the code', (head) => {
    const [first, rest] = ['W01260000002HC'.slice(0, head), 'W01260000002HC'.slice(head)]
    const cut = (): Typist => new Typist().text(first, 8).key(rest.slice(0, 1), 120).text(rest.slice(1), 8)
    expect(cut().key('Enter', 8).events).toEqual([fault('line-cut')])
    expect(cut().silence().events).toEqual([fault('line-cut')])
  })

  test('cut in two by a lag, without a suffix, is one fault', () => {
    expect(new Typist().text('CH-26', 8).key('-', 120).text('0007', 8).silence().events).toEqual([fault('line-cut')])
  })

  test('left unfinished when the page loses the keyboard is a fault', () => {
    expect(new Typist().text('CH-26', 8).wedge.cut()).toEqual(fault('line-cut'))
    expect(new Typist().text('CH-26', 200).wedge.cut()).toBeNull()
  })

  test('of 4,296 characters is refused, and the buffer stays small', () => {
    const typist = new Typist().text('A'.repeat(4_296), 2).key('Enter', 2)
    expect(typist.events).toEqual([fault('line-too-long')])
    expect(new Typist().text('A'.repeat(MAX_LENGTH), 2).key('Enter', 2).events).toEqual([scan('A'.repeat(MAX_LENGTH))])
  })

  test.each([
    ['Ctrl+O', 'o', { ctrl: true }],
    ['Ctrl+V', 'v', { ctrl: true }],
    ['Alt+F4', 'F4', { alt: true }],
    ['Windows+R', 'r', { meta: true }],
    ['Escape', 'Escape', {}],
    ['F5', 'F5', {}],
    ['Backspace', 'Backspace', {}],
  ])('with %s inside is a fault, and the chord never reaches the browser', (_name, key, held) => {
    const typist = new Typist().text('ABCD', 8).key(key, 8, held)
    expect(typist.steps.at(-1)?.prevent).toBe(true)
    expect(typist.text('EF', 8).key('Enter', 8).events).toEqual([fault('line-garbled')])
  })

  test('beginning with a control character neither opens a file nor gives a code', () => {
    const typist = new Typist().key('o', 500, { ctrl: true }).text('ABCD', 8).key('Enter', 8)
    expect(typist.steps[0]?.prevent).toBe(true)
    expect(typist.events).toEqual([fault('line-garbled')])
  })
})

describe('a person', () => {
  const untouched = (typist: Typist): void => {
    expect(typist.silence().events).toEqual([])
    expect(typist.steps.some((step) => step.prevent)).toBe(false)
  }

  test('typing slowly is left alone', () => untouched(new Typist().text('seizure list', 220).key('Enter', 300)))
  test('typing fast is left alone', () => untouched(new Typist().text('the quick brown fox', 70).key('Enter', 60)))
  test('rolling three keys at once and pressing Enter is left alone', () =>
    untouched(new Typist().text('the', 20).key('Enter', 20)))
  test('typing in rolls, with pauses, is left alone', () => {
    const typist = new Typist()
    for (const roll of ['the', 'tion', 'ing']) typist.key(roll[0] ?? '', 130).text(roll.slice(1), 40)
    untouched(typist.key('Enter', 90))
  })
  test('rolling four keys at a scanner’s speed, then typing on, is left alone', () =>
    untouched(new Typist().text('tion', 20).text('al deed', 140).key('Enter', 200)))
  test('holding a key down is left alone', () => {
    const typist = new Typist().key('a', 500)
    for (let n = 0; n < 40; n += 1) typist.key('a', 30, { repeat: true })
    untouched(typist.key('Enter', 30))
  })
  test('composing Chinese is left alone', () =>
    untouched(
      new Typist()
        .text('kouya', 110, { isComposing: true })
        .key('Process', 150, { code: 'Space', isComposing: true })
        .key('Enter', 200),
    ))
  test('copying, pasting and undoing is left alone', () =>
    untouched(
      new Typist()
        .key('c', 500, { ctrl: true })
        .key('v', 300, { ctrl: true })
        .key('z', 300, { ctrl: true })
        .key('Enter', 200),
    ))
  test('moving about with Tab, arrows and Escape is left alone', () =>
    untouched(new Typist().key('Tab', 90).key('Tab', 30).key('ArrowDown', 120).key('Escape', 200).key('Enter', 100)))
  test('pressing Enter again well after a scan is left alone', () => {
    const typist = new Typist().text('ABCD', 5).key('Enter', 5).key('Enter', 400)
    expect(typist.steps.at(-1)?.prevent).toBe(false)
  })
})

test.each([
  ['KeyA', false, false, 'a'],
  ['KeyA', true, false, 'A'],
  ['KeyA', true, true, 'a'],
  ['KeyA', false, true, 'A'],
  ['Digit5', false, true, '5'],
  ['Digit5', true, false, '%'],
  ['Numpad5', true, false, '5'],
  ['Minus', true, false, '_'],
  ['Slash', false, false, '/'],
  ['F5', false, false, null],
])('%s with shift %s and caps lock %s is %s', (code, shift, capsLock, character) => {
  expect(characterOfCode(code, shift, capsLock)).toBe(character)
})
