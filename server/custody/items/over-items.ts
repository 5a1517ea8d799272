import type { TSchema } from 'typebox'
import type { Trx } from '../../database/connect.ts'
import { type Circumstances, type Command, type Decision, type Handler, handler, type Post } from '../../module.ts'
import { codesOf } from './lines.ts'
import type { Scene } from '../scene.ts'
import { loadScene, registersOfItems, type SceneNeeds } from '../store.ts'

type Lines = readonly (
  | string
  | {
      readonly item: string
      readonly location?: string
      readonly reading?: string
      readonly before?: readonly { readonly reading: string }[]
    }
)[]

/** A command over items: which registers, what to load, and the pure decision. */
export function overItems<C extends Command & { readonly items: Lines; readonly location?: string }>(
  schema: TSchema,
  posts: readonly Post[],
  needed: SceneNeeds | ((command: C) => SceneNeeds),
  decide: (scene: Scene, command: C, circumstances: Circumstances) => Decision,
): Handler {
  return overScene<C, Scene>(schema, posts, needed, async (_trx, scene) => scene, decide)
}

/** The same over more than a scene: `widen` loads the rest. */
export function overScene<C extends Command & { readonly items: Lines; readonly location?: string }, S extends Scene>(
  schema: TSchema,
  posts: readonly Post[],
  needed: SceneNeeds | ((command: C) => SceneNeeds),
  widen: (trx: Trx, scene: Scene) => Promise<S>,
  decide: (scene: S, command: C, circumstances: Circumstances) => Decision,
): Handler {
  return handler<C, S>({
    schema,
    posts,
    registers: (trx, command) => registersOfItems(trx, codesOf(command.items)),
    load: async (trx, command, circumstances) => {
      const needs = typeof needed === 'function' ? needed(command) : needed
      const scene = await loadScene(trx, codesOf(command.items), circumstances, {
        ...needs,
        ...(circumstances.station === null
          ? {}
          : { weighings: { station: circumstances.station.id, readings: readingsOf(command) } }),
        ...(needs.locations === undefined ? {} : { locations: locationsOf(command) }),
      })
      return widen(trx, scene)
    },
    decide,
  })
}

function locationsOf({ items: lines, location }: { readonly items: Lines; readonly location?: string }): string[] {
  const named = lines.flatMap((line) =>
    typeof line === 'string' || line.location === undefined ? [] : [line.location],
  )
  return [...new Set(location === undefined ? named : [...named, location])]
}

function readingsOf({ items: lines }: { readonly items: Lines }): string[] {
  return lines.flatMap((line) => {
    if (typeof line === 'string') return []
    const { reading, before = [] } = line
    return [...(reading === undefined ? [] : [reading]), ...before.map((one) => one.reading)]
  })
}

/** Looks at the locations that the command names. */
export const SHELVES: SceneNeeds = { locations: [] }
