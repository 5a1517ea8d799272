/** The organ's own provider of identities, through which people may sign in (OpenID Connect Core 1.0). */
export interface ProviderSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What the button of the sign-in page calls it. */
  readonly name: string
  /** The claim that holds the login of Clearhold. */
  readonly loginClaim: string
  /** Where the provider sends the browser back to. */
  readonly returnTo: string
}

export const PROVIDER_SETTINGS = [
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'OIDC_NAME',
  'OIDC_LOGIN_CLAIM',
] as const
type Setting = (typeof PROVIDER_SETTINGS)[number] | 'PUBLIC_URL'

/** The page of the screens that takes the provider's answer. */
const RETURN_PATH = '/signing-in'

const NAME_LONGEST = 20
const USUAL_NAME = '统一身份认证'
const USUAL_CLAIM = 'preferred_username'

interface Reading {
  readonly given: (name: Setting) => string | null
  /** Names the setting and what is wrong with it; never its value, which may be the secret. */
  readonly refuse: (setting: Setting, problem: string) => never
  readonly isLoopback: (host: string) => boolean
}

/** Null: people sign in here alone. The issuer is reached over TLS, or is on this machine. */
export function readProvider({ given, refuse, isLoopback }: Reading): ProviderSettings | null {
  const issuer = given('OIDC_ISSUER')
  if (issuer === null) {
    const lone = PROVIDER_SETTINGS.find((name) => given(name) !== null)
    return lone === undefined ? null : refuse('OIDC_ISSUER', `${lone} is set, OIDC_ISSUER is not / 两项须同时设置`)
  }
  const url = URL.canParse(issuer) ? new URL(issuer) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.search !== '')
    return refuse('OIDC_ISSUER', 'not an http or https address without a password or a query / 地址格式不对')
  if (url.protocol === 'http:' && !isLoopback(url.hostname.replace(/^\[(.*)\]$/, '$1')))
    return refuse('OIDC_ISSUER', 'over a network it must be https / 经网络访问须用 https')
  const demanded = (name: Setting): string =>
    given(name) ?? refuse(name, 'OIDC_ISSUER asks for it / 须与 OIDC_ISSUER 同时设置')
  const name = given('OIDC_NAME') ?? USUAL_NAME
  if ([...name].length > NAME_LONGEST)
    return refuse('OIDC_NAME', `${NAME_LONGEST} characters at most / 最多 ${NAME_LONGEST} 个字`)
  return {
    ...{ issuer, name, loginClaim: given('OIDC_LOGIN_CLAIM') ?? USUAL_CLAIM },
    ...{ clientId: demanded('OIDC_CLIENT_ID'), clientSecret: demanded('OIDC_CLIENT_SECRET') },
    returnTo: new URL(RETURN_PATH, demanded('PUBLIC_URL')).href,
  }
}
