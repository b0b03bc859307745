import { escaped } from './written.ts';

/** An emoji of text or of a reaction, with its JSON at the two places where exports carry it. */
export interface Emoji {
  name: string;
  /** As it stands in a message's text. */
  inText: string;
  /** Its object in a message's `inlineEmojis`. */
  inline: string;
  /** Its object in a reaction. */
  inReaction: string;
}

const STANDARD = (
  '👍 thumbsup|🎈 balloon|❤️ heart|😄 smile|🎉 tada|🙂 slight_smile|👏 clap|😂 joy|👀 eyes|🙏 pray|😍 heart_eyes|🔥 fire|' +
  '🚀 rocket|😅 sweat_smile|😮 open_mouth|💯 100|🪂 parachute|👍🏽 thumbsup_tone3|👩‍🔬 woman_scientist|👋 wave|☀️ sunny|☕ coffee|✅ white_check_mark|' +
  '🤔 thinking|⛅ partly_sunny|🌱 seedling|📡 satellite|📷 camera|🛰️ satellite_orbital|❄️ snowflake|🌧️ cloud_rain|🔋 battery|🌍 earth_africa|' +
  '🧪 test_tube|📈 chart_with_upwards_trend|🧵 thread|🇯🇵 flag_jp'
).split('|');

const CUSTOM = [
  'liftoff',
  'softlanding',
  'lofthaven',
  'cumulus',
  'signal_found',
  'spinning_vane',
  'gotcha',
  'in_a_tree',
];
const ANIMATED = 'spinning_vane';
// Made on one day before any community of ours begins.
const FIRST_CUSTOM_ID = 868_100_000_000_000_000n;

/** Emoji that everybody has. */
export const standardEmojis: readonly Emoji[] = STANDARD.map((pair) => {
  const [name = '', code = ''] = pair.split(' ');
  return emoji(
    '',
    name,
    code,
    false,
    `https://cdn.jsdelivr.net/gh/twitter/twemoji@latest/assets/svg/${svg(name)}.svg`,
    name,
  );
});

/** The server's own emoji. */
export const customEmojis: readonly Emoji[] = CUSTOM.map((name, at) => {
  const id = String(FIRST_CUSTOM_ID + BigInt(at) * 4_194_304_077n);
  const animated = name === ANIMATED;
  const file = `https://cdn.discordapp.com/emojis/${id}.${animated ? 'gif' : 'png'}`;
  return emoji(id, name, name, animated, file, `:${name}:`);
});

function emoji(id: string, name: string, code: string, animated: boolean, url: string, text: string): Emoji {
  const fields = (indent: string) =>
    [
      `"id": "${id}"`,
      `"name": "${escaped(name)}"`,
      `"code": "${code}"`,
      `"isAnimated": ${animated}`,
      `"imageUrl": "${url}"`,
    ].join(`,\n${indent}`);
  return {
    name,
    inText: escaped(text),
    inline: `        {\n          ${fields('          ')}\n        }`,
    inReaction: `"emoji": {\n            ${fields('            ')}\n          }`,
  };
}

/** Twemoji's file name: code points in hexadecimal, without the variation selector unless characters are joined. */
function svg(name: string): string {
  const points = Array.from(name, (character) => (character.codePointAt(0) as number).toString(16));
  return points.filter((point) => point !== 'fe0f' || points.includes('200d')).join('-');
}
