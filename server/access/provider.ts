import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type ClientAuth,
  ClientError,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  ResponseBodyError,
} from 'openid-client'
import type { Log } from '../database/log.ts'
import { type ContentKey, ContentKeyMissing, openSealed, SealBroken, sealContent } from '../ledger/content-key.ts'
import { Refusal } from '../refusal.ts'
import type { ProviderSettings } from './provider-settings.ts'

/** From the press of the button to the return; a password and a code are typed meanwhile. */
export const ATTEMPT_MINUTES = 10
const ANSWER_SECONDS = 10
/** Keys and addresses of a provider change rarely, and it is asked again when it does not answer as it did. */
const KNOWN_HOURS = 24
const SEAL = 'provider-attempt'
/** RFC 8176: the person was asked for more than one thing. */
const SEVERAL_FACTORS = 'mfa'
/** It took too long, or something else than a provider answered. */
const NO_ANSWER: ReadonlySet<string> = new Set(['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'])

/** Whom the provider has signed in. */
export interface Proved {
  readonly issuer: string
  /** Never given to anybody else by this issuer, unlike a name (OpenID Connect Core 1.0, 5.7). */
  readonly subject: string
  readonly login: string
  /** By more than one factor, as the provider says. */
  readonly severalFactors: boolean
}

export interface Provider {
  readonly name: string
  /**
   * Begins an attempt: where the browser goes, and what it brings back with the answer, sealed.
   * @throws Refusal `access.provider-away`
   */
  begin(): Promise<{ readonly address: string; readonly attempt: string }>
  /**
   * @param attempt of `begin`, as the browser brought it; null when it brought none
   * @param query of the address that the provider sent the browser to
   * @throws Refusal `access.attempt-over`, `access.provider-refused`, `access.provider-away`
   */
  finish(attempt: string | null, query: string): Promise<Proved>
}

interface Attempt {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly at_ms: number
}

/** Asks the provider nothing before somebody presses the button: it may be away when this program starts. */
export function openProvider(
  { issuer, clientId, clientSecret, name, loginClaim, returnTo }: ProviderSettings,
  { key, log, now_ms }: { readonly key: ContentKey; readonly log: Log; readonly now_ms: () => number },
): Provider {
  let known: { readonly found: Promise<Configuration>; readonly at_ms: number } | null = null

  const configuration = async (): Promise<Configuration> => {
    if (known === null || now_ms() - known.at_ms > KNOWN_HOURS * 3_600_000) {
      const url = new URL(issuer)
      const execute = [enableNonRepudiationChecks, ...(url.protocol === 'http:' ? [allowInsecureRequests] : [])]
      const found = discovery(url, clientId, undefined, secretAs(clientSecret), { execute, timeout: ANSWER_SECONDS })
      known = { found, at_ms: now_ms() }
    }
    try {
      return await known.found
    } catch (error) {
      known = null
      log.warn({ err: error }, 'the identity provider does not answer')
      throw new Refusal('access.provider-away', { provider: name })
    }
  }

  return {
    name,
    async begin() {
      const config = await configuration()
      const attempt: Attempt = {
        ...{ state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), at_ms: now_ms() },
      }
      const address = buildAuthorizationUrl(config, {
        ...{ redirect_uri: returnTo, scope: 'openid profile', state: attempt.state, nonce: attempt.nonce },
        ...{ code_challenge: await calculatePKCECodeChallenge(attempt.verifier), code_challenge_method: 'S256' },
        // A desk is used by several people: whoever was signed in at the provider before is nobody's proof.
        ...{ prompt: 'login', max_age: String(ATTEMPT_MINUTES * 60) },
      })
      return { address: address.href, attempt: sealed(key, attempt) }
    },
    async finish(brought, query) {
      const attempt = brought === null ? null : opened(brought)
      if (attempt === null || now_ms() - attempt.at_ms > ATTEMPT_MINUTES * 60_000)
        throw new Refusal('access.attempt-over')
      const config = await configuration()
      const back = new URL(returnTo)
      back.search = query
      try {
        const tokens = await authorizationCodeGrant(config, back, {
          ...{ pkceCodeVerifier: attempt.verifier, expectedState: attempt.state, expectedNonce: attempt.nonce },
          ...{ idTokenExpected: true, maxAge: ATTEMPT_MINUTES * 60 },
        })
        const claims = tokens.claims()
        const login = claims?.[loginClaim]
        if (claims === undefined || typeof login !== 'string')
          throw new Refusal('access.provider-refused', { provider: name })
        const { amr } = claims
        return {
          ...{ issuer: claims.iss, subject: claims.sub, login },
          severalFactors: Array.isArray(amr) && amr.includes(SEVERAL_FACTORS),
        }
      } catch (error) {
        if (error instanceof Refusal) throw error
        log.warn({ err: error }, 'the identity provider signed nobody in')
        // Its keys may have changed since they were read.
        known = null
        throw new Refusal(isAnswer(error) ? 'access.provider-refused' : 'access.provider-away', { provider: name })
      }
    },
  }
}

/** Whether the provider answered at all: what it said was no, or not to be believed. */
function isAnswer(error: unknown): boolean {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) return true
  return error instanceof ClientError && !NO_ANSWER.has(error.code ?? '')
}

/** As the provider wants it; in the header where it does not say (OpenID Connect Discovery 1.0, 3). */
function secretAs(secret: string): ClientAuth {
  const [inBody, inHeader] = [ClientSecretPost(secret), ClientSecretBasic(secret)]
  return (server, ...rest) => {
    const says = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    return says.includes('client_secret_basic') ? inHeader(server, ...rest) : inBody(server, ...rest)
  }
}

function sealed(key: ContentKey, attempt: Attempt): string {
  return sealContent(key, SEAL, Buffer.from(JSON.stringify(attempt), 'utf8')).toString('base64url')
}

/** Null: not sealed by this installation. */
function opened(brought: string): Attempt | null {
  try {
    return JSON.parse(openSealed(SEAL, Buffer.from(brought, 'base64url')).toString('utf8')) as Attempt
  } catch (error) {
    if (error instanceof SealBroken || error instanceof ContentKeyMissing) return null
    throw error
  }
}
