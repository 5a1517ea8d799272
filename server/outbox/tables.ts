import type { ColumnType } from 'kysely'
import type { NoticeAddresses } from './addresses.ts'
import type { Channel, MessageState } from './outbox.ts'

type Read<T> = ColumnType<T, never, never>

declare module '../database/database.ts' {
  interface Database {
    outbox_addresses: { id: Read<string>; n: Read<number>; state: Read<NoticeAddresses> }
    outbox_calls: {
      register: Read<string>
      seq: Read<number>
      person: Read<string>
      at: Read<string>
      gathered_at: Read<string | null>
      heard: Read<boolean>
    }
    outbox_messages: {
      id: Read<string>
      person: Read<string>
      channel: Read<Channel>
      count: Read<number>
      trial: Read<boolean>
      state: Read<MessageState>
      attempts: Read<number>
      made_at: Read<string>
      next_at: Read<string | null>
      tried_at: Read<string | null>
      words: Read<string | null>
    }
  }
}
