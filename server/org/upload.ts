import { Type } from 'typebox'
import { isLoopback } from '../config.ts'
import { loadStates } from '../ledger/project.ts'
import type { Decision, Fact, Projection, Reader } from '../module.ts'
import { Refusal } from '../refusal.ts'

/** Where the released counts of the halls go, outside the house; null while they go nowhere, as at the beginning. */
export interface Upload {
  readonly url: string | null
  readonly at: string
}

/** Two administrators switch it on (proposals.ts). */
export interface SetUpload {
  readonly type: 'org.set-upload'
  readonly url: string
}
/** One administrator stops it: that only keeps something in the house. */
export interface StopUpload {
  readonly type: 'org.stop-upload'
}

const ADDRESS_MOST = 300
export const uploadAddress = Type.String({ minLength: 8, maxLength: ADDRESS_MOST })

const ID = 'province'
/** Like `proposals.ts` for the register; said here again, since that file's decisions end in these. */
const REGISTER = 'org'

/** @throws Refusal `org.upload-address`, `org.upload-same` */
export function setUpload({ upload }: { readonly upload: string | null }, { url }: SetUpload): Decision {
  const parsed = URL.canParse(url) ? new URL(url) : null
  const host = parsed?.hostname.replace(/^\[(.*)\]$/, '$1') ?? ''
  const isSafe = parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && isLoopback(host))
  if (parsed === null || !isSafe || parsed.username !== '' || parsed.password !== '')
    throw new Refusal('org.upload-address')
  if (parsed.href === upload) throw new Refusal('org.upload-same')
  return uploadSet(parsed.href)
}

/** @throws Refusal `org.upload-same` */
export function stopUpload({ upload }: { readonly upload: string | null }): Decision {
  if (upload === null) throw new Refusal('org.upload-same')
  return uploadSet(null)
}

function uploadSet(url: string | null): Decision {
  return { facts: [{ register: REGISTER, type: 'org.upload-set', subject: `upload/${ID}`, body: { v: 1, url } }] }
}

export const uploads: Projection<Upload> = {
  kind: 'upload',
  table: 'uploads',
  initial: { url: null, at: '' },
  evolve: (upload, fact: Fact) => {
    if (fact.type !== 'org.upload-set') return upload
    const { url } = fact.body as unknown as { readonly url: string | null }
    return { url, at: fact.at }
  },
  columns: () => ({}),
}

/** Where counts go now; null where to nobody. */
export async function loadUpload(db: Reader): Promise<string | null> {
  return (await loadUploadSince(db))?.url ?? null
}

/** The same, with since when they go there. */
export async function loadUploadSince(db: Reader): Promise<{ readonly url: string; readonly at: string } | null> {
  const { url = null, at = '' } = (await loadStates(db, uploads, [ID])).get(ID) ?? {}
  return url === null ? null : { url, at }
}
