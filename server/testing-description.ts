import type { TestServer } from './testing.ts'

/** A JSON schema, as far as the tests look into it. */
export interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly format?: string
  readonly additionalProperties?: boolean
}

export interface Operation {
  /** `get /api/cases/{number}`. */
  readonly name: string
  readonly method: string
  readonly path: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly { readonly in: string; readonly name: string }[]
  readonly responses?: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >
}

/** Every operation that the API says it has. */
export async function describedOperations(server: TestServer): Promise<readonly Operation[]> {
  const { paths } = (await server.app.inject({ url: '/api/openapi.json' })).json<{
    paths: Record<string, Record<string, Omit<Operation, 'name' | 'method' | 'path'>>>
  }>()
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, method, path, ...operation })),
  )
}

/** The schema of what an operation answers in JSON when it is done; undefined where it says none. */
export function answerOf({ responses = {} }: Operation): Schema | undefined {
  const done = Object.entries(responses).find(([status]) => /^20[012]$/.test(status))
  return done?.[1].content?.['application/json']?.schema
}
