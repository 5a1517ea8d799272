import type { zh } from './zh-CN.ts'

export type WordKey = keyof typeof zh

/** The keys whose text stands alone. */
export type PlainKey = { [Key in WordKey]: Values<Key> extends [] ? Key : never }[WordKey]

type PlacesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlacesIn<Rest>
  : never

/** What has to be given with a key: nothing, or a value for each `{place}` of its Chinese text. */
export type Values<Key extends WordKey> = [PlacesIn<(typeof zh)[Key]>] extends [never]
  ? []
  : [values: Readonly<Record<PlacesIn<(typeof zh)[Key]>, string | number>>]
