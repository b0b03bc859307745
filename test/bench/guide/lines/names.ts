/** What people and channels are called. */

/** Parts of people's names. */
export const names = {
  first: [
    'quiet',
    'red',
    'tiny',
    'lost',
    'north',
    'paper',
    'salty',
    'grumpy',
    'velvet',
    'lazy',
    'sunny',
    'rusty',
    'odd',
    'blue',
    'brave',
    'misty',
    'golden',
    'hasty',
  ],
  second: [
    'otter',
    'comet',
    'badger',
    'lantern',
    'fox',
    'pebble',
    'heron',
    'kettle',
    'moth',
    'walrus',
    'sparrow',
    'anchor',
    'thistle',
    'beetle',
    'piano',
    'cloud',
    'turnip',
    'marten',
  ],
};

/** Channels that every server has, of groups of topics, and such as mean nothing. */
export const placeNames = {
  everyday: ['general', 'off-topic', 'introductions', 'memes'],
  help: ['help', 'ask-anything'],
  groups: {
    kitchen: 'kitchen',
    workshop: 'workshop',
    code: 'dev-talk',
    nature: 'green-things',
    life: 'daily-life',
    games: 'gaming',
    deutsch: 'deutsch',
    español: 'español',
  },
  odd: ['the-basement', 'library', 'room-7', 'fireside', 'lounge-2'],
};
