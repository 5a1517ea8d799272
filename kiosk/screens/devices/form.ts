/** What stands in the form of a device, and the device that it means. Pure. */

import type { DeviceConfig, DeviceKind } from '../../../devices/reading.ts'
import type { DeviceKindView, SettingView } from '../../../server/stations/protocol.ts'
import type { BothWords, Notice } from '../../notice.ts'

/** Everything as it is typed; a setting that is left open is `''`. */
export interface Draft {
  readonly id: string
  readonly kind: DeviceKind | ''
  readonly protocol: string
  readonly port: string
  readonly settings: Readonly<Record<string, string>>
}

export const EMPTY: Draft = { id: '', kind: '', protocol: '', port: '', settings: {} }

export function draftOf({ id, kind, protocol, port, ...settings }: DeviceConfig): Draft {
  const typed = Object.entries(settings).map(([name, value]): [string, string] => [
    name,
    Array.isArray(value) ? value.join(', ') : String(value),
  ])
  return { id, kind, protocol, port, settings: Object.fromEntries(typed) }
}

/** The settings that a device of this kind and protocol may have. */
export function settingsOf(kinds: readonly DeviceKindView[], { kind, protocol }: Draft): readonly SettingView[] {
  return kinds.find((one) => one.kind === kind)?.protocols.find((one) => one.protocol === protocol)?.settings ?? []
}

/** A name that no other device of the station has: `scale-2`. */
export function freeId(kind: string, taken: readonly string[]): string {
  for (let n = 1; ; n += 1) if (!taken.includes(`${kind}-${n}`)) return `${kind}-${n}`
}

/** The device that a draft means, or the names of the settings that are no value of their kind. Only what its protocol has is taken. */
export function deviceOf(
  draft: Draft,
  settings: readonly SettingView[],
): { readonly device: DeviceConfig } | { readonly wrong: readonly string[] } {
  const typed = settings.flatMap(({ name, shape }) => {
    const text = draft.settings[name]?.trim() ?? ''
    return text === '' ? [] : [{ name, value: valueOf(shape, text) }]
  })
  const wrong = typed.filter(({ value }) => value === null).map(({ name }) => name)
  if (wrong.length > 0) return { wrong }
  const { id, kind, protocol, port } = draft
  const told = Object.fromEntries(typed.map(({ name, value }) => [name, value]))
  return { device: { id: id.trim(), kind, protocol, port: port.trim(), ...told } as DeviceConfig }
}

function valueOf(shape: SettingView['shape'], text: string): unknown {
  switch (shape.kind) {
    case 'flag':
      return text === 'true'
    case 'choice':
      return shape.values.find((value) => String(value) === text) ?? null
    case 'text':
      return new RegExp(shape.pattern, 'u').test(text) ? text : null
    case 'number':
      return numberOf(text)
    case 'numbers': {
      const numbers = text.split(/[\s,，、]+/).map(numberOf)
      return numbers.includes(null) ? null : numbers
    }
  }
}

function numberOf(text: string): number | null {
  return /^-?\d{1,9}(\.\d{1,3})?$/.test(text) ? Number(text) : null
}

const FIELDS: Readonly<Record<string, string>> = {
  'stations.wrong-port': 'port',
  'stations.port-twice': 'port',
  'stations.device-twice': 'id',
  'stations.unknown-protocol': 'protocol',
}

/** The line of the form that a refusal is about, with its words; null when it is about none. */
export function lineOf(notice: Notice | null): { readonly field: string; readonly words: BothWords } | null {
  if (notice === null) return null
  const { code, detail, remedy, values } = notice
  const named =
    FIELDS[code] ?? values?.['setting'] ?? /^\/devices\/\d+\/(\w+)/.exec(String(values?.['what'] ?? ''))?.[1]
  if (named === undefined) return null
  const join = (language: 'zh' | 'en', between: string): string =>
    remedy === null ? detail[language] : `${detail[language]}${between}${remedy[language]}`
  return { field: String(named), words: { zh: join('zh', '。'), en: join('en', '. ') } }
}
