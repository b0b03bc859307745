/** How people (or bots) use a channel. */
export type Purpose =
  | 'talk'
  | 'help'
  | 'welcome'
  | 'introductions'
  | 'news'
  | 'feed'
  | 'commands'
  | 'photos'
  | 'voice';

/** A channel that a community may have. */
export interface ChannelSketch {
  name: string;
  type: 'GuildTextChat' | 'GuildNews' | 'GuildVoiceChat';
  category: string | null;
  topic: string | null;
  purpose: Purpose;
  /** How much is written here, against the others. */
  weight: number;
  /** Names of the subjects people talk about here; of all when there are none. */
  subjects: readonly string[];
  /** The language spoken here. */
  language: string;
  /** Messages a week at most, where that has a limit of its own. */
  weeklyMax: number;
}

/** The server's name. */
export const GUILD_NAME = 'Lofthaven Weather Balloons 🎈';
/** The category that the forums stand in, and the forums themselves, whose posts are files but which are none. */
export const FORUMS = ['help-desk', 'build-logs'] as const;

const CATEGORIES = {
  start: '🧭 Start here',
  flights: 'Flights',
  workshop: 'Workshop',
  community: 'Community',
  languages: '🌍 Languages',
  bots: 'Bots',
  voice: 'Voice',
};

/** Subjects of the hobby itself: what forum posts and the help channel are about. */
export const HOBBY: readonly string[] = [
  'power',
  'radio',
  'sensors',
  'software',
  'camera',
  'envelope',
  'parachute',
  'forecast',
  'recovery',
  'permits',
];

/** All channels, the first ones in every community: a community of ten channels has the first ten. */
export const channelSketches: readonly ChannelSketch[] = [
  text('general', 'community', 20, { topic: 'Everything that has no channel of its own.' }),
  text('welcome', null, 1.2, { purpose: 'welcome' }),
  text('announcements', 'start', 1, {
    type: 'GuildNews',
    purpose: 'news',
    weeklyMax: 2,
    topic: 'Launch dates and news of the club.',
  }),
  text('questions', 'workshop', 10, {
    purpose: 'help',
    subjects: HOBBY,
    topic: 'No question is too small. Say what you have tried.',
  }),
  text('flight-reports', 'flights', 6, {
    subjects: ['envelope', 'parachute', 'recovery', 'camera', 'sensors'],
    topic: 'Tell us how it went. Bursts in trees count too.',
  }),
  text('bot-commands', 'bots', 3, { purpose: 'commands' }),
  text('electronics', 'workshop', 8, { subjects: ['power', 'sensors', 'software'] }),
  text('introductions', 'start', 1.4, { purpose: 'introductions', topic: 'Say hello.' }),
  text('photos', 'community', 4, { purpose: 'photos', subjects: ['camera', 'weekend', 'garden'] }),
  text('radio', 'workshop', 6, { subjects: ['radio', 'power'], topic: 'Antennas, receivers, frequencies.' }),
  text('off-topic', 'community', 11, { subjects: ['tea', 'garden', 'reading', 'weekend'] }),
  text('launches', 'flights', 5, {
    subjects: ['forecast', 'permits', 'envelope'],
    topic: 'Who, where, when.',
  }),
  text('forecast-feed', 'flights', 1.5, { purpose: 'feed', weeklyMax: 28 }),
  text('recovery', 'flights', 4, { subjects: ['recovery', 'radio'] }),
  text('Workshop table', 'voice', 1.2, {
    type: 'GuildVoiceChat',
    purpose: 'voice',
    subjects: ['weekend', 'tea'],
  }),
  text('русский', 'languages', 2.2, { language: 'ru' }),
  text('deutsch', 'languages', 2.4, { language: 'de' }),
  text('日本語', 'languages', 1.9, { language: 'ja' }),
  text('software', 'workshop', 3.4, { subjects: ['software', 'sensors'] }),
  text('envelopes-and-gas', 'workshop', 2.4, { subjects: ['envelope', 'parachute'] }),
  text('español', 'languages', 2, { language: 'es' }),
  text('中文', 'languages', 1.6, { language: 'zh' }),
  text('العربية', 'languages', 1, { language: 'ar' }),
  text('cameras', 'workshop', 1.8, { subjects: ['camera'] }),
  text('ελληνικά', 'languages', 0.9, { language: 'el' }),
  text('français', 'languages', 1.5, { language: 'fr' }),
  text('permits-and-safety', 'flights', 1.3, { subjects: ['permits', 'forecast'] }),
  text('한국어', 'languages', 0.7, { language: 'ko' }),
  text('garden-and-kitchen', 'community', 2.6, { subjects: ['garden', 'tea'] }),
  text('português', 'languages', 1.2, { language: 'pt' }),
  text('हिन्दी', 'languages', 0.6, { language: 'hi' }),
  text('ไทย', 'languages', 0.6, { language: 'th' }),
  text('עברית', 'languages', 0.5, { language: 'he' }),
  text('українська', 'languages', 0.9, { language: 'uk' }),
  text('Launch desk', 'voice', 0.8, {
    type: 'GuildVoiceChat',
    purpose: 'voice',
    subjects: ['forecast', 'recovery'],
  }),
  text('parachutes', 'workshop', 1.2, { subjects: ['parachute'] }),
  text('schools', 'community', 1, { subjects: ['permits', 'sensors', 'weekend'] }),
  text('library', 'community', 0.8, { subjects: ['reading'] }),
  text('swap-shelf', 'community', 0.7, { subjects: ['power', 'radio', 'camera'] }),
  text('meetings', 'community', 0.9, { subjects: ['weekend', 'tea'] }),
];

function text(
  name: string,
  category: keyof typeof CATEGORIES | null,
  weight: number,
  more: Partial<ChannelSketch>,
): ChannelSketch {
  return {
    name,
    weight,
    type: 'GuildTextChat',
    topic: null,
    purpose: 'talk',
    subjects: [],
    language: 'en',
    weeklyMax: Infinity,
    ...more,
    category: category && CATEGORIES[category],
  };
}
