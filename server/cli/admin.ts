import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { dealSecretWithin, unlockSignIn } from '../access/credentials.ts'
import { DEALT_GOOD_HOURS, dealSecretText } from '../access/dealt.ts'
import { appointAtMachine, issueBadgeAtMachine, resetAtMachine, type Warrant } from '../access/operator.ts'
import { hashSecret } from '../access/secret.ts'
import { openDoor } from '../act.ts'
import { refuseUnfinishedRestore } from '../backup/data-dir.ts'
import { type Config, readConfig } from '../config.ts'
import { type Db, inTransaction } from '../database/connect.ts'
import { visitDatabase } from '../database/open.ts'
import { type Keys, loadKeys } from '../keys.ts'
import { readRegisters } from '../ledger/read.ts'
import { type Post, SYSTEM } from '../module.ts'
import { modules } from '../modules.ts'
import { ADMINISTRATORS } from '../org/org.ts'
import { Refusal } from '../refusal.ts'
import '../org/tables.ts'

const USAGE = `npm run admin -- first --organ NAME           建立机关和三名管理员（只能一次）/ the organ and its three administrators, once
npm run admin -- reset LOGIN                  发一次性密码和 PIN，登录后须修改 / a password and PIN for one sign-in, to be changed there
npm run admin -- badge LOGIN BADGE            发工牌 / issue a badge
npm run admin -- appoint LOGIN ROLE           任命管理员：system-admin、security-admin 或 audit-admin；已停用的同时启用；必须加 --break-glass
                                              / an administrator's post; who is inactive is active again; always with --break-glass
                                              前两项，其他两类管理员能登录时须由他们在网页办理；紧急时加 --break-glass "原因"，
                                              原因记入台账并显示给监督人员 / where administrators of the other roles can sign in they do both on the
                                              page; in an emergency add --break-glass "reason", recorded and shown to supervisors
npm run admin -- unlock LOGIN                 解除登录暂停 / lift the limits after wrong tries
npm run admin -- keys                         公钥和密钥位置 / the public key, and where the keys lie`

const FIRST_ADMINISTRATORS: readonly { person: string; name: string; post: Post }[] = [
  { person: 'system-admin', name: '系统管理员', post: 'system-admin' },
  { person: 'security-admin', name: '安全管理员', post: 'security-admin' },
  { person: 'audit-admin', name: '审计管理员', post: 'audit-admin' },
]

interface Office {
  readonly db: Db
  readonly keys: Keys
  readonly config: Config
}

/** What an operator at the machine may do without signing in; every change is in the register, done by `system`. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { organ: { type: 'string' }, 'break-glass': { type: 'string' } },
  })
  const [verb, login = '', third = ''] = positionals
  const reason = values['break-glass']
  const warrant = reason === undefined ? null : { reason }
  const config = readConfig(process.env)
  await refuseUnfinishedRestore(config.dataDir)
  const connection = await visitDatabase(config, { log: pino({ level: 'silent' }) })
  try {
    const hasRegisters = (await readRegisters(connection.db)).length > 0
    const office = { db: connection.db, keys: await loadKeys(config.dataDir, { hasRegisters }), config }
    switch (verb) {
      case 'first':
        return await first(office, values.organ ?? '')
      case 'reset':
        return await reset(office, await personOf(office, login), warrant)
      case 'badge':
        return await issueBadge(office, { person: (await personOf(office, login)).id, badge: third }, warrant)
      case 'appoint':
        return await appoint(office, await personOf(office, login), third, warrant)
      case 'unlock':
        return await unlock(office, await personOf(office, login))
      case 'keys':
        console.log(`${office.keys.publicKey}\n${office.keys.folder}`)
        return
      default:
        throw new Error(USAGE)
    }
  } finally {
    await connection.close()
  }
}

async function first(office: Office, organ: string): Promise<void> {
  if (organ === '') throw new Error(USAGE)
  const there = await office.db.selectFrom('people').select('id').limit(1).execute()
  if (there.length > 0) throw new Error('已有人员，不能再次初始化 / there are people already')
  await act(office, { type: 'org.add-unit', unit: 'organ', name: organ, kind: 'organ', parent: null })
  for (const { person, name, post } of FIRST_ADMINISTRATORS) {
    await act(office, { type: 'org.add-person', person, login: person, name, unit: 'organ' })
    await act(office, { type: 'org.appoint', person, post, place: 'organ' })
    await dealFirst(office, person)
  }
}

interface Known {
  readonly id: string
  readonly login: string
}

async function personOf({ db }: Office, login: string): Promise<Known> {
  const found = await db.selectFrom('people').select(['id', 'login']).where('login', '=', login).executeTakeFirst()
  if (found === undefined) throw new Error(`没有账号 ${login} / there is no login ${login}`)
  return found
}

/** The very first secrets: there is nobody yet who could propose or confirm. */
async function dealFirst({ db, keys, config }: Office, person: string): Promise<void> {
  const { actWithin } = openDoor({ db, modules, causeKey: keys.pepper, hash: config.hash, now })
  const secrets = freshSecrets()
  for (const kind of ['password', 'pin'] as const) {
    const hash = await hashSecret(keys.pepper, { person, kind }, secrets[kind])
    await inTransaction(db, (trx) =>
      dealSecretWithin(trx, actWithin, { person: SYSTEM }, { person, kind, hash }, options()),
    )
  }
  show(person, secrets)
}

/**
 * Deals a password and a PIN that open one session each, in which the person changes them: nobody else ever knows the one that lasts. Shown
 * once.
 */
async function reset({ db, keys, config }: Office, { id, login }: Known, warrant: Warrant): Promise<void> {
  const { actWithin } = openDoor({ db, modules, causeKey: keys.pepper, hash: config.hash, now })
  const secrets = freshSecrets()
  await resetAtMachine({ db, actWithin, pepper: keys.pepper }, { person: id, ...secrets }, warrant, options())
  show(login, secrets)
}

async function issueBadge(
  { db, keys, config }: Office,
  of: { readonly person: string; readonly badge: string },
  warrant: Warrant,
): Promise<void> {
  const { actWithin } = openDoor({ db, modules, causeKey: keys.pepper, hash: config.hash, now })
  await issueBadgeAtMachine({ db, actWithin }, of, warrant, options())
}

/** To a post over the whole organ, which is where administrators have theirs. */
async function appoint(
  { db, keys, config }: Office,
  { id, login }: Known,
  role: string,
  warrant: Warrant,
): Promise<void> {
  const post = ADMINISTRATORS.find((one) => one === role)
  if (post === undefined) throw new Error(USAGE)
  const organ = await db.selectFrom('units').select('id').where('parent', 'is', null).orderBy('id').executeTakeFirst()
  if (organ === undefined) throw new Error('还没有机关 / there is no organ yet')
  const { actWithin } = openDoor({ db, modules, causeKey: keys.pepper, hash: config.hash, now })
  await appointAtMachine({ db, actWithin }, { person: id, post, place: organ.id }, warrant, options())
  console.log(`${login} ${post}；口令另用 reset 发放 / a password is dealt by reset`)
}

type Secrets = Readonly<Record<'password' | 'pin', string>>

function freshSecrets(): Secrets {
  return { password: dealSecretText('password'), pin: dealSecretText('pin') }
}

function show(login: string, secrets: Secrets): void {
  console.log(
    `${login}\t密码 / password ${secrets.password}\tPIN ${secrets.pin}\t一次有效，${DEALT_GOOD_HOURS} 小时内使用并修改 / for one sign-in within ${DEALT_GOOD_HOURS} h`,
  )
}

async function unlock({ db, keys, config }: Office, { id, login }: Known): Promise<void> {
  const { actWithin } = openDoor({ db, modules, causeKey: keys.pepper, hash: config.hash, now })
  await unlockSignIn({ db, actWithin }, { person: SYSTEM }, id, options())
  console.log(`${login} 可以再次登录 / may sign in again`)
}

async function act(
  { db, keys, config }: Office,
  command: { readonly type: string } & Record<string, unknown>,
): Promise<void> {
  await openDoor({ db, modules, causeKey: keys.pepper, hash: config.hash, now }).act(
    { person: SYSTEM },
    command,
    options(),
  )
}

function inWords(refusal: Refusal): string {
  const { detail, remedy } = refusal.notice()
  return [detail, remedy].map(({ zh, en }) => `${zh} / ${en}`).join('\n')
}

function options(): { cause: string; at: string } {
  return { cause: `admin:${randomUUID()}`, at: now() }
}

function now(): string {
  return new Date().toISOString()
}

try {
  await main()
} catch (error) {
  const plain = error instanceof Error ? error.message : String(error)
  console.error(error instanceof Refusal ? inWords(error) : plain)
  process.exitCode = 1
}
