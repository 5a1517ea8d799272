/**
 * 拼音首字母: what people type to find 手机 by `sj`. The reading of a character is the one by which the Unicode collation (CLDR, `zh`,
 * pinyin) sorts it; of a few characters that goods and places are often called by, the other reading counts as well.
 */

const collator = new Intl.Collator('zh-u-co-pinyin')
/** The first character of each letter, in the order of that collation; no reading begins with i, u or v. */
const FIRST = [...'吖丷嚓咑妸发旮哈丌咔垃呣拏喔妑七呥仨他屲夕丫帀']
const LETTERS = [...'abcdefghjklmnopqrstwxyz']
const ALSO: Readonly<Record<string, string>> = {
  ...{ 行: 'h', 重: 'c', 长: 'z', 车: 'j', 石: 'd', 调: 'd', 传: 'z' },
  ...{ 参: 's', 弹: 't', 藏: 'z', 单: 's', 盛: 'c', 朝: 'z', 曾: 'c' },
}
const HAN = /\p{Script=Han}/u
const PLAIN = /[a-z0-9]/
/** What may be initials: shorter, every second name would answer; longer, nobody types it. */
const TYPED = /^[a-z][a-z0-9]{1,15}$/i

/** As many different characters as a house ever writes. */
const KNOWN_MAX = 30_000
const known = new Map<string, string>()

/** The letters that a character may stand for: of a Chinese one its initials, a plain letter or digit itself; none for anything else. */
function lettersOf(char: string): string {
  const before = known.get(char)
  if (before !== undefined) return before
  const letters = HAN.test(char) ? readingOf(char) + (ALSO[char] ?? '') : PLAIN.test(char) ? char : ''
  if (known.size < KNOWN_MAX) known.set(char, letters)
  return letters
}

function readingOf(char: string): string {
  const after = FIRST.findIndex((first) => collator.compare(char, first) < 0)
  return (after < 0 ? LETTERS.at(-1) : LETTERS[after - 1]) ?? ''
}

/** Whether a text can be meant as initials. */
export function maybeInitials(typed: string): boolean {
  return TYPED.test(typed)
}

/** As many names as a large house has; each is read once, for it is asked about with every search. */
const NAMES_KEPT = 50_000
const kept = new Map<string, Name>()

interface Name {
  readonly folded: string
  /** Of each character the first letters that it may have, where it has one at all. */
  readonly letters: readonly string[]
  /** The same in one text; null where a character may stand for several. */
  readonly plain: string | null
}

function read(text: string): Name {
  const before = kept.get(text)
  if (before !== undefined) return before
  const folded = text.toLowerCase()
  const letters = [...folded].map(lettersOf).filter((one) => one !== '')
  const name = { folded, letters, plain: letters.every((one) => one.length === 1) ? letters.join('') : null }
  if (kept.size < NAMES_KEPT) kept.set(text, name)
  return name
}

/** Beyond this many ways to read a name, the first of each character stands for the rest. */
const READINGS_MAX = 32

/** The first letters of a name, for each way to read it. */
export function readingsOf(text: string): string[] {
  return read(text).letters.reduce<readonly string[]>(
    (ways, letters) => {
      const open = ways.length * letters.length > READINGS_MAX ? letters.slice(0, 1) : letters
      return ways.flatMap((way) => [...open].map((letter) => way + letter))
    },
    [''],
  ) as string[]
}

/** Whether these initials stand together somewhere in the text. */
export function hasInitials(text: string, typed: string): boolean {
  const { letters, plain } = read(text)
  const wanted = typed.toLowerCase()
  if (plain !== null) return plain.includes(wanted)
  return letters.some((_, from) => [...wanted].every((letter, at) => letters[from + at]?.includes(letter) === true))
}

/** Whether a word in letters is a part of the text, in capitals or not. */
export function hasPart(text: string, typed: string): boolean {
  return read(text).folded.includes(typed.toLowerCase())
}
