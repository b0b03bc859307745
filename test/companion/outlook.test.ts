import { expect, it } from 'vitest';
import { outlookOf } from '../../companion/outlook.ts';
import type { NamedPlan } from '../../companion/plan.ts';
import { idAt } from '../support/records.ts';

const at = (low: number) => idAt(Date.UTC(2026, 0, 1), low);
const channel = (low: number, more: Partial<NamedPlan['channels'][number]>) => ({
  channelId: at(low),
  name: `c${low}`,
  type: 0,
  parentId: null,
  messages: 0,
  requests: 1,
  fromMs: null,
  ...more,
});

const PLAN: NamedPlan = {
  channels: [
    channel(5, { messages: 900, type: 11, parentId: at(1) }),
    channel(2, { messages: 500 }),
    channel(1, { messages: 100 }),
    channel(6, { messages: null, requests: null, type: 11, parentId: at(1) }),
    channel(7, { messages: 40, type: 11, parentId: at(3) }),
    channel(4, { messages: null, requests: null }),
  ],
  parents: [{ channelId: at(3), name: 'forum', type: 15 }],
  covered: 3,
  notReadable: [
    { channelId: at(8), name: 'mods', type: 0, reason: 'no view' },
    { channelId: at(9), name: 'plans', type: 12, reason: 'not joined' },
  ],
  listingRequests: 10,
  pageRequests: 20,
  reactorRequests: 7,
  hasUnknownReactors: true,
  memberRequests: null,
  messages: 1_540,
  unknown: 2,
  tookMs: 5,
  estimateMs: 1_001,
};

it('a plan is told in channels, each with its threads, the biggest first, and all its requests', () => {
  expect(outlookOf(PLAN)).toEqual({
    messages: 1_540,
    requests: 37,
    seconds: 2,
    channels: [
      { id: at(1), name: 'c1', messages: 1_000, threads: 2 },
      { id: at(2), name: 'c2', messages: 500, threads: 0 },
      { id: at(3), name: 'forum', messages: 40, threads: 1 },
      { id: at(4), name: 'c4', messages: null, threads: 0 },
    ],
    notRead: [
      { id: at(8), name: 'mods', reason: 'no view', isThread: false },
      { id: at(9), name: 'plans', reason: 'not joined', isThread: true },
    ],
    covered: 3,
    hasUnknownReactors: true,
  });
});
