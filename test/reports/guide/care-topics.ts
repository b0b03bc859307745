/** What is asked of /guide: by who may need a person, and by who does not. */

/** What somebody may ask who needs a person, by language; one a line. */
export const IN_NEED: Record<string, string> = {
  English: `
    suicide
    I am suicidal, who can I talk to?
    how to stop suicidal thoughts
    I want to kill myself
    my friend wants to kill herself what do I do
    someone keeps telling me to kill yourself
    they told me to kys
    i just want to die
    I don't want to live anymore
    i dont want to wake up tomorrow
    wish I was dead
    everyone would be better off without me
    there is no reason to live
    painless way to die
    how many pills to not wake up
    I took too many pills
    i think i overdosed
    overdose
    took an overdose of tylenol
    how do I stop cutting myself
    self-harm
    selfharm scars advice
    urge to cut
    I keep hurting myself when I am stressed
    slit my wrists
    gonna kms
    I think about ending it all
    i am tired of living
    thinking of unaliving myself
    am I being abused?
    my dad hits me
    my boyfriend choked me last night
    my parents beat me
    I was sexually assaulted at a party
    i got raped
    domestic violence
    I live in an abusive home
    afraid to go home
    relapsed into anorexia
    eating disorders
    I keep making myself throw up`,
  German: `
    Suizidgedanken
    ich will mich umbringen
    wie kann ich mich umbringen
    soll ich mich umbringen?
    Ich möchte nicht mehr leben
    ich möchte einfach sterben
    Selbstmord
    mein Freund redet von Selbstmord
    ich ritze mich wieder
    Selbstverletzung
    wie viele Schlaftabletten
    Überdosis Paracetamol
    überdosis
    mein Vater schlägt mich
    mein Stiefvater schlaegt mich
    ich wurde vergewaltigt
    Magersucht
    Essstörung, wer kennt sich aus?
    häusliche Gewalt
    ich bin lebensmüde`,
  Spanish: `
    quiero morir
    ya no quiero vivir
    pienso en el suicidio
    me quiero matar
    autolesión
    me corto los brazos
    mi padre me pega
    trastorno alimenticio`,
  French: `
    j'ai envie de mourir
    je veux en finir
    pensées suicidaires
    je ne veux plus vivre
    j'ai été violée
    automutilation
    mon père me frappe
    troubles alimentaires`,
  Portuguese: `
    quero morrer
    não quero mais viver
    penso em me matar
    automutilação
    meu pai me bate
    fui estuprada`,
  Italian: `
    voglio morire
    voglio farla finita
    autolesionismo
    mio padre mi picchia
    disturbi alimentari
    pensieri suicidi`,
  Polish: `
    chcę się zabić
    nie chcę żyć
    myśli samobójcze
    tnę się
    ojciec mnie bije
    zaburzenia odżywiania`,
  Dutch: `
    ik wil dood
    ik wil niet meer leven
    zelfmoordgedachten
    mezelf snijden
    mijn vader slaat mij
    eetstoornis`,
  Russian: `
    хочу умереть
    не хочу жить
    мысли о суициде
    покончить с собой
    режу себя
    отец меня бьёт
    меня изнасиловали`,
  Turkish: `
    intihar etmek istiyorum
    ölmek istiyorum
    kendimi öldürmek
    kendime zarar veriyorum
    babam beni dövüyor
    yeme bozukluğu`,
  'however it is spelled': `
    KILL   MYSELF
    killmyself
    k*ll myself
    k**l mys*lf
    ki11 my5elf
    su1cide
    $uicide
    su!c!de
    sui-cide
    s u i c i d e
    s.u.i.c.i.d.e
    suiiiiicide
    **suicide**
    ||suicide||
    ~~kill~~ _myself_
    ｓｕｉｃｉｄｅ
    𝓼𝓾𝓲𝓬𝓲𝓭𝓮
    k\u200bi\u200bll my\u00adself
    s\u0336u\u0336i\u0336c\u0336i\u0336d\u0336e\u0336
    suiсide
    I don’t want to live anymore…
    ich moechte sterben
    uberdosis tabletten
    olmek istiyorum
    chce sie zabic`,
};

/** What anybody may ask in a server about games or programming; one a line. */
export const NOT_IN_NEED = `
  kill -9
  kill the process
  how do I kill a zombie process
  killall node
  kill all child processes of a parent
  kill a pod in kubernetes
  why does the OOM killer kill my container
  does the process kill itself on SIGTERM
  a daemon that kills its children
  how to kill the ender dragon
  what is a good kill to death ratio
  one hit kill me builds
  how do I not die in minecraft
  die in minecraft
  I keep dying in the water temple
  when will this meme die
  die casting
  würfel und die
  permadeath
  death animation
  death of a thread
  dead lock in Rust
  dead code elimination
  cut the video
  how to cut an audio file with ffmpeg
  cutting boards
  paper cut
  cut and paste
  suicide linux
  Suicide Squad
  $uicideboy$ concert
  Mass Effect suicide mission
  KSP suicide burn
  career suicide
  Selbstmordkommando
  overdose of coffee jokes
  overdosing on coffee
  I shot myself in the foot with this regex
  shooting myself in the foot in C++
  I gave the transcription a shot myself
  AWS KMS keys
  KMS activation
  abuse of notation
  rate limit abuse
  our API is being abused by bots
  abusing macros
  report abuse
  backlog being groomed
  dog grooming
  rapeseed oil
  burning a CD
  burn rate
  hang on boot
  hangman bot
  noose in Godot
  hurt box and hit box
  harm reduction of lead paint
  poison arrow recipe
  pull myself together
  teach myself Rust
  host it myself
  end of life of node 20
  game of life
  I want to live stream on Twitch
  I don't want to live in a city with slow internet
  life expectancy
  hunger games
  diet for streamers
  eating contest
  pills texture pack
  depression of 1929
  Sterben im Hardcore-Modus
  Prozess umbringen
  Brot schneiden
  Acrylglas ritzen und brechen
  Gewaltenteilung
  den Gegner schlagen
  wie töte ich einen Prozess
  cómo matar un proceso
  cortar un video
  me mata un creeper
  tuer un processus
  viol de licence GPL et autres questions
  couper une vidéo
  matar o processo
  cortar o vídeo
  uccidere un processo
  cime di rapa
  zabić proces
  gol samobójczy
  proces doden
  een video snijden
  убить процесс
  порезать видео
  как выйти из вима
  süreç öldürmek
  video kesmek
  the
  a
  **
  * * * *
  ?!
  select * from users
  x*y*z + k*s
  r*d
  '; drop table messages; --`;
