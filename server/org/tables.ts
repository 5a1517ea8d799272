import type { ColumnType } from 'kysely'
import type { Post } from '../module.ts'
import type { BrokenGlass } from './glass.ts'
import type { Person, Store, Unit, UnitKind } from './org.ts'
import type { Upload } from './upload.ts'
import type { SignInPolicy } from './sign-in-policy.ts'
import type { Change, Proposal, ProposalStatus } from './proposals.ts'

type Read<T> = ColumnType<T, never, never>

declare module '../database/database.ts' {
  interface Database {
    units: {
      id: Read<string>
      n: Read<number>
      state: Read<Unit>
      name: Read<string>
      kind: Read<UnitKind>
      parent: Read<string | null>
    }
    stores: { id: Read<string>; n: Read<number>; state: Read<Store>; name: Read<string>; unit: Read<string> }
    people: {
      id: Read<string>
      n: Read<number>
      state: Read<Person>
      login: Read<string>
      name_ref: Read<string>
      unit: Read<string>
      active: Read<boolean>
    }
    appointments: {
      person: Read<string>
      post: Read<Post>
      place: Read<string>
      from_at: Read<string>
      to_at: Read<string | null>
    }
    proposals: {
      id: Read<string>
      n: Read<number>
      state: Read<Proposal>
      command: Read<Change['command']>
      person: Read<string>
      status: Read<ProposalStatus>
      expires_at: Read<string>
    }
    uploads: { id: Read<string>; n: Read<number>; state: Read<Upload> }
    sign_in_policies: { id: Read<string>; n: Read<number>; state: Read<SignInPolicy>; at: Read<string> }
    broken_glass: {
      id: Read<string>
      n: Read<number>
      state: Read<BrokenGlass>
      person: Read<string>
      at: Read<string>
    }
    badges: { person: Read<string>; badge: Read<string>; active: Read<boolean>; good_until: Read<string | null> }
  }
}
