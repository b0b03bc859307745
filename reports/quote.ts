/** What somebody wrote, as a report quotes it. */

/** What stands in a quotation for what can't be shown in it. */
export interface QuoteWords {
  spoiler: string;
  member: string;
  role: string;
  channel: string;
  time: string;
}

/**
 * A text with Discord's own marks put in words: emoji by their names, mentions by what they are of, and nothing of what
 * its writer hid as a spoiler. Not escaped.
 */
export function readable(text: string, words: QuoteWords): string {
  return text
    .replace(/\|\|[\s\S]+?(\|\||$)/g, words.spoiler)
    .replace(/<a?(:\w{1,64}:)\d{1,20}>/g, '$1')
    .replace(/<@&\d{1,20}>/g, words.role)
    .replace(/<@!?\d{1,20}>/g, words.member)
    .replace(/<#\d{1,20}>/g, words.channel)
    .replace(/<t:-?\d+(:[a-zA-Z])?>/g, words.time)
    .replace(/```\w*\n?/g, ' ');
}
