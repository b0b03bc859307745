import type { Phrasebook } from './phrasebook.ts';

/** Spanish. */
export const spanish: Phrasebook = {
  space: ' ',
  words: {
    day: ['el lunes', 'el martes', 'el jueves', 'el sábado', 'el domingo'],
    place: ['Fernhill', 'Tarn Moor', 'Port Avel'],
  },
  subjects: [
    {
      name: 'vuelo',
      titles: ['¿Quién vuela {day}?', 'Paracaídas para {300-900} g', 'Recuperación cerca de {place}'],
      questions: [
        '¿Qué batería usáis cuando hace mucho frío? | Litio, siempre. Las demás no aguantan.',
        '¿Alguien puede escuchar {day} desde la costa? | Yo puedo, tengo buena vista hacia el sur. | Depende del viento, pregunta {day} por la mañana.',
        '¿Cuánto helio hace falta para {300-800} g? | Con {4-6} metros por segundo vas bien. | Mira la tabla, está todo explicado: {link}',
        '¿La antena va dentro o fuera de la caja? | Fuera, y lejos de la batería.',
        '¿Dónde puedo leer sobre los permisos? | Mira la tabla, está todo explicado: {link}',
      ],
      remark: [
        'Hoy subió hasta {24-33} km, una maravilla.',
        'La caja cayó a {100-900} m de donde decía el programa.',
        'He cosido otro paracaídas, esta vez naranja {emoji}',
        'El viento ha cambiado, mejor esperamos.',
        'Las fotos del amanecer son preciosas.',
        'Nos perdimos dos veces, pero la encontramos.',
      ],
    },
  ],
  hello: ['¡Buenos días a todos!', 'Hola, ¿qué tal el viento por ahí?'],
  greet: ['¡Bienvenida! Pregunta lo que quieras.', '¡Hola y bienvenido! {emoji}'],
  thanks: ['¡Muchas gracias!', 'Gracias, lo pruebo {day}.', 'Perfecto, ya funciona {emoji}'],
  intro: [
    'Hola, soy nueva aquí. Quiero volar mi primer globo este año.',
    'Buenas, vengo de la radio y no sé nada de globos todavía.',
  ],
  cheer: ['Ya veo.', 'De acuerdo.', '{emoji}', 'Yo también.', 'Cierto.'],
  praise: ['¡Qué bien!', '¡Enhorabuena! {emoji}', 'Preciosa foto.'],
  follow: [
    '¿Y con viento, también?',
    '¿Tienes una foto?',
    'A mí me pasó lo mismo el año pasado.',
    'Buena idea, lo apunto.',
  ],
};

/** German. */
export const german: Phrasebook = {
  space: ' ',
  words: {
    day: ['am Montag', 'am Mittwoch', 'am Freitag', 'am Samstag', 'am Sonntag'],
    place: ['Fernhill', 'Karlow Ridge', 'Lindmere'],
  },
  subjects: [
    {
      name: 'flug',
      titles: ['Wer startet {day}?', 'Fallschirm für {300-900} g', 'Bergung bei {place}'],
      questions: [
        'Welche Batterien nehmt ihr bei {20-50} Grad unter null? | Lithium, alles andere gibt zu früh auf.',
        'Hört {day} jemand von der Küste aus mit? | Ich höre mit, der Mast steht wieder.',
        'Wie lang ist bei euch die Schnur über der Kiste? | Etwa {3-8} Meter, dann pendelt sie kaum noch. | Steht alles hier, ziemlich weit unten: {link}',
        'Lohnt sich ein zweiter Sender? | Ein zweiter Sender hat uns schon zweimal gerettet.',
        'Wer fährt {day} mit dem Auto hinterher? | Ich kann fahren, habe aber nur zwei Plätze frei.',
      ],
      remark: [
        'Heute {24-34} km, so hoch waren wir noch nie.',
        'Gelandet im Rapsfeld, der Bauer war sehr freundlich.',
        'Der neue Fühler misst {2-7} Zehntel zu warm.',
        'Nebel bis neun, danach bestes Wetter {emoji}',
        'Die Kiste hängt in einer Birke. Wir brauchen die lange Stange.',
        'Übrigens: Die Übersichtskarte ist jetzt auch auf dem Telefon lesbar.',
      ],
    },
  ],
  hello: ['Guten Morgen zusammen!', 'Moin, wie ist der Wind bei euch?'],
  greet: ['Herzlich willkommen, frag einfach.', 'Willkommen! {emoji}'],
  thanks: ['Danke, das war es!', 'Vielen Dank, probiere ich {day} aus.', 'Super, läuft jetzt {emoji}'],
  intro: [
    'Hallo, ich bin neu hier und baue gerade meine erste Kiste.',
    'Guten Abend, ich komme vom Modellflug und lese schon eine Weile mit.',
  ],
  cheer: ['Stimmt.', '{emoji}', 'Ach so.', 'Geht mir auch so.', 'Klingt gut.'],
  praise: ['Schön!', 'Glückwunsch! {emoji}', 'Tolles Bild.'],
  follow: [
    'Hast du ein Foto davon?',
    'Und bei Wind?',
    'Das hatte ich letztes Jahr auch.',
    'Gute Idee, merke ich mir.',
  ],
};

/** French. */
export const french: Phrasebook = {
  space: ' ',
  words: {
    day: ['lundi', 'mercredi', 'vendredi', 'samedi', 'dimanche'],
    place: ['Oster Bay', 'Millbrook Common', 'Greywater'],
  },
  subjects: [
    {
      name: 'vol',
      titles: ['Lâcher prévu {day}', "Capteur d'humidité", 'Récupération près de {place}'],
      questions: [
        'Quelles piles utilisez-vous quand il fait très froid ? | Du lithium, sans hésiter.',
        "Quelqu'un peut écouter {day} depuis le nord ? | Oui, j'écoute à partir de sept heures.",
        "Faut-il une autorisation pour {200-800} g ? | Appelle l'aérodrome, ils sont très aimables. | Tout est expliqué ici : {link}",
        "Comment protégez-vous le capteur du soleil ? | Deux gobelets en papier, l'un dans l'autre.",
      ],
      remark: [
        "Nous avons atteint {24-33} km aujourd'hui {emoji}",
        'La nacelle est tombée à {100-900} m du point prévu.',
        'Le vent tourne, on attend {day}.',
        "J'ai refait toutes les soudures hier soir.",
        "Les photos sont floues mais le ciel est noir, c'est déjà ça.",
      ],
    },
  ],
  hello: ['Bonjour à tous !', 'Salut, quel temps fait-il chez vous ?'],
  greet: ['Bienvenue parmi nous !', 'Bienvenue {emoji}'],
  thanks: ['Merci beaucoup !', "Merci, j'essaie {day}.", 'Parfait, ça marche {emoji}'],
  intro: [
    'Bonjour, je débute et je prépare mon premier lâcher avec ma classe.',
    'Bonsoir, je viens de la photographie, les ballons sont nouveaux pour moi.',
  ],
  cheer: ["D'accord.", '{emoji}', 'Ah oui.', 'Moi aussi.', "C'est vrai."],
  praise: ['Bravo !', 'Superbe {emoji}', 'Très belle photo.'],
  follow: [
    'Tu as une photo ?',
    'Et avec du vent ?',
    "J'ai eu la même chose l'an dernier.",
    'Bonne idée, je note.',
  ],
};

/** Portuguese. */
export const portuguese: Phrasebook = {
  space: ' ',
  words: {
    day: ['na segunda', 'na quarta', 'na sexta', 'no sábado', 'no domingo'],
    place: ['Port Avel', 'Sandling Flats'],
  },
  subjects: [
    {
      name: 'voo',
      titles: ['Lançamento {day}', 'Antena para o carro', 'Resgate perto de {place}'],
      questions: [
        'Que bateria vocês usam no frio? | Lítio, sempre.',
        'Alguém consegue escutar {day}? | Consigo sim, a antena já está no telhado.',
        'Quanto tempo leva para encher um balão de {300-600} g? | Uns {15-40} minutos, com calma. | Está tudo aqui: {link}',
        'Vocês preferem fotos ou vídeo? | Fotos. O vídeo gira demais.',
      ],
      remark: [
        'Chegamos a {24-33} km {emoji}',
        'Caiu a {100-900} m do ponto previsto, o melhor até agora.',
        'O vento mudou, vamos esperar.',
        'O paraquedas novo ficou lindo.',
        'Ainda falta achar a tampa da caixa.',
      ],
    },
  ],
  hello: ['Bom dia, pessoal!', 'Oi, como está o vento aí?'],
  greet: ['Boas-vindas! Fique à vontade.', 'Seja bem-vinda {emoji}'],
  thanks: ['Muito obrigada!', 'Valeu, vou testar {day}.', 'Perfeito, funcionou {emoji}'],
  intro: [
    'Olá, sou novo aqui e quero montar uma estação com a minha filha.',
    'Oi, gente! Acompanho há meses e agora resolvi participar.',
  ],
  cheer: ['Concordo.', '{emoji}', 'Verdade.', 'Eu também.'],
  praise: ['Que bom!', 'Parabéns! {emoji}'],
  follow: ['Você tem uma foto?', 'E com vento?', 'Comigo foi igual no ano passado.', 'Boa ideia, anotei.'],
};
