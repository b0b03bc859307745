/** What people say in passing. `{word}` stands for a word of the topic. */

/** Remarks that fit every topic. */
export const passing = {
  en: [
    'spent the whole evening on {word}',
    '{word} all weekend',
    'i will never understand people who dislike {word}',
    '{word} and {word}, my two loves',
    'read a long article on {word}',
    'my partner says i talk too much about {word}',
    'ordered something for {word} again',
    'dreamt of {word}',
    '{word} is underrated',
    'three things i like: {word}, {word}, {word}',
    'saw {word} in a film and shouted at the screen',
    'thinking about {word} at work',
  ],
  de: [
    'den ganzen Abend mit {word} verbracht',
    '{word} und kein Ende',
    'hab von {word} geträumt',
    'meine Frau sagt ich rede zu viel über {word}',
    '{word} wird unterschätzt',
  ],
  es: [
    'toda la tarde con {word}',
    'soñé con {word}',
    '{word} y {word}, mis dos amores',
    'hablo demasiado de {word}',
    'hoy solo {word}',
  ],
};

/** What two friends say to each other. */
export const banter = [
  'as always',
  'haha yes same as yesterday',
  'you again',
  'told you so last week',
  'come over, i will show you',
  'call me tonight',
  'did you not do that on sunday',
  'the usual trick',
  'ask me something easier',
  'yes yes yes',
  'just do it like i did with {word}',
  'you and your {word}',
];

/** What gets many reactions. */
export const jokes = [
  'my {word} looks at me like i owe it money',
  'nobody: absolutely nobody: me at 3 am with {word}',
  'if {word} had a fan club i would be the one they throw out',
  'look at this',
  'behold',
  'i drew this instead of working',
  'my cat has opinions',
  'day 412 without sleep',
  'plot twist',
  'the duality of man',
  'me explaining {word} to my mother',
  'this is fine',
  'i regret nothing',
  'photo of the day',
  'he is so small',
  'breaking news from my kitchen',
  'evolution of a breakdown in four pictures',
];

/** Beginnings of what is said in passing. */
export const before = [
  '',
  '',
  '',
  '',
  'lol ',
  'ok ',
  'honestly ',
  'so ',
  'update: ',
  'fun fact: ',
  'today: ',
  'well, ',
  'not gonna lie, ',
];

/** Ends of it. */
export const after = [
  '',
  '',
  '',
  '',
  ' haha',
  ' :)',
  ' and that is that',
  ', again',
  ', what a day',
  ', finally',
  ', no joke',
  ' tbh',
];

/** Everyday talk. */
export const chatter = [
  'good morning',
  'morning all',
  'good night',
  'i am so tired today',
  'rain again',
  'coffee first',
  'the bus was late and i walked',
  'weekend plans: none',
  'back from holiday',
  'lunch was great',
  'my neighbour plays drums now',
  'that concert was loud',
  'watched the whole series in two days',
  'happy birthday',
  'congrats',
  'welcome',
  'nice one',
  'so true',
  'haha',
  'wow',
  'i cannot even',
  'ok then',
  'on my way',
  'brb',
  'the table in the corner is free',
  'my phone died in the oven of a train',
  'someone left the board games out',
  'tickets are sold out',
  'long day, going to bed',
  'it snows here',
  'finally friday',
  'mondays should be forbidden',
  'i dreamt of a talking goose',
  'dentist tomorrow, wish me luck',
  'new shoes, old feet',
  'we won the quiz night',
  'pizza or noodles tonight, big decision',
  'my sister got a dog',
  'the image of this day is a queue at the post office',
  'moved house, forty boxes',
  'the wifi in this train is a joke',
  'spring is here',
  'i should call my mother',
  'this song has been in my head since noon',
  'the printer at work hates me',
  'finished my book, now what',
  'the heat is unbearable',
  'cleaned the whole flat',
  'who ate my yoghurt, show yourself',
];

/** Everyday questions. */
export const everydayAsks = [
  'anyone up for a call tonight',
  'what are you all reading',
  'who is coming on saturday',
  'is it cold where you are',
  'did you see the match',
  'which series should i watch next',
  'how was your weekend',
  'who made that poster',
  'does the shop open on sunday',
  'what time is it over there',
  'is the meeting still on',
  'where was that picture taken',
  'can somebody water my plants in may',
  'is there cake left',
];

/** What is said to them. */
export const everydayAnswers = [
  'me',
  'not me',
  'yes',
  'sadly no',
  'around eight',
  'it was great',
  'i will bring something',
  'the second one',
  'no idea',
  'maybe later',
  'count me in',
  'only if you cook',
  'at the lake',
  'ten past nine here',
];

/** What the bot says. */
export const botLines = [
  'Welcome! Please read the rules first.',
  'Have you searched the pinned messages? Many questions were answered there already.',
  'Reminder: be kind to each other.',
  'Level up! You reached level 5.',
  'This channel is for help only.',
];
