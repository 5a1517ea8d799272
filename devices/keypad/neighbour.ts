import { hexBytes, type FramesProfile } from './profile.ts'

type Neighbours = NonNullable<FramesProfile['frame']['neighbours']>

/**
 * Tells the hum of a line from what is said there to others, such as the lights above a window: bytes that no keypad's frame has, in their order.
 * Each gives how many bytes are known to be noise by now; at most one neighbour's frame is undecided.
 */
export function neighbourWatch(neighbours: Neighbours) {
  const known = neighbours.map(({ begins, ends, bytes_max }) => ({
    ...{ begins: hexBytes(begins), ends: hexBytes(ends), bytes_max },
  }))
  let held: number[] = []

  function mayBe({ begins, bytes_max }: (typeof known)[number]): boolean {
    return held.length <= bytes_max && held.slice(0, begins.length).every((byte, at) => byte === begins[at])
  }

  function isWhole({ begins, ends }: (typeof known)[number]): boolean {
    if (held.length < begins.length + ends.length) return false
    return ends.every((byte, at) => held[held.length - ends.length + at] === byte)
  }

  return {
    /** One more byte that is part of no frame of ours. */
    push(byte: number): number {
      held.push(byte)
      let given = 0
      for (; held.length > 0 && !known.some(mayBe); given += 1) held.shift()
      if (known.some((one) => mayBe(one) && isWhole(one))) held = []
      return given
    },
    /** Nothing more comes for now, or a frame of ours did: what is undecided was noise. */
    flush(): number {
      const given = held.length
      held = []
      return given
    },
  }
}
