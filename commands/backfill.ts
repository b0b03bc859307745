/** `/backfill`: the history from before the bot came. */
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { pauseRuns, queueRun, resumeRuns } from '../db/runs.ts';
import { type ExactOrder, orderOf, placesLike } from '../reports/backfill/order.ts';
import { toldOutlook } from '../reports/backfill/outlook.ts';
import { hasWork, renderAsking, renderPlan } from '../reports/backfill/render-plan.ts';
import type { Message } from '../reports/message.ts';
import { placeLabel } from '../reports/places.ts';
import { placesOf } from '../reports/seen-places.ts';
import { UserError } from '../reports/user-error.ts';
import { type Words, wordsIn } from '../reports/words.ts';
import { button } from './backfill/buttons.ts';
import { follow } from './backfill/follow.ts';
import type { ActionCommand, CommandContext, Request } from './command.ts';
import { choice, CHOICES_MAX, described, named } from './options.ts';

type OptionKey = keyof Words['backfill']['options'];

const option = (key: OptionKey) => ({
  ...named((words) => words.backfill.options[key].name),
  ...described((words) => words.backfill.options[key].description),
});

const { String: TEXT, Boolean: FLAG, Subcommand } = ApplicationCommandOptionType;

const ORDER: APIApplicationCommandBasicOption[] = [
  { type: TEXT, ...option('channel'), autocomplete: true },
  { type: TEXT, ...option('since'), max_length: 20 },
  { type: FLAG, ...option('reactionUsers') },
  { type: FLAG, ...option('again') },
];

const subcommand = (
  name: keyof Words['backfill']['subcommands'],
  options: APIApplicationCommandBasicOption[] = [],
): APIApplicationCommandSubcommandOption => ({
  type: Subcommand,
  name,
  ...described((words) => words.backfill.subcommands[name]),
  ...(options.length > 0 && { options }),
});

export default {
  data: {
    name: 'backfill',
    ...described((words) => words.backfill.description),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    options: [
      subcommand('plan', ORDER),
      subcommand('start', ORDER),
      subcommand('pause'),
      subcommand('resume'),
      subcommand('status'),
    ],
  },
  isForManagers: true,
  async complete(request: Request, name: string, typed: string, context: CommandContext) {
    if (name !== 'channel') return [];
    const places = await placesLike(context, request, typed);
    return places.slice(0, CHOICES_MAX).map((place) => choice(placeLabel(place), place.id));
  },
  act(request: Request, context: CommandContext) {
    return (ACTS[request.subcommand ?? ''] ?? follow)(request, context);
  },
} satisfies ActionCommand;

const ACTS: Record<string, (request: Request, context: CommandContext) => AsyncIterable<Message>> = {
  plan,
  start,
  pause,
  resume,
};

/** What the options ask for. Errors: UserError. */
function askedOrder(request: Request, context: CommandContext): Promise<ExactOrder> {
  const { options, language } = request;
  const { channel, since, 'reaction-users': withReactors, again } = options;
  const asked = {
    ...(channel !== undefined && { channel: String(channel) }),
    ...(since !== undefined && { since: String(since) }),
    withReactors: withReactors === true,
    isAgain: again === true,
  };
  return orderOf(context, request, asked, wordsIn(language));
}

async function* plan(request: Request, context: CommandContext): AsyncIterable<Message> {
  const words = wordsIn(request.language);
  const { order, channel, since } = await askedOrder(request, context);
  yield renderAsking(words);
  const outlook = await context.plan(order);
  if (!outlook) throw new UserError(words.backfill.refusals.closed);
  const message = renderPlan(toldOutlook(outlook, await placesOf(context, request)), words);
  const options = {
    ...(channel !== undefined && { channel }),
    ...(since !== undefined && { since }),
    ...(order.withReactors && { 'reaction-users': true }),
    ...(order.isAgain && { again: true }),
  };
  yield hasWork(outlook)
    ? { ...message, buttons: [[button('start', words, 'start', { options, isStrong: true })]] }
    : message;
}

async function* start(request: Request, context: CommandContext): AsyncIterable<Message> {
  const { order } = await askedOrder(request, context);
  await queueRun(context.pool, order, context.nowMs);
  yield* follow(request, context);
}

/** Kept with the run; its words are `because` of `words.backfill`. */
const PAUSED = 'paused in Discord';

async function* pause(request: Request, context: CommandContext): AsyncIterable<Message> {
  const { pausing, nothingToPause } = wordsIn(request.language).backfill;
  const runs = await pauseRuns(context.pool, request.guildId, PAUSED, context.nowMs);
  yield* follow(request, context, runs === 0 ? nothingToPause : pausing(runs));
}

async function* resume(request: Request, context: CommandContext): AsyncIterable<Message> {
  const { resumed, nothingToResume } = wordsIn(request.language).backfill;
  const runs = await resumeRuns(context.pool, request.guildId, context.nowMs);
  yield* follow(request, context, runs.length === 0 ? nothingToResume : resumed(runs.length));
}
