import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/** What the emulated provider says of whoever signs in next; `spoil` makes its answer wrong in one way. */
export interface Says {
  subject: string
  login: string
  amr: readonly string[]
  spoil: 'nothing' | 'issuer' | 'audience' | 'nonce' | 'key' | 'stale' | 'claim'
}

export interface EmulatedProvider {
  readonly issuer: string
  readonly says: Says
  /** Bodies that came to the token endpoint, the latest last. */
  readonly asked: readonly URLSearchParams[]
  close(): Promise<void>
}

export const CLIENT = { id: 'clearhold', secret: 'a secret of the provider, 32 letters' } as const
const KEY = 'key-1'
const STALE_SECONDS = 3_600

/** A provider of identities of one person: OpenID Connect Core 1.0, authorization code with PKCE, signed with RS256. */
export async function startProvider(): Promise<EmulatedProvider> {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const other = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(publicKey)), kid: KEY, alg: 'RS256', use: 'sig' }
  const says: Says = { subject: 'person-1', login: 'zhang-wei', amr: ['pwd'], spoil: 'nothing' }
  const asked: URLSearchParams[] = []
  const codes = new Map<string, URLSearchParams>()
  let issuer = ''

  const idToken = (request: URLSearchParams): Promise<string> => {
    const now = Math.floor(Date.now() / 1_000)
    const claims = {
      ...(says.spoil === 'claim' ? {} : { preferred_username: says.login }),
      ...{ nonce: says.spoil === 'nonce' ? 'another' : request.get('nonce'), amr: says.amr },
      auth_time: says.spoil === 'stale' ? now - STALE_SECONDS : now,
    }
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: KEY })
      .setIssuer(says.spoil === 'issuer' ? `${issuer}/other` : issuer)
      .setAudience(says.spoil === 'audience' ? 'another' : CLIENT.id)
      .setSubject(says.subject)
      .setIssuedAt(now)
      .setExpirationTime(now + 60)
      .sign(says.spoil === 'key' ? other.privateKey : privateKey)
  }

  const token = async (authorization: string, body: URLSearchParams): Promise<object | null> => {
    asked.push(body)
    const basic = Buffer.from(`${CLIENT.id}:${encodeURIComponent(CLIENT.secret).replaceAll('%20', '+')}`).toString(
      'base64',
    )
    const request = codes.get(body.get('code') ?? '')
    codes.delete(body.get('code') ?? '')
    if (authorization !== `Basic ${basic}` || request === undefined) return null
    const verifier = Buffer.from(
      await crypto.subtle.digest('SHA-256', Buffer.from(body.get('code_verifier') ?? '')),
    ).toString('base64url')
    if (verifier !== request.get('code_challenge') || body.get('redirect_uri') !== request.get('redirect_uri'))
      return null
    return { access_token: 'unused', token_type: 'Bearer', expires_in: 60, id_token: await idToken(request) }
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', issuer)
    const json = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(200, {
          ...{ issuer, jwks_uri: `${issuer}/keys`, response_types_supported: ['code'] },
          ...{ authorization_endpoint: `${issuer}/sign-in`, token_endpoint: `${issuer}/token` },
          ...{ subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'] },
        })
      case '/keys':
        return json(200, { keys: [jwk] })
      case '/sign-in': {
        const code = crypto.randomUUID()
        codes.set(code, url.searchParams)
        const back = new URL(url.searchParams.get('redirect_uri') ?? '')
        back.searchParams.set('state', url.searchParams.get('state') ?? '')
        back.searchParams.set('code', code)
        return void response
          .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
          .end(`<title>provider</title><a href="${back.href.replaceAll('&', '&amp;')}">${says.login}</a>`)
      }
      case '/token': {
        let text = ''
        request.setEncoding('utf8').on('data', (part: string) => (text += part))
        request.on('end', () => {
          void token(request.headers.authorization ?? '', new URLSearchParams(text)).then((answer) =>
            answer === null ? json(400, { error: 'invalid_grant' }) : json(200, answer),
          )
        })
        return
      }
      default:
        return json(404, {})
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ...{ issuer, says, asked },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}
