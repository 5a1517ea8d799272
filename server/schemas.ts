import { Type } from 'typebox'

/** No member beside those that are named. */
export const exactly = { additionalProperties: false } as const

/** No control characters, and none that is not seen or turns the text around it: what is read is what is there. */
const TEXT =
  '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff]*$'

/** What a person typed, at least one character of it. */
export function text(maxLength: number) {
  return Type.String({ minLength: 1, maxLength, pattern: TEXT })
}

export const uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
