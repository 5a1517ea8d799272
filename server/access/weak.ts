/** What people choose when they are asked for a secret, and what is therefore tried first. */

/** Rows of keys, and the digits in the order of a row and of a keypad's columns and diagonals. */
const RUNS = [
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
  '01234567890',
  '147258369',
  '159753',
  '741852963',
  '!@#$%^&*()',
]
/** A run of this many neighbours says no more than its first character and its length. */
const RUN_MIN = 4

const COMMON = new Set(
  `password passwd passwort pass secret letmein welcome login signin admin administrator root master super user guest test demo default
  system manager service monkey dragon football baseball sunshine princess shadow superman batman trustno iloveyou loveyou lovely hello
  freedom whatever starwars computer internet windows michael jordan charlie killer hunter ranger changeme temp temporary office company
  woaini woaiwoziji woaizhongguo zhongguo beijing shanghai tiananmen mima wodemima denglu guanli guanliyuan xitong ceshi yonghu nihao
  wangjing jiwei jianwei shuiwu juancha clearhold taobao tencent alipay baidu weixin qqqq aini zhang wang li liu chen yang zhao huang zhou wu`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

/** A password says too little with fewer different characters than this. */
const DIFFERENT_MIN = 5
/** Figures alone are dates and telephone numbers unless there are more of them than this. */
const DIGITS_ALONE_MIN = 12
/** Letters of a common word may be dressed up as these. */
const DRESSED: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/** Whether a password is one of those that are tried first: a run of keys, few characters, a date or telephone number, a common
 * word with figures around it. */
export function isWeakPassword(secret: string): boolean {
  const text = secret.normalize('NFKC').toLowerCase()
  if (new Set(text).size < DIFFERENT_MIN) return true
  if (isRepeated(text)) return true
  if (new RegExp(`^\\d{1,${DIGITS_ALONE_MIN - 1}}$`).test(text)) return true
  if (withoutRuns(text).length < RUN_MIN) return true
  return bare(text).some((word) => COMMON.has(word))
}

/** Whether a PIN is a run, repeats a part, has two digits only, or may be somebody's birthday. */
export function isWeakPin(pin: string): boolean {
  return new Set(pin).size < 3 || isRepeated(pin) || isStairs(pin) || withoutRuns(pin).length < 3 || isDate(pin)
}

/** `abcabc`, `112112`: a part again and again. */
function isRepeated(text: string): boolean {
  return text.length > 1 && (text + text).indexOf(text, 1) < text.length
}

/** Every step is the same one: 135790, 975310. */
function isStairs(digits: string): boolean {
  const steps = [...digits].slice(1).map((digit, index) => (Number(digit) - Number(digits[index]) + 10) % 10)
  return steps.every((step) => step === steps[0])
}

/** What is left of a text when each run of neighbours, forwards or backwards, is taken for one character. */
function withoutRuns(text: string): string {
  let left = ''
  for (let at = 0; at < text.length;) {
    const length = Math.max(...RUNS.flatMap((run) => [runLength(text, at, run), runLength(text, at, reversed(run))]))
    left += text[at] ?? ''
    at += length >= RUN_MIN ? length : 1
  }
  return left
}

function runLength(text: string, at: number, run: string): number {
  for (let length = Math.min(text.length - at, run.length); length >= RUN_MIN; length -= 1) {
    if (run.includes(text.slice(at, at + length))) return length
  }
  return 1
}

function reversed(text: string): string {
  return [...text].reverse().join('')
}

/** The word in a text: without the figures and signs around it, and with those inside it read as the letters they stand for. */
function bare(text: string): string[] {
  const inner = text.replaceAll(/^[^a-z]+|[^a-z]+$/g, '')
  const undressed = [...text].map((char) => DRESSED[char] ?? char).join('')
  const trimmed = [...text.replaceAll(/[\d\W_]+$/g, '')].map((char) => DRESSED[char] ?? char).join('')
  return [inner, undressed, trimmed]
}

/** Whether digits may be a day of this or the last century: yymmdd, ddmmyy, mmddyy, and each with four digits of the year. */
function isDate(digits: string): boolean {
  const is = (month: string, day: string): boolean =>
    Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31
  const part = (from: number, length: number): string => digits.slice(from, from + length)
  if (digits.length === 6)
    return (
      is(part(2, 2), part(4, 2)) || is(part(2, 2), part(0, 2)) || is(part(0, 2), part(2, 2)) || isYearAndMonth(digits)
    )
  if (digits.length !== 8) return false
  const century = (year: string): boolean => /^(19|20)/.test(year)
  return (
    (century(part(0, 4)) && is(part(4, 2), part(6, 2))) ||
    (century(part(4, 4)) && (is(part(2, 2), part(0, 2)) || is(part(0, 2), part(2, 2))))
  )
}

/** 199005: a year and a month. */
function isYearAndMonth(digits: string): boolean {
  const month = Number(digits.slice(4))
  return /^(19|20)/.test(digits) && month >= 1 && month <= 12
}
