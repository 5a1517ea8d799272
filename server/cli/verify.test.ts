import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exportRegister } from '../ledger/export.ts'
import { signerFromSeed, verifierKey } from '../ledger/note.ts'
import { signedStore, type SignedStore } from '../ledger/testing.ts'

/** A few programs one after the other, each from its start to its end. */
const TIMEOUT_MS = 60_000

let store: SignedStore
let folder: string
let exported: string
let note: string
let lines: string[]

beforeAll(async () => {
  store = await signedStore()
  folder = await mkdtemp(join(tmpdir(), 'clearhold-verify-cli-'))
  exported = join(folder, 'org.jsonl')
  note = join(folder, 'org.note')
  let text = ''
  for await (const part of (await exportRegister(store.database.db, 'org')) ?? []) text += part
  lines = text.trimEnd().split('\n')
  await writeFile(exported, text)
  await writeFile(note, (await store.folder.read('org')) ?? '')
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await store.close()
})

function verify(...given: readonly string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(import.meta.dirname, 'verify.ts'), ...given], (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), said: out + err }),
    )
  })
}

it(
  'says intact only under a checkpoint whose signature was checked',
  async () => {
    const { code, said } = await verify(exported, '--key', store.keys.publicKey, '--checkpoint', note)
    expect(said).toContain('✓ 完整无误 / intact')
    expect(said).toContain('签名已验')
    expect(said).not.toContain('未证')
    expect(code).toBe(0)
  },
  TIMEOUT_MS,
)

it(
  'says what was not proven without a key, without a checkpoint, and beyond the checkpoint',
  async () => {
    const unsigned = await verify(exported, '--checkpoint', note)
    expect(unsigned.code).toBe(0)
    expect(unsigned.said).toContain('未证 / not proven：检查点的签名没有验')
    expect(unsigned.said).not.toMatch(/完整无误|签名已验/)
    const alone = await verify(exported, '--key', store.keys.publicKey)
    expect(alone.code).toBe(0)
    expect(alone.said).toContain('--key 没有用到')
    expect(alone.said).not.toContain('完整无误')
    await store.addUnit('later')
    let text = ''
    for await (const part of (await exportRegister(store.database.db, 'org')) ?? []) text += part
    const longer = join(folder, 'longer.jsonl')
    await writeFile(longer, text)
    const beyond = await verify(longer, '--key', store.keys.publicKey, '--checkpoint', note)
    expect(beyond.code).toBe(0)
    expect(beyond.said).toContain('检查点之后的 1 条没有签名覆盖')
  },
  TIMEOUT_MS,
)

it(
  'finds a forged file under the real checkpoint, key or not, and cannot check under a forged one',
  async () => {
    const forged = join(folder, 'forged.jsonl')
    await writeFile(
      forged,
      lines
        .with(0, (lines[0] ?? '').replace('"to":30', '"to":29'))
        .slice(0, 30)
        .join('\n'),
    )
    for (const key of [[], ['--key', store.keys.publicKey]]) {
      const { code, said } = await verify(forged, '--checkpoint', note, ...key)
      expect(said).toContain('✗ org seq 30')
      expect(said).not.toContain('已证')
      expect(code).toBe(1)
    }
    const forgedNote = join(folder, 'forged.note')
    await writeFile(forgedNote, ((await store.folder.read('org')) ?? '').replace('\n30\n', '\n29\n'))
    const { code, said } = await verify(forged, '--checkpoint', forgedNote, '--key', store.keys.publicKey)
    expect(said).toMatch(/^无法校验 \/ could not check: .+ 的签名不成立：.+ \/ the signature by .+ does not hold/)
    expect(code).toBe(2)
  },
  TIMEOUT_MS,
)

it(
  'says in Chinese first why it cannot check: another key, what is no key, no checkpoint, no file, no such option',
  async () => {
    const another = verifierKey(signerFromSeed('elsewhere', Buffer.alloc(32, 7)))
    const under = (key: string) => [exported, '--key', key, '--checkpoint', note]
    const tries: readonly (readonly [readonly string[], RegExp])[] = [
      [under(another), /没有 elsewhere 的签名：.+ \/ there is no signature by elsewhere/],
      [under('hello'), /这不是 Ed25519 校验公钥 \/ this is no Ed25519 verifier key/],
      [
        [exported, '--key', store.keys.publicKey, '--checkpoint', exported],
        /这不是一份签署的检查点 \/ this is no signed note/,
      ],
      [[join(folder, 'nowhere.jsonl')], /文件读不出来 \/ the file cannot be read: .*nowhere\.jsonl \(ENOENT\)/],
      [[exported, '--keys', 'x'], /选项有误 \/ an option is not known: .*--keys/],
    ]
    for (const [given, why] of tries) {
      const { code, said } = await verify(...given)
      expect(said).toMatch(why)
      expect(said).toMatch(/^无法校验 \/ could not check: /)
      expect(code, said).toBe(2)
    }
  },
  2 * TIMEOUT_MS,
)

it(
  'names the file and the line in it that cannot be read, or was rewritten',
  async () => {
    const cut = join(folder, 'cut.jsonl')
    for (const [line, why] of [
      ['{"entry":', /文件第 5 行（第 4 条所在的行）读不懂 \/ line 5 of the file, that of entry 4, cannot be read/],
      [`${lines[4] ?? ''} `, /文件第 5 行（第 4 条所在的行）不是导出时的原样/],
    ] as const) {
      await writeFile(cut, lines.with(4, line).join('\n'))
      const { code, said } = await verify(cut)
      expect(said).toMatch(why)
      expect(said).toContain(`✗ org seq 4 ${cut}：`)
      expect(code).toBe(1)
    }
  },
  TIMEOUT_MS,
)
