import { setSecret } from '../access/credentials.ts'
import type { Act, ActWithin } from '../act.ts'
import type { Db } from '../database/connect.ts'
import { type Post, SYSTEM } from '../module.ts'
import type { UnitKind, UnitLevel } from '../org/org.ts'

/**
 * An organisation that is nowhere: people for every post, two case departments, an office that reviews disposals, a keeping unit with its
 * store, a tax service hall.
 */

export interface DemoPerson {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly password: string
  readonly badge: string
  readonly pin: string
  readonly unit: string
  readonly posts: readonly { readonly post: Post; readonly place: string }[]
}

/** As `org.add-unit` takes it. */
interface DemoUnit {
  readonly unit: string
  readonly name: string
  readonly kind: UnitKind
  readonly parent: string | null
  readonly level?: UnitLevel
}

export const demoUnits: readonly DemoUnit[] = [
  { unit: 'organ', name: '云州市纪委监委', kind: 'organ', parent: null, level: 'city' },
  { unit: 'dept-1', name: '第一审查调查室', kind: 'department', parent: 'organ' },
  { unit: 'dept-2', name: '第二审查调查室', kind: 'department', parent: 'organ' },
  { unit: 'keeping', name: '涉案财物保管中心', kind: 'keeping', parent: 'organ' },
  { unit: 'supervision', name: '案件监督管理室', kind: 'supervision', parent: 'organ' },
  { unit: 'hall-1', name: '云州市办税服务厅', kind: 'hall', parent: 'organ' },
  { unit: 'review', name: '案件审理室', kind: 'department', parent: 'organ' },
]

export const demoStore = { store: 'store-1', name: '涉案财物一号库', unit: 'keeping' } as const

/** In the order badge, PIN and password are dealt; a demonstration shows them to everybody. */
const roll: readonly [id: string, name: string, unit: string, posts: readonly (readonly [Post, string])[]][] = [
  ['zhang-wei', '张伟', 'dept-1', [['officer', 'dept-1']]],
  ['li-na', '李娜', 'dept-1', [['officer', 'dept-1']]],
  ['wang-qiang', '王强', 'dept-2', [['officer', 'dept-2']]],
  ['zhao-min', '赵敏', 'dept-2', [['officer', 'dept-2']]],
  ['chen-jing', '陈静', 'keeping', [['custodian', 'store-1']]],
  ['liu-yang', '刘洋', 'keeping', [['custodian', 'store-1']]],
  ['sun-bo', '孙博', 'organ', [['approver', 'organ']]],
  [
    'qian-lei',
    '钱磊',
    'dept-1',
    [
      ['approver', 'dept-1'],
      ['manager', 'dept-1'],
    ],
  ],
  [
    'he-fang',
    '何芳',
    'dept-2',
    [
      ['approver', 'dept-2'],
      ['manager', 'dept-2'],
    ],
  ],
  ['guo-tao', '郭涛', 'keeping', [['manager', 'keeping']]],
  ['zhou-ping', '周平', 'supervision', [['supervisor', 'organ']]],
  ['wu-xia', '吴霞', 'hall-1', [['clerk', 'hall-1']]],
  ['zheng-kai', '郑凯', 'hall-1', [['clerk', 'hall-1']]],
  ['feng-yan', '冯岩', 'hall-1', [['manager', 'hall-1']]],
  ['xu-system', '许系', 'organ', [['system-admin', 'organ']]],
  ['an-security', '安全', 'organ', [['security-admin', 'organ']]],
  ['ji-audit', '纪审', 'organ', [['audit-admin', 'organ']]],
  ['tang-yue', '唐越', 'dept-1', [['officer', 'dept-1']]],
  ['luo-jia', '罗佳', 'dept-2', [['officer', 'dept-2']]],
  ['shen-yi', '沈毅', 'review', [['approver', 'review']]],
]

const FIRST_BADGE = 100_101
const FIRST_PIN = 274_019
/** Far enough apart that no two PINs look alike. */
const PIN_STEP = 31_607

export const demoPeople: readonly DemoPerson[] = roll.map(([id, name, unit, posts], index) => ({
  id,
  login: id,
  name,
  password: `qingguan-${FIRST_BADGE + index}`,
  badge: `B${FIRST_BADGE + index}`,
  pin: String(FIRST_PIN + index * PIN_STEP),
  unit,
  posts: posts.map(([post, place]) => ({ post, place })),
}))

/** What writing an organisation down needs. */
export interface Founding {
  readonly db: Db
  readonly act: Act
  readonly actWithin: ActWithin
  readonly pepper: Uint8Array
}

/** Writes the organisation into its register, as of `at`, and sets the secrets. */
export async function settleOrganisation(founding: Founding, at: string): Promise<void> {
  await foundOrganisation(founding, at)
  await dealSecrets(founding, at)
}

/** Units, the store, and people with posts and badges: all that others need to begin their work. */
export async function foundOrganisation(
  { act }: Pick<Founding, 'act'>,
  at: string,
  units: readonly (typeof demoUnits)[number][] = demoUnits,
): Promise<void> {
  const who = { person: SYSTEM }
  let step = 0
  const options = () => ({ cause: `settle ${(step += 1)}`, at })
  for (const unit of units) await act(who, { type: 'org.add-unit', ...unit }, options())
  await act(who, { type: 'org.open-store', ...demoStore }, options())
  for (const { id: person, login, name, unit, posts, badge } of demoPeople) {
    await act(who, { type: 'org.add-person', person, login, name, unit }, options())
    for (const { post, place } of posts) await act(who, { type: 'org.appoint', person, post, place }, options())
    await act(who, { type: 'org.issue-badge', person, badge }, options())
  }
}

/** Passwords and PINs of the people who are there. */
export async function dealSecrets({ db, actWithin, pepper }: Omit<Founding, 'act'>, at: string): Promise<void> {
  // Each after the other: all of them write one register, and on a busy machine those that wait for it would wait in vain.
  for (const { id: person, login, password, pin } of demoPeople) {
    const secrets = [
      ['password', password],
      ['pin', pin],
    ] as const
    for (const [kind, secret] of secrets)
      await setSecret(
        { db, actWithin, pepper },
        { person: SYSTEM },
        { person, login, kind, secret },
        { cause: `secret ${person} ${kind}`, at },
      )
  }
}

/** Throws on an id that is nobody's: the demonstration is written by hand, and a slip in it is a bug. */
export function demoPerson(id: string): DemoPerson {
  const found = demoPeople.find((person) => person.id === id)
  if (found === undefined) throw new Error(`the demonstration knows no ${id}`)
  return found
}
