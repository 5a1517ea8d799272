import { numbersNow } from './custody/renumbering/numbers.ts'
import { namesOf } from './names.ts'
import type { Post, Reader } from './module.ts'
import { STATUS_WORDS } from './rating/status-words.ts'
import type { Refusal, RefusalNotice, ToldRefusal, Words } from './refusal.ts'

/** How posts are called where one is missing. */
const postWords: Readonly<Record<Post, Words>> = {
  officer: { zh: '办案人员', en: 'case officer' },
  custodian: { zh: '保管人员', en: 'custodian' },
  approver: { zh: '审批领导', en: 'approver' },
  supervisor: { zh: '监督人员', en: 'supervisor' },
  clerk: { zh: '窗口人员', en: 'clerk' },
  manager: { zh: '部门负责人', en: 'head of unit' },
  'system-admin': { zh: '系统管理员', en: 'system administrator' },
  'security-admin': { zh: '安全管理员', en: 'security administrator' },
  'audit-admin': { zh: '审计管理员', en: 'audit administrator' },
}

/** Values of a refusal that are ids, by their names there, and what each may be the id of. */
const IDS: Readonly<Record<string, readonly string[]>> = {
  person: ['person'],
  unit: ['unit'],
  store: ['store'],
  place: ['store', 'unit'],
}

/** What somebody may not see, where it is a store: whoever is signed in may know what the stores are called. */
function kindsOf({ code }: Refusal, value: string): readonly string[] {
  return code === 'access.not-yours' && value === 'what' ? ['store'] : (IDS[value] ?? [])
}

/** Values of a refusal that are numbers of cases. */
const CASES: readonly string[] = ['case', 'into', 'other']

/**
 * A refusal as a person reads it: people, units, stores and posts by their names, cases by their numbers. Decisions are pure and know ids only,
 * so names are put in where it is told. `values` keeps the ids of people and places, for programs.
 * @param asked numbers of cases as they were asked for, by those they were registered under: what is refused is told by them alone, since whoever
 * may not see a case must not learn that it is there, or by what other number
 */
export async function noticeOf(
  db: Reader,
  refusal: Refusal,
  asked: ReadonlyMap<string, string> = new Map(),
): Promise<RefusalNotice> {
  const ids = Object.entries(refusal.values).flatMap(([value, id]) =>
    kindsOf(refusal, value).map((kind) => ({ value, who: `${kind}/${id}` })),
  )
  const named = await namesOf(
    db,
    ids.map(({ who }) => who),
  )
  const called = new Map(
    ids.flatMap(({ value, who }): [string, string][] => {
      const { name } = named(who)
      return who.endsWith(`/${name}`) ? [] : [[value, name]]
    }),
  )
  const cases = await casesIn(db, refusal, asked)
  const notice = refusal.notice((value, given, language) =>
    value === 'posts'
      ? postsIn(String(given), language)
      : value === 'status'
        ? (STATUS_WORDS[given]?.[language] ?? String(given))
        : (cases[value] ?? called.get(value) ?? String(given)),
  )
  return { ...notice, values: { ...notice.values, ...cases } }
}

/** The cases of a refusal by the numbers that they were asked for, else by those they go by. */
async function casesIn(
  db: Reader,
  { values }: Refusal,
  asked: ReadonlyMap<string, string>,
): Promise<Readonly<Record<string, string>>> {
  const named = Object.entries(values).filter(([value]) => CASES.includes(value))
  const numbers = await numbersNow(
    db,
    named.map(([, number]) => String(number)).filter((number) => !asked.has(number)),
  )
  return Object.fromEntries(
    named.map(([value, number]) => [value, asked.get(String(number)) ?? numbers.of(String(number))]),
  )
}

function postsIn(posts: string, language: keyof Words): string {
  const words = posts.split(', ').map((post) => (post in postWords ? postWords[post as Post][language] : post))
  return words.join(language === 'zh' ? '、' : ', ')
}

/** What a reader would be refused with, for a page that says it before anything is pressed. */
export async function toldOf(db: Reader, refusal: Refusal): Promise<ToldRefusal> {
  const { code, detail, rule, remedy } = await noticeOf(db, refusal)
  return { code, detail, rule, remedy }
}
