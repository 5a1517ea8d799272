/** What an emulated reader does wrong, on demand. */
export interface RfidFaults {
  /** This share of the frames that it sends has a byte turned. */
  badCheck: number
  /** This share of the frames ends after half of its bytes. */
  cutFrame: number
  /** This share of the frames has up to eight bytes of noise before it. */
  noise: number
  /** It hears, and says nothing. */
  silent: boolean
  /** No life signs any more (LLRP). */
  noKeepalive: boolean
  /** Antennas that are not connected. */
  unplugged: readonly number[]
  /** The next write stops after this many words, and its answer never comes. */
  halfWrite: number | null
  /** The next write is done whole, and its answer never comes. */
  lostAnswer: boolean
}

/** A reader that does everything right. Each call gives a new one: what is set on it is one reader's trouble. */
export function noFaults(): RfidFaults {
  return {
    badCheck: 0,
    cutFrame: 0,
    noise: 0,
    silent: false,
    noKeepalive: false,
    unplugged: [],
    halfWrite: null,
    lostAnswer: false,
  }
}

/** Numbers from 0 to 1 that are the same in every run. */
export function sequence(seed = 20_261_121): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** A frame as it comes over a bad line, and whether it is still what it was. */
export function spoiled(
  frame: Buffer,
  faults: RfidFaults,
  random: () => number,
): { readonly bytes: Buffer; readonly whole: boolean } {
  const noise = random() < faults.noise ? Buffer.alloc(1 + Math.floor(random() * 8)).map(() => random() * 256) : null
  let bytes = Buffer.from(frame)
  let whole = true
  if (random() < faults.badCheck) {
    const at = Math.floor(random() * bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ 0x10
    whole = false
  } else if (random() < faults.cutFrame) {
    bytes = bytes.subarray(0, Math.floor(bytes.length / 2))
    whole = false
  }
  return { bytes: noise === null ? bytes : Buffer.concat([noise, bytes]), whole }
}
