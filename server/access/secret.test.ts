import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPeople, demoPerson } from '../demo/organisation.ts'
import { testServer, type TestServer } from '../testing.ts'
import { dealSecretText } from './dealt.ts'
import { refuseWeakSecret, type SecretKind } from './secret.ts'

let server: TestServer

beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

function isRefused(kind: SecretKind, secret: string, login = 'wang-qiang'): boolean {
  try {
    refuseWeakSecret(kind, secret, login)
    return false
  } catch (error) {
    expect(error).toMatchObject({ code: 'access.weak-secret' })
    return true
  }
}

describe('what a person may choose', () => {
  it.each([
    ...['123456', '654321', '000000', '777777', '12345678', '121212', '112112', '123123', '112211', '135791', '147258'],
    ...['900101', '011090', '123199', '19900101', '01101990', '12311999', '199005', '01234567', '159753'],
    ...['12345', '123456789', '12a456', '一二三四五六'],
  ])('not the PIN %s', (pin) => {
    expect(isRefused('pin', pin)).toBe(true)
  })

  it.each([
    ...[
      'short',
      'xxwang-qiangxx',
      'WangQiang2019',
      'password1',
      'P@ssw0rd!',
      'Passw0rd2026',
      'qwertyuiop',
      '1qaz2wsx3edc',
    ],
    ...[
      'woaini1314',
      'admin123',
      'Administrator1',
      '12345678',
      '19900101',
      '13800138000',
      'abcabcabc',
      'aaaabbbb',
      'abcd1234',
    ],
    'x'.repeat(129),
  ])('not the password %s', (password) => {
    expect(isRefused('password', password)).toBe(true)
  })

  it('but others, whatever kinds of characters they hold', () => {
    for (const pin of ['830274', '74019283', '990834']) expect(isRefused('pin', pin), pin).toBe(false)
    for (const password of ['known to nobody else', '今天库房里有三把钥匙', 'kzq-93-vmt', '837264910283'])
      expect(isRefused('password', password), password).toBe(false)
    for (const { login, password, pin } of demoPeople)
      expect([isRefused('password', password, login), isRefused('pin', pin, login)], login).toEqual([false, false])
  })

  it('is never what is dealt, which differs each time', () => {
    const dealt = Array.from({ length: 50 }, () => [dealSecretText('password'), dealSecretText('pin')]).flat()
    expect(new Set(dealt).size).toBe(100)
    expect(dealt.every((one) => /^[a-z2-9]{16}$/.test(one) || /^\d{12}$/.test(one))).toBe(true)
  })
})

describe('changing one’s own', () => {
  const change = (person: string, payload: object) =>
    server.as(person, { method: 'PUT', url: '/api/session/secret', payload, remoteAddress: '10.4.0.1' })

  it('asks for the present one, ends every other session, and goes on under a new token', async () => {
    const { login, password, badge, pin } = demoPerson('zhou-ping')
    const other = await server.deps.signIn.open({ badge, pin })
    expect((await change('zhou-ping', { kind: 'pin', old: '999999', secret: '830274' })).json()).toMatchObject({
      status: 403,
      code: 'access.wrong-old',
    })
    expect((await change('zhou-ping', { kind: 'pin', old: pin, secret: '123456' })).json()).toMatchObject({
      status: 422,
      code: 'access.weak-secret',
    })
    expect((await change('zhou-ping', { kind: 'pin', old: pin, secret: pin })).json()).toMatchObject({
      code: 'access.same-secret',
    })
    const answer = await change('zhou-ping', { kind: 'pin', old: pin, secret: '830274' })
    expect(answer.statusCode).toBe(200)
    const { token, person } = answer.json<{ token: string; person: object }>()
    expect(person).toMatchObject({ id: 'zhou-ping', mustChange: null })
    expect(answer.cookies[0]).toMatchObject({ value: token, httpOnly: true, sameSite: 'Strict' })
    expect(await server.deps.signIn.find(other.token)).toBeNull()
    expect(await server.deps.signIn.find(token)).toMatchObject({ person: 'zhou-ping' })
    await expect(server.deps.signIn.open({ badge, pin })).rejects.toMatchObject({ code: 'access.wrong-secret' })
    expect(await server.deps.signIn.open({ badge, pin: '830274' })).toMatchObject({ person: 'zhou-ping' })
    expect(await server.deps.signIn.open({ login, password })).toMatchObject({ person: 'zhou-ping' })
  })

  it('answers the same when the same is sent again by who lost the answer, and nobody else', async () => {
    const { badge, pin } = demoPerson('liu-yang')
    const { token: first } = await server.deps.signIn.open({ badge, pin })
    const send = (token: string, key: string, secret: string) =>
      server.app.inject({
        ...{ method: 'PUT', url: '/api/session/secret', payload: { kind: 'pin', old: pin, secret } },
        headers: { authorization: `Bearer ${token}`, 'idempotency-key': key },
      })
    const once = await send(first, 'change-1', '830274')
    expect(once.statusCode).toBe(200)
    const again = await send(first, 'change-1', '830274')
    expect([again.statusCode, again.body]).toEqual([200, once.body])
    expect(again.cookies[0]?.value).toBe(once.json<{ token: string }>().token)
    const facts = await server.deps.db
      .selectFrom('entries')
      .select('seq')
      .where('type', '=', 'org.secret-changed')
      .where('actor', '=', 'liu-yang')
      .execute()
    expect(facts).toHaveLength(1)
    expect((await send(first, 'change-1', '740192')).json()).toMatchObject({ status: 422, code: 'request.key-reused' })
    expect((await send(first, 'change-2', '830274')).json()).toMatchObject({ code: 'access.not-signed-in' })
    const { token: other } = await server.deps.signIn.open({ badge, pin: '830274' })
    await server.deps.signIn.close(other)
    expect((await send(other, 'change-1', '830274')).json()).toMatchObject({ code: 'access.not-signed-in' })
    await server.deps.signIn.close(once.json<{ token: string }>().token)
    expect((await send(first, 'change-1', '830274')).json()).toMatchObject({ code: 'access.not-signed-in' })
  })

  it('counts wrong present ones like wrong sign-ins', async () => {
    const old = 'not the present one'
    const codes: string[] = []
    for (let index = 0; index < 6; index += 1) {
      const answer = await change('sun-bo', { kind: 'password', old, secret: 'known to nobody else' })
      codes.push(answer.json<{ code: string }>().code)
    }
    expect(codes.slice(3)).toEqual(['access.wrong-old', 'access.locked-out', 'access.locked-out'])
    const { login, password } = demoPerson('sun-bo')
    await expect(server.deps.signIn.open({ login, password }, { address: '10.4.0.1' })).rejects.toMatchObject({
      code: 'access.locked-out',
    })
  })

  it('needs the password for a first PIN', async () => {
    const { password } = demoPerson('feng-yan')
    await server.deps.db.deleteFrom('credentials').where('person', '=', 'feng-yan').where('kind', '=', 'pin').execute()
    expect((await change('feng-yan', { kind: 'pin', old: '274019', secret: '830274' })).json()).toMatchObject({
      code: 'access.wrong-old',
    })
    expect((await change('feng-yan', { kind: 'pin', old: password, secret: '830274' })).statusCode).toBe(200)
  })

  it('is nobody’s who is not signed in, and of nobody else', async () => {
    const payload = { kind: 'pin', old: '274019', secret: '830274' }
    const answer = await server.app.inject({ method: 'PUT', url: '/api/session/secret', payload })
    expect(answer.json()).toMatchObject({ status: 401, code: 'access.not-signed-in' })
    const command = { type: 'org.change-secret', person: 'li-na', kind: 'pin', keyed: `${'A'.repeat(43)}=` }
    await expect(
      server.deps.act({ person: 'zhang-wei' }, command, { cause: randomBytes(8).toString('hex') }),
    ).rejects.toMatchObject({ code: 'access.not-yours' })
  })

  it('leaves the secret in no log, register or answer', async () => {
    const { password } = demoPerson('guo-tao')
    const secret = 'a secret that leaves no trace'
    const answer = await change('guo-tao', { kind: 'password', old: password, secret })
    expect(answer.statusCode).toBe(200)
    const kept = await Promise.all(
      ['causes', 'entries', 'activity', 'credentials', 'sessions', 'sign_in_tries'].map((table) =>
        server.deps.db
          .selectFrom(table as never)
          .selectAll()
          .execute(),
      ),
    )
    expect(JSON.stringify(kept)).not.toContain(secret)
    expect(JSON.stringify(kept)).not.toContain(password)
    expect(answer.body).not.toContain(secret)
  })
})
