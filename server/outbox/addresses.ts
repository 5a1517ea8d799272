import { Type } from 'typebox'
import { loadStates } from '../ledger/project.ts'
import {
  type Decision,
  type Fact,
  type FactDraft,
  handler,
  type JsonObject,
  type Module,
  type Post,
  projection,
  type Reader,
  type Sealed,
} from '../module.ts'
import { ORG_REGISTER } from '../org/org.ts'
import { readPersonal } from '../ledger/personal.ts'
import { textOf } from '../names.ts'
import { exactly, orNull, uuid } from '../schemas.ts'
import { type Channel, CHANNELS } from './outbox.ts'
import './tables.ts'

/** Where somebody is reached outside the program; personal content, which stands beside the register. */
export type NoticeAddresses = {
  readonly mail: Sealed | null
  readonly webhook: Sealed | null
  /** What he gave before: it goes when his name is erased. */
  readonly former: readonly Sealed[]
}

const NONE: NoticeAddresses = { mail: null, webhook: null, former: [] }

/** One address and nothing that a mail header could take for more (RFC 5321 4.1.2, without quoted names). */
const mailAddress = Type.String({
  maxLength: 254,
  pattern: "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,187}[A-Za-z0-9])?$",
})
/** How a gateway knows its receivers: a telephone number as a rule. */
const gatewayAddress = Type.String({ maxLength: 64, pattern: '^\\+?[A-Za-z0-9][A-Za-z0-9._@-]{0,62}$' })

export const channelName = Type.Unsafe<Channel>(Type.Enum([...CHANNELS]))
export const tryBody = Type.Object({ channel: channelName }, exactly)
export const addressesBody = Type.Object({ mail: orNull(mailAddress), webhook: orNull(gatewayAddress) }, exactly)

interface SetAddresses {
  readonly type: 'outbox.set-addresses'
  readonly mail: string | null
  readonly webhook: string | null
}

interface Resend {
  readonly type: 'outbox.resend'
  readonly message: string
}

interface Try {
  readonly type: 'outbox.try'
  readonly channel: Channel
}

const EVERYBODY: readonly Post[] = [
  ...(['officer', 'custodian', 'approver', 'supervisor', 'clerk', 'manager'] as const),
  ...(['system-admin', 'security-admin', 'audit-admin'] as const),
]

/** Facts of the outbox, in the register of the organisation: who is reached where, and what administrators did about messages. */
export type OutboxFacts = {
  /** `address/<person>`: from now on he is reached there. */
  'outbox.addresses-set': { readonly mail: Sealed | null; readonly webhook: Sealed | null }
  /** `message/<uuid>`: an administrator had it sent again. */
  'outbox.resent': Record<never, never>
  /** `message/<uuid>`: an administrator tried a channel on himself. */
  'outbox.tried': { readonly channel: Channel }
}

const addresses = {
  kind: 'address',
  table: 'outbox_addresses',
  initial: NONE,
  evolve: (state: NoticeAddresses, { type, body }: Fact): NoticeAddresses => {
    if (type !== 'outbox.addresses-set') return state
    const { mail, webhook } = body as unknown as OutboxFacts['outbox.addresses-set']
    const replaced = [state.mail, state.webhook].filter((one) => one !== null)
    return { mail, webhook, former: [...state.former, ...replaced] }
  },
  columns: () => ({}),
}

/** What somebody gave as his own addresses; each person sees and sets his own alone. */
export async function addressesOf(
  db: Reader,
  people: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<Channel, string | null>>>> {
  const found = await loadStates<NoticeAddresses>(db, addresses, people)
  const sealed = [...found.values()].flatMap((of) => CHANNELS.flatMap((channel) => of[channel] ?? []))
  const contents = await readPersonal(
    db,
    sealed.map(({ ref }) => ref),
  )
  const said = (one: Sealed | null): string | null => (one === null ? null : textOf(contents.get(one.ref)))
  return new Map([...found].map(([person, of]) => [person, { mail: said(of.mail), webhook: said(of.webhook) }]))
}

/** Every address somebody ever gave, for who erases them. */
export async function allAddressesOf(db: Reader, person: string): Promise<readonly Sealed[]> {
  const of = (await loadStates<NoticeAddresses>(db, addresses, [person], { lock: true })).get(person) ?? NONE
  return [...of.former, ...[of.mail, of.webhook].filter((one) => one !== null)]
}

function about(type: keyof OutboxFacts, message: string, body: JsonObject = {}): FactDraft {
  return { register: ORG_REGISTER, type, subject: `message/${message}`, body: { v: 1, ...body } }
}

const inOrg = async (): Promise<string[]> => [ORG_REGISTER]
const nothing = async (): Promise<null> => null

/** Outgoing messages: the register holds who is reached where, and what administrators did; how far each came is no register's matter. */
export const outboxModule: Module = {
  name: 'outbox',
  handlers: {
    'outbox.set-addresses': handler<SetAddresses, null>({
      schema: addressesBody,
      posts: EVERYBODY,
      registers: inOrg,
      load: nothing,
      decide: (_state, { mail, webhook }, { actor, mint }): Decision => {
        const body: OutboxFacts['outbox.addresses-set'] = {
          mail: mail === null ? null : mint.seal(mail),
          webhook: webhook === null ? null : mint.seal(webhook),
        }
        const subject = `address/${actor.person}`
        return { facts: [{ register: ORG_REGISTER, type: 'outbox.addresses-set', subject, body: { v: 1, ...body } }] }
      },
    }),
    'outbox.resend': handler<Resend, null>({
      schema: Type.Object({ message: uuid }, exactly),
      posts: ['system-admin'],
      registers: inOrg,
      load: nothing,
      decide: (_state, { message }) => ({ facts: [about('outbox.resent', message)] }),
    }),
    'outbox.try': handler<Try, null>({
      schema: tryBody,
      posts: ['system-admin'],
      registers: inOrg,
      load: nothing,
      decide: (_state, { channel }, { mint }) => {
        const message = mint.id()
        return { facts: [about('outbox.tried', message, { channel })], result: { message } }
      },
    }),
  },
  projections: [projection(addresses)],
}
