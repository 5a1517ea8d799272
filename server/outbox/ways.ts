import { mailWay } from './mail.ts'
import type { Way } from './outbox.ts'
import type { OutboxSettings } from './settings.ts'
import { webhookWay } from './webhook.ts'

/** The ways out that are set up, each with its secrets inside and nowhere else. */
export function waysOut(
  { mail, webhook }: OutboxSettings,
  { installation, now }: { readonly installation: string; readonly now: () => string },
): Way[] {
  return [
    ...(mail === null ? [] : [mailWay(mail, installation)]),
    ...(webhook === null ? [] : [webhookWay(webhook, now)]),
  ]
}
