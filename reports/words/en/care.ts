/** What is said to whoever may need a person rather than a list, in English. */

/** The sentences of care; a place is a channel's mention, or its name, escaped. */
export const care = {
  help: (place?: string) =>
    [
      'It sounds as if you, or somebody you think of, may need a person rather than a list.',
      place === undefined
        ? 'Please talk to a moderator, or to someone you trust. You need not find the right words first.'
        : `The moderators can be reached in ${place}. Please write to them, or to someone you trust. You need not find the right words first.`,
      'If anybody is in danger now, call your local emergency number (112 in Europe, 911 in North America), or find a helpline near you at https://findahelpline.com.',
      'What you typed is not kept.',
    ].join('\n\n'),
};
