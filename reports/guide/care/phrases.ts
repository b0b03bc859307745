/** What somebody says who may need a person; why these, stands in the README. */
import { phrasesOf } from './spelling.ts';

const ENGLISH = `
  suicid…, sewerslide, sewer slide, kys, wanna|gonna|might|should kms, want|going|about to kms, i will kms, kms rn,
  kill|killing|unalive|unaliving|hang|hanging|drown|drowning|shoot|stab|strangle|suffocate|poison|end|ending|offing myself,
  starve|starving|cut|cutting|hurt|hurting|harm|harming|mutilate|mutilating|punish|punishing myself, burning myself on purpose,
  kill|killing|unalive|hurt|hurting|harm|harming|cut|cutting himself|herself|themself|themselves|yourself,
  want|wants|wanted|wanting|ready|deserve|prefer|wish to die, wanna die, rather die, should just die, let me die, help me die,
  hope i die, wish i could die, feel like dying, painless|quick|quickest|easy|easiest|peaceful way to die,
  painless|peaceful death, die painlessly, end|ending my life, end|ending my own life, take|taking|took my|his|her|their own life,
  want to off myself, wanna|gonna off myself, end|ending it all, end|ending my suffering, better off dead, better off without me,
  dont|not|never want to live, dont wanna live, dont|not want to be alive, dont wanna be alive, dont|not want to exist,
  wish i was|were dead, wish i wasnt|werent alive|born, wish i didnt exist, wish i was|were never born, want to be dead,
  no reason|will to live, nothing to live for, no point in living, cant go on living, cant live anymore, cant live like this,
  tired|sick of living|life|existing, life is not worth living, life isnt worth living, lost the|my will to live,
  give|giving|gave up on life, never|dont want to wake up, hope i dont wake up, want to sleep forever, please kill me, kill me please,
  want to jump off a|the bridge|building|roof, jump|jumping in front of a|the train|car|truck, tie|tying a noose,
  slit|slitting|slash|cut|cutting my wrist|wrists|throat|thighs, urge|urges to cut,
  self harm…, self injur…, self mutilat…, overdosed, overdosing, take|took|taking|taken an overdose,
  overdose on pills|medication|meds|medicine|drugs|tylenol|paracetamol|acetaminophen|ibuprofen|aspirin|xanax|insulin,
  take|took|taken|swallowed too many pills, took|taken|swallowed all my|the pills, how many pills to|does|would|will|can,
  lethal|fatal dose|doses|overdose, anorexi…, bulimi…, eating disorder…, binge and purge, binging and purging, purging after eating,
  make|making myself throw up, make|making myself vomit|puke, pro ana, thinspo, thinspiration,
  am i being abused, i am|was being abused, im being abused, i was abused, ive|have been abused, abused by my, abuses|abused|abusing me,
  my dad|father|stepdad|stepfather|mom|mum|mother|stepmom|stepmother|brother|uncle|boyfriend|girlfriend|partner|ex|husband|wife|teacher|coach
    hits|beats|hurts|abuses|chokes|touches|raped|touched|choked|hit|beat me, my parents hit|beat|hurt|abuse me,
  abusive parent|parents|father|dad|mother|mom|mum|boyfriend|girlfriend|partner|husband|wife|relationship|home|family|marriage,
  domestic violence|abuse, sexual abuse|assault|violence, child|physical|emotional abuse, sexually abused|assaulted, molest…,
  raped, raping me, rape me, rape victim|survivor|crisis, rapist, date rape, groomed|grooming me, am i being groomed, i was|got groomed,
  scared|afraid to go home, threatened|threatens|threatening to kill me, crisis hotline|helpline|lifeline`;

const GERMAN = `
  suizid…, selbstmord…, selbst mord, selbsttötung, selbsttoetung, freitod, lebensmüde, lebensmuede, bring|bringe mich um, bring|bringe ich mich um,
  ich mich umbringen|umbringe|töten|toeten|erhängen|erhaengen|erschießen|vergiften, mich|sich selbst umbringen|töten|toeten,
  will|möchte|moechte|werde|würde mich umbringen|töten|toeten|erhängen|erhaengen|erschießen|vergiften, bringt sich um, sich umbringen,
  mir|sich das leben nehmen, nehm|nehme mir das leben, das leben genommen, mein leben beenden, meinem leben ein ende,
  will|möchte|moechte|wollte sterben, will|möchte|moechte einfach|nur sterben, will einfach nur sterben, sterben will|wollen|möchte,
  lieber|besser tot, will|möchte|moechte tot sein, wäre|waere ich tot, ich wäre|waere|war tot, nicht mehr leben|weiterleben|aufwachen, nicht mehr da sein,
  keinen sinn im leben, keinen|kein grund zu leben, keine lust mehr zu leben, nie wieder|mehr aufwachen,
  vor den|einen zug werfen|springen|schmeißen|legen, von der|einer brücke|bruecke springen, pulsadern,
  arme|arm|handgelenke|handgelenk aufschneiden|ritzen|aufritzen, mich|sich|selbst ritzen, ritz|ritze mich, ritzt sich,
  selbstverletz…, selbst verletz…, mich selbst schneiden, will mich verletzen|schneiden, ich mich verletze|verletzen|schneide|schneiden,
  verletze|schneide mich, mir|sich selbst weh tun, mir|sich weh tun, tu|tue mir weh, mir|sich etwas|was antun, mir selbst etwas|was antun,
  überdosis|ueberdosis tabletten|schlaftabletten|pillen|medikamente|genommen|nehmen|paracetamol|ibuprofen|drogen|insulin,
  zu viele tabletten|schlaftabletten|pillen, wie viele tabletten|schlaftabletten, alle tabletten|pillen geschluckt|genommen, tödliche|toedliche dosis,
  magersucht, magersüchtig, magersuechtig, bulimisch, essstörung…, essstoerung…, essgestört, finger in den hals,
  ich werde|wurde missbraucht|misshandelt|geschlagen, werde|wurde ich missbraucht|misshandelt|geschlagen, missbraucht|misshandelt mich, als kind missbraucht,
  sexuell missbraucht|belästigt|belaestigt|genötigt, sexueller|sexuellen|sexuelle missbrauch|gewalt|übergriff, kindesmissbrauch…,
  kindesmisshandlung…, vergewaltig…, häusliche|häuslicher|haeusliche|haeuslicher gewalt,
  mein|meine vater|papa|stiefvater|mutter|mama|stiefmutter|freund|freundin|mann|frau|ex|bruder|onkel|partner
    schlägt|schlaegt|misshandelt|missbraucht|bedroht|würgt|vergewaltigt|verprügelt|verpruegelt mich, meine eltern schlagen mich, angst nach hause`;

const SPANISH = `
  autolesi…, quiero|quisiera matarme, voy a matarme, me quiero|quisiera matar, me voy a matar, como matarme, ganas de matarme, matarme sin dolor,
  quitarme|quitarse la vida, me quito la vida, acabar|terminar con mi vida, quiero|quisiera morir|morirme, me quiero|quisiera morir,
  ganas de morir|morirme, quiero estar muerto|muerta, no quiero vivir|existir, no quiero seguir viviendo, ya no quiero vivir|existir, no quiero más vivir,
  sin ganas de vivir, no tengo ganas de vivir, no vale la pena vivir, ahorcarme, tirarme de un puente|edificio, saltar de un puente,
  cortarme|cortarse las venas|muñecas, cortarme los brazos, me corto las venas|muñecas|piernas, me corto los brazos, hacerme|hacerse daño, me hago daño, lastimarme,
  sobredosis de pastillas|medicamentos|paracetamol|ibuprofeno|drogas, todas las pastillas, demasiadas|muchas pastillas, dosis letal|mortal,
  trastorno|trastornos alimenticio|alimenticios|alimentario|alimentarios, trastorno|trastornos de la conducta alimentaria, provocarme el vómito, vomitar después de comer,
  abusaron|abusan|abusa|abusó de mí, abuso|abusos|acoso|agresión|violencia sexual|sexuales, abusada|abusado sexualmente,
  me violaron|violó, me han violado, fui violada|violado, he sido violada|violado, violencia doméstica|machista|familiar, violencia de género, maltrato infantil,
  me maltrata|maltratan, mi padre|papá|madre|mamá|padrastro|novio|novia|marido|esposo|esposa|pareja|hermano|tío me pega|golpea|maltrata|violó|toca`;

const FRENCH = `
  veux|vais|voudrais me tuer, envie de me tuer, comment me tuer, me donner la mort, veux en finir, en finir avec la|ma vie, envie d en finir,
  mettre fin à mes|ses jours, mettre fin à ma vie, m ôter la vie, envie de mourir|crever, veux|voudrais mourir|crever, préférerais mourir,
  plus envie de vivre, pas envie de vivre, ne veux plus|pas vivre|exister, veux plus vivre|exister, plus de raison de vivre, plus la force de vivre, marre de vivre,
  automutil…, auto mutil…, me mutiler|mutile, scarifi…, m ouvrir les veines, me couper|tailler|trancher les veines|poignets|bras|cuisses,
  me faire du mal, me pendre, sauter d un pont, me jeter sous un|le train|métro, me jeter d un pont,
  overdose|surdose de médicaments|cachets|doliprane|paracétamol|drogue, trop de médicaments|cachets, tous mes médicaments|cachets, dose mortelle|létale,
  boulimi…, trouble|troubles alimentaire|alimentaires, trouble|troubles du comportement alimentaire, me faire vomir,
  abus|harcèlement sexuel|sexuels, agression|agressions|violence|violences sexuelle|sexuelles, agressé|agressée|abusé|abusée sexuellement,
  abuse|abusé de moi, j ai été violé|violée|abusé|abusée, suis fait violer, victime de viol|viols, m a violé|violée, me viole, inceste,
  violence|violences conjugale|conjugales|domestique|domestiques|familiale|familiales, me maltraite, maltraitance,
  mon père|beau-père|copain|mari|conjoint|frère|oncle me frappe|bat|tape|viole|touche, ma mère|copine|femme me frappe|bat|tape|viole|touche`;

const PORTUGUESE = `
  quero|vou|queria me matar, penso|pensando em me matar, vontade de me matar, como me matar, quero|queria|preferia morrer, vontade de morrer,
  tirar minha vida, tirar a minha|própria vida, acabar com minha vida, acabar com a minha vida, quero estar morto|morta,
  não quero viver, não quero mais viver, não aguento mais viver, sem vontade de viver, não tenho vontade de viver, cansado|cansada de viver, me enforcar, pular da ponte, pular de um prédio,
  autolesã…, quero me cortar, vontade de me cortar, parar de me cortar, cortar os|meus pulsos, me machucar, me mutilar,
  overdose de remédios|remédio|comprimidos|drogas, tomei muitos remédios|comprimidos, tomei todos os remédios|comprimidos,
  transtorno|transtornos|distúrbio|distúrbios alimentar|alimentares, forçar o vômito, fui abusada|abusado, abusou|abusa|abusam de mim,
  assédio sexual, abusada|abusado sexualmente, estupr…, meu pai|padrasto|namorado|marido|tio|irmão me bate|agride|espanca|machuca|estuprou, minha mãe|namorada|esposa me bate|agride|espanca|machuca|estuprou`;

const ITALIAN = `
  voglio|vorrei uccidermi|ammazzarmi, mi voglio uccidere|ammazzare, come uccidermi|ammazzarmi, mi uccido|ammazzo, togliermi la vita, mi tolgo la vita, farla finita,
  mettere|porre fine alla mia vita, voglio|vorrei morire, voglia di morire, preferirei morire, non voglio vivere, non voglio più vivere|esistere,
  non ho più voglia di vivere, non ho voglia di vivere, stanco|stanca di vivere, impiccarmi, buttarmi da un ponte|palazzo, buttarmi sotto un treno,
  farmi del male, tagliarmi le vene|braccia|gambe, tagliarmi i polsi, mi taglio le vene|braccia|gambe, mi taglio i polsi,
  overdose di farmaci|pastiglie|pillole|droga, troppe pillole|pastiglie, dose letale,
  anoressi…, disturbo|disturbi alimentare|alimentari, disturbo|disturbi del comportamento alimentare, abuso|abusi|molestia|molestie|violenza|violenze sessuale|sessuali,
  abusa|abusato|abusano di me, abusata|abusato sessualmente, stupr…, sono stata violentata, mi ha violentata|violentato, violenza domestica, mi maltratta,
  mio padre|patrigno|marito|fidanzato|ragazzo|fratello|zio mi picchia|mena|violenta|tocca, mia madre|moglie mi picchia|mena|violenta|tocca`;

const POLISH = `
  samobójstw…, myśli samobójcze, próba samobójcza, zabić|zabiję się, się zabić|zabiję, odebrać|odbiorę sobie życie, skończyć ze sobą, targnąć się na życie,
  chcę|wolę|chciałbym|chciałabym umrzeć, nie chcę żyć, nie chcę już|dłużej żyć, nie chce mi się żyć, nie chce mi się już żyć, nie mam po co żyć, nie mam siły|ochoty żyć, mam dość życia,
  powiesić|powieszę się, się powiesić, rzucić się pod pociąg, samookalecz…, okaleczam|okaleczać się, się okaleczam|okaleczać,
  tnę|ciąć|pociąć|potnę się, się tnę|ciąć|pociąć, podciąć sobie żyły, podciąć żyły, zrobić|robić|robię sobie krzywdę,
  przedawkowa…, za dużo tabletek, śmiertelna dawka, anoreksj…, zaburzenia|zaburzeń odżywiania, wymiotuję po jedzeniu,
  zgwałc…, gwałci mnie, ofiara gwałtu, molestow…, molestuje mnie, wykorzystywana|wykorzystywany|wykorzystana|wykorzystany seksualnie, przemoc|przemocy domowa|domowej|seksualna|seksualnej,
  znęca się nade|nad mną, ojciec|tata|ojczym|matka|mama|mąż|żona|chłopak|partner|brat bije mnie, ojciec|tata|ojczym|matka|mama|mąż|żona|chłopak|partner|brat mnie bije`;

const DUTCH = `
  zelfmoord…, zelfdoding, mezelf|mijzelf doden|ombrengen|vermoorden|verhangen|ophangen|snijden|verwonden, me zelf doden|snijden, mezelf van kant maken,
  mezelf iets|wat aandoen, mezelf pijn doen, snij|snijd mezelf, doe mezelf pijn, mijn leven beëindigen, eind|einde aan mijn leven, er een eind|einde aan maken, uit het leven stappen,
  wil dood, wil dood zijn, wil liever|gewoon dood, was ik maar dood, wil|wou sterven, wil niet meer|langer leven, niet meer willen leven, geen zin meer in het leven, levensmoe,
  polsen doorsnijden|snijden, voor de trein springen, zelfbeschadig…, zelfverwond…, overdosis pillen|medicijnen|paracetamol|drugs|genomen, te veel pillen, dodelijke dosis,
  eetstoornis…, ik word|werd|ben mishandeld|misbruikt, word|werd ik mishandeld|misbruikt, mishandelt|misbruikt mij|me, kindermishandeling, kindermisbruik,
  verkracht…, huiselijk geweld, seksueel misbruik|misbruikt|geweld, aangerand, aanranding, mijn vader|moeder|stiefvader|vriend|vriendin|man|vrouw|ex|broer|oom slaat|mishandelt|misbruikt|bedreigt me|mij`;

const RUSSIAN = `
  суицид…, самоубийств…, покончить|покончу с собой|жизнью, покончить жизнь, убить|убью себя, себя убить, наложить на себя руки, свести счеты с жизнью, самовыпил…,
  хочу|хочется|хотел|хотела умереть|сдохнуть, хочу просто умереть, лучше бы умереть, желание умереть, не хочу|хочется жить, не хочу больше жить, больше не хочу жить,
  нет смысла|сил жить, незачем жить, устал|устала жить, повеситься, повешусь, прыгнуть|спрыгнуть с крыши|моста, прыгнуть|броситься под поезд,
  самоповрежд…, селфхарм…, селф харм…, режу|резать|порезать|режет|порезал|порезала себя, режу|резать|порезать|вскрыть вены|руки|запястья, вскрыться,
  причинить|причиняю|причинять себе боль|вред, навредить себе, передозировк…, наглотаться|наглотался|наглоталась таблеток, много таблеток, смертельная доза,
  анорекси…, булими…, расстройство|расстройства пищевого поведения, рпп, изнасилов…, насилует меня, меня насилует, домашнее|сексуальное насилие, домогается меня,
  отец|папа|отчим|мать|мама|муж|жена|парень|брат|дядя бьет|избивает|насилует меня, отец|папа|отчим|мать|мама|муж|жена|парень|брат|дядя меня бьет|избивает, родители бьют меня, меня бьют родители`;

const TURKISH = `
  intihar…, kendimi öldür…, kendimi asmak|asacağım|asıcam, canıma kıy…, yaşamıma|hayatıma son, ölmek istiyorum|istiyom|isterdim, keşke ölsem, yaşamak istemiyorum|istemiyom,
  yaşamaktan bıktım|yoruldum, kendime zarar, kendimi kesiyorum|kesicem|keseceğim|kestim, bileklerimi|bileğimi kes…, kendimi jiletle…,
  aşırı doz…, çok fazla hap, bir kutu hap, anoreksi…, yeme bozukluğ…, tecavüz…, cinsel istismar…, cinsel taciz…, cinsel saldırı…, istismara uğra…,
  aile içi şiddet, ev içi şiddet, babam|annem|kocam|eşim|sevgilim|abim|amcam beni dövüyor|dövdü`;

/** Wherever it stands in a topic. */
export const URGENT = phrasesOf(
  [ENGLISH, GERMAN, SPANISH, FRENCH, PORTUGUESE, ITALIAN, POLISH, DUTCH, RUSSIAN, TURKISH].join(','),
);

/** Only as the whole topic: within a sentence it is mostly something else. */
export const ALONE = phrasesOf(`
  overdose, how to overdose, overdosis, überdosis, ueberdosis, sobredosis, surdose, передоз, rape, viol, kms, how to die, sterben, ritzen,
  want to disappear, i want to disappear, i cant do this anymore, i dont want to be here anymore, ich will nicht mehr, matarme, cortarme, tagliarmi, uccidermi, me tuer, me matar, me cortar`);

/** What these words mean in games, in music and among programmers; nothing of it is about anybody. */
export const HARMLESS = phrasesOf(`
  suicide linux|squad|squads|silence|burn|burns|king|kings|mouse|boys|boy|door|doors|mission|missions|run|runs|cable|gene|bomber|bombers|drone|drones|creeper|creepers,
  virgin suicides, suicidal tendencies, career|political|social|commercial|financial suicide, selbstmordkommando, escuadron suicida, esquadrao suicida,
  want to live in a|an|the, want to live with|near my, want to live stream, shoot|shooting myself in the foot, a shot myself, overdosed|overdosing on caffeine|coffee|memes|anime|sugar, overdose on coffee`);
