import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchBrowser } from './testing/browser.ts'
import { ENTER, keysOf, strike, TAB, type Key } from './testing/keyboard.ts'
import { serveSources } from './testing/pages.ts'

/** A page with every kind of thing that may have the focus, which keeps what it was told. */
const PAGE = `<!doctype html><html><body>
  <form id="form"><input id="name" value="gold bar" /><input id="pin" type="password" /><button>send</button></form>
  <textarea id="note"></textarea>
  <button id="button" type="button">press</button>
  <select id="list"><option value="">-</option><option value="C">C</option><option value="H">H</option></select>
  <script type="module">
    import { attachWedge } from '/wedge-keyboard.ts'
    window.heard = []
    window.seen = []
    window.submitted = 0
    window.pressed = 0
    const wedge = attachWedge(window, (event) => window.heard.push(event))
    window.take = () => wedge.takeEarly().map(({ key }) => key).join('')
    addEventListener('keydown', (event) => window.seen.push(event.key))
    form.addEventListener('submit', (event) => { event.preventDefault(); window.submitted += 1 })
    button.addEventListener('click', () => (window.pressed += 1))
    window.ready = true
  </script></body></html>`

interface Kept {
  readonly heard: readonly unknown[]
  readonly seen: readonly string[]
  readonly submitted: number
  readonly pressed: number
}

let browser: Browser
let sources: Awaited<ReturnType<typeof serveSources>>
let page: Page

beforeAll(async () => {
  ;[browser, sources] = await Promise.all([launchBrowser(), serveSources()])
  page = await browser.newPage()
  await page.route('**/wedge-test', (route) => route.fulfill({ contentType: 'text/html', body: PAGE }))
})

afterAll(async () => {
  await browser.close()
  await sources.close()
})

beforeEach(async () => {
  await page.goto(`${sources.address}/wedge-test`)
  await page.waitForFunction('window.ready === true')
})

const kept = (): Promise<Kept> => page.evaluate('({ heard, seen, submitted, pressed })')
const heard = (): Promise<unknown> => page.waitForFunction('heard.length > 0').then(async () => (await kept()).heard)

/** A scanner's gap between two keys. */
const SCANNER_MS = 5

const scan = (text: string, end: Key = ENTER): Promise<void> => strike(page, [...keysOf(text), end], SCANNER_MS)

test('a scan into a text field is heard, and the field, its selection and its form are as before', async () => {
  await page.evaluate(
    'document.getElementById("name").focus(), document.getElementById("name").setSelectionRange(2, 6)',
  )
  await scan('CH-26-000184-K')
  expect(await heard()).toEqual([{ kind: 'scan', text: 'CH-26-000184-K' }])
  const field = '[document.getElementById("name")].map((f) => [f.value, f.selectionStart, f.selectionEnd])[0]'
  expect(await page.evaluate(field)).toEqual(['gold bar', 2, 6])
  expect(await page.evaluate('document.activeElement.id')).toBe('name')
  expect((await kept()).submitted).toBe(0)
})

test('a scan ended with Tab leaves the focus where it was', async () => {
  await page.focus('#note')
  await scan('CH-26-000184-K', TAB)
  expect(await heard()).toEqual([{ kind: 'scan', text: 'CH-26-000184-K' }])
  expect(await page.evaluate('[document.activeElement.id, note.value]')).toEqual(['note', ''])
})

test('a scan with a space in it, while a button has the focus, presses nothing', async () => {
  await page.focus('#button')
  await scan('AB CD 12')
  expect(await heard()).toEqual([{ kind: 'scan', text: 'AB CD 12' }])
  expect((await kept()).pressed).toBe(0)
})

test('a scan while nothing has the focus is heard', async () => {
  await scan('CH-26-000184-K')
  expect(await heard()).toEqual([{ kind: 'scan', text: 'CH-26-000184-K' }])
})

test('a scan while a list has the focus chooses nothing', async () => {
  await page.focus('#list')
  await scan('HH-26')
  expect(await heard()).toEqual([{ kind: 'scan', text: 'HH-26' }])
  expect(await page.evaluate('list.value')).toBe('')
})

test('a scan without a suffix is heard after silence', async () => {
  await page.focus('#name')
  await strike(page, keysOf('CH-26-000184-K'), SCANNER_MS)
  expect(await heard()).toEqual([{ kind: 'scan', text: 'CH-26-000184-K' }])
  expect(await page.inputValue('#name')).toBe('gold bar')
})

test.each<[string, Key]>([
  ['Ctrl+O', { key: 'o', code: 'KeyO', keyCode: 79, ctrl: true }],
  ['Ctrl+P', { key: 'p', code: 'KeyP', keyCode: 80, ctrl: true }],
  ['Alt+Left', { key: 'ArrowLeft', code: 'ArrowLeft', keyCode: 37, alt: true }],
  ['F5', { key: 'F5', code: 'F5', keyCode: 116 }],
  ['Escape', { key: 'Escape', code: 'Escape', keyCode: 27 }],
])('a bar code with %s inside goes nowhere and is a fault', async (_name, chord) => {
  await page.focus('#name')
  await strike(page, [...keysOf('CH-26'), chord, ...keysOf('0001'), ENTER], SCANNER_MS)
  expect(await heard()).toEqual([{ kind: 'fault', code: 'line-garbled' }])
  expect(page.url()).toBe(`${sources.address}/wedge-test`)
  expect((await kept()).seen).not.toContain(chord.key)
  expect(await page.inputValue('#name')).toBe('gold bar')
})

test('a bar code of 4,296 characters is refused, and nothing of it stays', async () => {
  await page.focus('#note')
  // All at once, as the system's own queue would hand it over: dated by the keyboard, however slow the page.
  await page.evaluate(`(() => {
    let at_ms = performance.now()
    const down = (key, code) => {
      const event = new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true })
      Object.defineProperty(event, 'timeStamp', { value: (at_ms += 1) })
      return note.dispatchEvent(event)
    }
    for (let n = 0; n < 4296; n += 1) if (down('A', 'KeyA')) note.value += 'A'
    down('Enter', 'Enter')
  })()`)
  expect(await heard()).toEqual([{ kind: 'fault', code: 'line-too-long' }])
  expect(await page.inputValue('#note')).toBe('')
})

test('a scan that an input method caught is read from the keys, and what it composed is taken out', async () => {
  await page.focus('#name')
  await page.evaluate(`(() => {
    const field = document.getElementById('name')
    const down = (code, shiftKey) =>
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Process', code, shiftKey, isComposing: true, bubbles: true, cancelable: true }))
    down('KeyC', true)
    field.value = '从'
    for (const code of ['Digit2', 'Digit6', 'Minus', 'Digit7']) down(code, false)
    field.value = '从26'
    down('Enter', false)
    field.value = '从26-7'
  })()`)
  expect(await heard()).toEqual([{ kind: 'scan', text: 'C26-7' }])
  await page.waitForFunction('document.getElementById("name").value === "gold bar"')
  expect(await page.evaluate('document.activeElement.id')).toBe('name')
})

test('what a person types stays, and Enter does what it does', async () => {
  await page.fill('#name', '')
  await page.focus('#name')
  await strike(page, [...keysOf('gold'), ENTER], 90)
  expect(await page.inputValue('#name')).toBe('gold')
  expect(await kept()).toMatchObject({ heard: [], submitted: 1 })
})

test('a password is never read, however fast it is typed', async () => {
  await page.focus('#pin')
  await scan('73915042')
  expect(await page.inputValue('#pin')).toBe('73915042')
  expect(await kept()).toMatchObject({ heard: [], submitted: 1 })
})

test.each([200, 5])(
  'what is keyed in before a field for it is there comes with the rest, %i ms apart',
  async (gap_ms) => {
    await page.evaluate('document.activeElement.blur()')
    await strike(page, keysOf('40'), gap_ms)
    await page.evaluate('pin.value = take(), pin.focus()')
    await strike(page, keysOf('0447'), gap_ms)
    expect(await page.inputValue('#pin')).toBe('400447')
    expect((await kept()).heard).toEqual([])
    expect(await page.evaluate('take()')).toBe('')
  },
)

test('what a scanner typed, what was ended by a key, and what stands in a field is not early', async () => {
  await scan('CH-26-000184-K')
  await heard()
  expect(await page.evaluate('take()')).toBe('')
  await strike(page, [...keysOf('40'), { key: 'Escape', code: 'Escape', keyCode: 27 }], 90)
  expect(await page.evaluate('take()')).toBe('')
  await page.focus('#note')
  await strike(page, keysOf('40'), 90)
  expect(await page.evaluate('take()')).toBe('')
})

test('a key that answered a question on the page was meant for that', async () => {
  await page.evaluate(`(() => {
    document.activeElement.blur()
    addEventListener('keydown', (event) => event.key === '1' && event.preventDefault())
  })()`)
  await strike(page, keysOf('14'), 90)
  expect(await page.evaluate('take()')).toBe('4')
})
