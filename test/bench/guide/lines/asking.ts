/** How people ask, answer and thank, whatever it is about. `%` stands for what they ask, `{word}` for a word of the topic. */

/** How a question is put, by language. */
export const frames = {
  en: [
    '%?',
    '%?',
    '%?',
    'hi all, %?',
    'hey, quick question: %?',
    'does anyone know: %?',
    'sorry if this was asked before, but %?',
    '%? any help is welcome',
    '%? i am a bit lost here',
    'been at this for two hours now. %?',
    'newbie here. %? thank you in advance',
    'morning! %?',
    '%? asking for a friend',
    'ok so %?',
    'i have looked everywhere and found nothing. %? i would be grateful for any pointer, even if it is only where to read on',
  ],
  de: [
    '%?',
    '%?',
    'Hallo zusammen, %?',
    'kurze Frage: %?',
    'weiß jemand, %?',
    'bin neu hier. %? danke schon mal',
    '%? ich komm nicht weiter',
    'moin, %?',
  ],
  es: [
    '¿%?',
    '¿%?',
    'hola a todos, ¿%?',
    'una pregunta: ¿%?',
    'perdón si ya salió, ¿%? gracias',
    'buenas, ¿%?',
  ],
};

/** Questions that fit every topic. */
export const generalAsks = {
  en: [
    'what do you do about {word}',
    'where do i start with {word}',
    'is {word} hard to learn',
    '{word} or {word}, which one would you take',
    'what is wrong with my {word}',
    'can somebody explain {word} to me like i am five',
    'how do you deal with {word} when {word} is a problem too',
    'how much should i spend on {word}',
  ],
  de: [
    'wie fange ich mit {word} an',
    'was macht ihr bei {word}',
    'kann mir jemand {word} erklären',
    '{word} oder {word}, was ist besser',
  ],
  es: [
    'cómo empiezo con {word}',
    'qué hacéis con {word}',
    'alguien me explica {word}',
    '{word} o {word}, qué es mejor',
  ],
};

/** What whoever asked adds later. */
export const followUps = {
  en: [
    'it still does the same',
    'i tried that already and it got worse',
    'ok and with {word}, would that be the same thing',
    'how long should i wait then?',
    'that part is clear now, but what about the other side?',
    'here is a picture',
    'hm, mine looks different',
  ],
  de: [
    'hat nicht geklappt',
    'und wie lange dauert das dann?',
    'bei mir sieht {word} anders aus',
    'ok, probier ich morgen',
  ],
  es: ['sigue igual', '¿y cuánto tiempo?', 'con {word} me pasa lo mismo', 'vale, lo pruebo mañana'],
};

/** What whoever knows adds then. */
export const furtherAnswers = {
  en: [
    'yes, same thing',
    'about twenty minutes, then look again',
    'then it is the other one, swap them',
    'show me how it looks from the side',
    'no, leave that as it is',
    'that is normal on the first day',
    'do exactly what you did, only slower',
  ],
  de: ['ja, genau so', 'zwei Tage ungefähr', 'dann andersrum', 'das ist am Anfang normal'],
  es: ['sí, igual', 'dos días más o menos', 'entonces al revés', 'al principio es normal'],
};

/** Answers of people who happened to know; most say little. */
export const plainAnswers = {
  en: [
    'i think so, worked for me last year',
    'had that too, went away by itself',
    'depends, what did you do before',
    'try turning it round',
    'i would say yes but do not trust me',
    'saw a video on that the other day, search for it',
    'the first option, i guess',
    'twice should be enough',
    'yes, run it twice and let it cool',
  ],
  de: ['ich glaube ja', 'hatte ich auch mal, ging von allein weg', 'kommt drauf an', 'eher das Erste'],
  es: ['creo que sí', 'me pasó, se quitó solo', 'depende', 'yo diría que la primera'],
};

/** What whoever asked says when it helped. */
export const thanks = {
  en: [
    'thanks, that did it',
    'thank you so much',
    'ty!',
    'that worked, you saved my evening',
    'thx',
    'ah, now i get it, thanks a lot',
    'works now :)',
    'cheers, will try',
    'perfect, thank you',
    'you are the best',
  ],
  de: ['danke dir', 'vielen Dank, hat geklappt', 'super, danke', 'ah ok, merci', 'jetzt gehts, danke'],
  es: ['gracias', 'mil gracias, funcionó', 'genial, muchas gracias', 'ya va, gracias'],
};

/** Replies of somebody who replies to everything. */
export const nothings = [
  'same here',
  'lol no idea',
  'following',
  'good question',
  'this',
  'i was wondering too',
  'have you tried turning it off and on',
  'no clue, sorry',
  'following this one',
  'google it haha',
  'who knows',
  'bump',
  'oof',
  'maybe?',
  'somebody will know',
  'f',
];
