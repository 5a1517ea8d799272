import { namesOf } from './names.ts'
import type { Post, Reader } from './module.ts'
import { STATUS_WORDS } from './rating/status-words.ts'
import type { Refusal, RefusalNotice, Words } from './refusal.ts'

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

/**
 * A refusal as a person reads it: people, units, stores and posts by their names. Decisions are pure and know ids only, so names are put in
 * where it is told. `values` keeps the ids, for programs.
 */
export async function noticeOf(db: Reader, refusal: Refusal): Promise<RefusalNotice> {
  const asked = Object.entries(refusal.values).flatMap(([value, id]) =>
    (IDS[value] ?? []).map((kind) => ({ value, who: `${kind}/${id}` })),
  )
  const named = await namesOf(
    db,
    asked.map(({ who }) => who),
  )
  const called = new Map(
    asked.flatMap(({ value, who }): [string, string][] => {
      const { name } = named(who)
      return who.endsWith(`/${name}`) ? [] : [[value, name]]
    }),
  )
  return refusal.notice((value, given, language) =>
    value === 'posts'
      ? postsIn(String(given), language)
      : value === 'status'
        ? (STATUS_WORDS[given]?.[language] ?? String(given))
        : (called.get(value) ?? String(given)),
  )
}

function postsIn(posts: string, language: keyof Words): string {
  const words = posts.split(', ').map((post) => (post in postWords ? postWords[post as Post][language] : post))
  return words.join(language === 'zh' ? '、' : ', ')
}
