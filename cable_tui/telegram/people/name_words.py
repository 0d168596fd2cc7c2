"""Words by which a name is told from what is no name: titles, roles, places, given names, verbs.

Titles were collected from the texts: what stands before names in cables of 1966 to 2010. The words
of pleas were written down from general English and the language of cables, not from their places.
"""

from __future__ import annotations

TITLES = frozenset(
    """
    president premier minister ministers chancellor king queen prince princess emir amir sultan
    sheikh shaykh sheik ambassador ambassadors amb secretary undersecretary secretary-general
    senator senators sen congressman congresswoman representative representatives rep governor gov
    mayor general generals gen ltg mg bg colonel col captain capt major maj lieutenant lt admiral
    adm radm vadm marshal commander sergeant dr doctor mr mrs ms professor prof judge justice
    speaker chairman chairwoman chairperson director director-general deputy commissioner ayatollah
    imam mullah mufti archbishop bishop cardinal pope patriarch rabbi sir lord baroness advisor
    adviser counselor counsellor consul charge chargé spokesman spokeswoman spokesperson leader
    chief envoy prosecutor coordinator administrator mp mep pm dpm fm dfm vfm defmin fonmin permsec
    dg ddg cg dcm cda a/s das pdas u/s secdef codel staffdel poloff emboff econoff polcouns polchief
    conoff econcouns taoiseach brigadier hojatoleslam hojjatoleslam maulana secgen syg mindef fonsec
    depsec permrep ceo cjcs saceur congressmen reverend rev monsignor msgr nuncio apnsa
    """.split()
)
"""The last word before a name, in small letters."""
PERSONAL = frozenset(
    """
    president premier minister secretary chancellor king queen prince princess emir amir sultan
    sheikh shaykh sheik ambassador ambassadors amb senator senators sen congressman congresswoman
    governor gov mayor gen ltg mg bg colonel col captain capt lieutenant lt admiral adm radm vadm dr
    mr mrs ms professor prof ayatollah imam mullah mufti archbishop bishop cardinal pope patriarch
    rabbi sir lord baroness mp mep pm dpm fm dfm vfm defmin fonmin a/s das pdas u/s secdef taoiseach
    hojatoleslam hojjatoleslam maulana codel staffdel poloff emboff econoff conoff polcouns
    econcouns dcm cda
    """.split()
)
"""Titles before a name that are no adjectives: `President Bush`, but `General Support`."""
PREFIXES = frozenset("co deputy ex former pro sub then under vice".split())
SUFFIXES = frozenset("designate elect general in-chief at-large counselor counsellor".split())
"""What is joined to a title by a hyphen: `ex-President`, `Ambassador-designate`."""
CHARGES = frozenset({"charge", "chargé"})
LED = frozenset(
    """
    chief head minister ministers secretary undersecretary director commissioner commander speaker
    president chairman chairwoman spokesman spokeswoman vice-minister
    """.split()
)
"""Titles that an office follows: `Chief of Staff Pelham`, `Minister for Trade Rask`."""
POINTED = frozenset("amb sen rep gov gen ltg mg bg col capt maj lt adm dr mr mrs ms prof".split())
"""Those that a point may stand behind: `Amb. Pelham`, but not `his deputy. Pelham`."""
BEFORE = frozenset(
    """
    prime foreign defense defence interior finance justice trade economy economic economics oil
    energy health education agriculture information culture tourism labor labour environment
    transport transportation communications planning industry commerce state former ex- then
    acting interim deputy vice first second under assistant principal crown chief political
    military special presidential security national general major lieutenant lt brigadier vice-
    attorney inspector solicitor permanent parliamentary executive director managing minister
    secretary consul charge opposition party majority minority mfa mod moi mfaa af&a affairs
    deputy-prime undersecretary secretary-general minister-counselor counselor senior central bank
    council intelligence police army navy air force supreme federal regional provincial district
    ambassador-designate designate late fm pm dg amb. lt. maj. maj brig. brig rear field
    """.split()
)
"""What stands before such a title and belongs to it: `Deputy Foreign Minister`."""
OFFICES = frozenset(
    """
    staff state affairs defense defence interior finance justice trade economy economics oil energy
    health education agriculture information culture tourism labor labour environment transport
    transportation communications planning industry commerce security intelligence police mission
    station cabinet congress parliament assembly senate protocol operations development cooperation
    integration religion works resources mines petroleum mining water housing sports youth women
    welfare science technology territories
    """.split()
)
"""What an office ends with: see `LED`."""
OF_OFFICES = (
    BEFORE
    | OFFICES
    | frozenset(
        """
    and a religious public natural urban social border borders north south central american european
    african asian middle eastern
    """.split()
    )
)
"""What else an office may be of: `Secretary for South and Central Asian Affairs`."""
NAMED_AFTER = frozenset(
    """
    agency airbase airport authority avenue barracks base boulevard bridge brigade building bureau
    camp cemetery centre city college commission committee company confederation corp corporation
    council dam doctrine expressway federation field force foundation fund gardens guards highway
    hospital hotel island mosque museum office palace park port prison prize province road school
    square stadium street subcommittee terminal tower unit university
    """.split()
)
"""What is named after a person: `King Casimir Hospital`."""
NO_NAMES = frozenset(
    """
    a about accompanied amconsul amembassy according action acting administration affairs africa
    african after again agency agenda ago agreed agreement air al-qaida all also although ambassador
    america american americas among an and april arab area armed army as asia asian asked assembly
    assistance assistant associate association at attended august authority background bank because
    before began begin being believed between board body both branch brigade bureau but by cabinet
    call called cannot center central chairman charge chief church city class command commander
    comment commented commission committee communications company conference congress considers
    consul consulate continued corporation corps could council counsel counselor country court
    current day december defense delegation democratic department designate did director directorate
    district division does domestic during each east eastern economic economy election electoral
    embassy emphasized end energy engineer environment eu europe european executive expressed
    external federal february federation finance financial first following for force forces foreign
    former friday from front fund further gdp general given global governing government group guard
    had has have he hearing her high him his hotel house how human i if in independent information
    inspector institute intelligence interior international investment is islamic issues it its
    january joint july june justice labor law leader leaders leadership legal liaison like local
    made major management manager march may meanwhile media meeting meets member members met middle
    military minister ministerial ministers ministry mission monday more most mr mrs ms national
    nato near new news next no north northern not noted november nsc nuclear october of office
    officer officers official officials on only operations opposition or order organization osce
    other our out over palace paragraph parliament parliamentary party peace people permanent
    planning plenipotentiary pointed police policy polled political post present presidency
    president presidential press previously prime principal privately program project prosecutor
    protocol public rank refused region regional relations replied reported representative
    representatives republic republican response responded review rights rule ruling s said saturday
    says science second secretariat secretary section security see senate senior september service
    services session several she should since six social some south southern special spokesman
    spokesperson staff stated states strategic stressed such summary sunday supreme talks tax team
    than that the their then there these they third this three through thursday to today together
    told tomorrow tourism trade transport treasury tribunal tuesday two under unfortunately union
    unit united university un unga unlike until urged us usg very vice was we wednesday week
    welcomed were west western what when where whether which while who whose will with within
    without world would year yes yesterday you young zone secstate usmission usdel embassies ruehc
    caucus extraordinary pro tem republica republique d'affaires d’affaires d'affaire d’affaire
    unclas unclassified confidential secret classified sensitive noforn sipdis feb apr jun jul aug
    sep sept oct nov dec
    """.split()
)
"""Words that begin with a capital, or stand in a text of capitals, and are no part of a name."""
PLACES = frozenset(
    """
    afghan afghanistan albania algeria algerian argentina argentine australia australian austria
    azerbaijan bahrain bangladesh beijing belgian belgium berlin bolivia bolivian bosnia brazil
    brazilian britain british brussels bulgaria canada canadian chile chilean china chinese
    colombia colombian croatia cuba cuban czech danish denmark dutch ecuador egypt egyptian
    ethiopia france french gaza geneva georgian german germany greece greek haiti hungary
    india indian indonesia iran iranian iraq iraqi ireland irish israel israeli italian italy
    japan japanese jordanian kenya kenyan korea korean kuwait kuwaiti lebanese lebanon libya
    libyan london macedonia madrid mexican mexico moroccan morocco moscow netherlands nigeria
    nigerian norway norwegian oman pakistan pakistani palestinian paris peru peruvian philippines
    poland polish portugal portuguese qatar qatari romania russia russian saudi serbia serbian
    singapore spain spanish sudan sudanese sweden swedish swiss switzerland syria syrian taiwan
    tehran thailand tokyo tunisia turkey turkish ukraine ukrainian usa venezuela venezuelan vietnam
    washington yemen yemeni
    """.split()
)
"""Places and peoples, which follow titles often: `Ambassador Paris`, `President Israeli`."""
CAPITAL_STOPS = frozenset(
    """
    asks ask told tells tell added adds explained raised opened closed concluded observed remarked
    recalled thought felt feels wants wanted seems seemed may might must can shall be been do done
    go going gone came come comes went took take takes gave give gives left leaves leave arrived
    returned return here now later earlier even still just so too well up down off back upon against
    toward towards regarding concerning any every many much few one own same another yesterdays
    departed received receives reference regards request requested informed inform wishes wished
    hoped hopes intends intended plans planned invited accepted accept appeared appears spoke
    speaking speech visit visits visited message letter text quote unquote para recently newly again
    sounds urges seeks calls warns discusses discussed confirms denies outlines presents welcomes
    praises criticizes blames defends offers agrees promises predicts pledges considers eyes sees
    lays makes sets puts looks names named reacts reviews raises hosts stresses highlights previews
    shares weighs backs pushes presses rejects responds idea ideas position positions strike strikes
    level levels stay-away lines affair talk tour trip summit vote victory candidate candidates
    candidacy resigns resignation remains departs arrives travels travel concedes conceded reaffirms
    reaffirmed reiterates reiterated intervenes intervened underscores underscored vows vowed
    decries decried lauds lauded downplays downplayed rebuts rebutted rebuffs rebuffed bemoans
    bemoaned dismisses dismissed touts touted hints hinted warned slams slammed action info subject
    subj ref reftel reftels septel comment end summary jan are was were his her its our
    """.split()
)
"""What follows a title in texts of capitals only, besides `NO_NAMES`."""
GIVEN = frozenset(
    """
    aaron adam adrian alan albert alejandro alex alexander alfred alice allen amanda ana andrea
    andrew angela ann anna anne anthony antonio arthur barbara benjamin bernard betty beth bob
    bobby brandon brian bruce bryan carl carlos carmen carol caroline catherine charles charlotte
    chris christina christine christopher claire clark claude claudia craig cynthia daniel danny
    dave david deborah dennis diana diane diego donald donna dorothy doug douglas edward edwin
    eduardo elena elizabeth ellen emily emma eric erik ernest eugene eva evan fernando florence
    francis francisco frank fred frederick gabriel gary gene geoffrey george gerald gilbert glen
    gordon greg gregory hannah harold harry heather helen henry herbert howard hugh hugo ian isaac
    isabel jack jackie jacob jaime james jan jane janet janice jason javier jay jean jeff jeffrey
    jennifer jeremy jerry jesse jessica jim jimmy joan joe joel john johnny jonathan jorge jose
    joseph joshua juan judith judy julia julian julie justin karen karl kate katherine kathleen
    keith kelly ken kenneth kevin kim kurt larry laura lauren lawrence lee leon leonard leslie
    lewis linda lisa lloyd louis louise lucy luis luke lynn manuel marc marcus margaret maria marie
    marilyn mario marion mark marshall martha martin mary matt matthew maurice max melissa michael
    michel michelle miguel mike mitchell monica nancy natalie nathan nicholas nick nicole nina
    norman oliver oscar pablo pamela patricia patrick paul pedro peter phil philip phillip rachel
    ralph ray raymond rebecca ricardo richard rick rob robert roberto robin roger roland ron ronald
    rosa ross roy ruth ryan sam samuel sandra sara sarah scott sean sebastian sharon simon sophie
    stanley stephanie stephen steve steven stuart sue susan sylvia teresa terry theodore theresa
    thomas tim timothy todd tom tommy tony tracy valerie vanessa veronica victor victoria vincent
    walter wayne wendy william
    """.split()
)
"""Given names, most of them also in the list of common English words: a surname follows."""


RELATED = frozenset(
    """
    adviser advisor aide assistant associate brother brother-in-law cousin colleague contact
    confidant confidante daughter daughter-in-law driver ex-wife ex-husband father father-in-law
    friend husband intermediary lawyer mother mother-in-law nephew niece partner relative
    secretary sister sister-in-law son son-in-law spouse uncle aunt widow wife ally protege
    bodyguard staffer deputy family rival successor predecessor attorney spokesman spokeswoman
    spokesperson
    """.split()
)
"""Those who are somebody's: the person behind `of` or `to` is another one."""
ROLES = frozenset(
    """
    author native national supporter reformer protege ally intellectual expatriate academic
    accountant activist actor actress administrator agent ambassadress analyst anchor
    anchorwoman anchorman architect artist assessor attache banker baker biologist blogger boss
    broker builder businessman businesswoman businesspeople caretaker cashier ceo cfo coo cto
    chairperson chemist citizen cleric clerk coach columnist commentator commodore comptroller
    conservator controller cook correspondent counterpart curator custodian dealer dean defector
    delegate delegation democrat detainee detective dictator diplomat dissident doctor docent
    economist editor editor-in-chief elder emissary employee engineer entrepreneur executive
    expert exile farmer fellow figure financier fisherman foreman founder geologist guard
    guerrilla harbor harbormaster head headmaster historian hydrologist imam individual
    industrialist informant insider interlocutor interpreter investigator investor jailer
    janitor jeweler journalist jurist keeper landowner lecturer legislator liaison librarian
    lobbyist magistrate magnate manager master mediator member merchant meteorologist midwife
    militant mine-owner missionary monk monsignor mogul musician negotiator novelist nun nurse
    observer officer official oligarch operator organizer owner painter parliamentarian
    parishioner pastor pathologist peasant person pharmacist philosopher photographer physician
    physicist pilot player poet policeman politician pollster preacher presenter priest
    principal prisoner producer programmer prior psychologist publisher pundit rapporteur
    receptionist rector refugee registrar reporter resident researcher reverend sailor scholar
    scientist sculptor seller sexton sheriff shopkeeper sociologist soldier source specialist
    statistician stringer strategist student superintendent supervisor surgeon surveyor teacher
    technician technocrat trader translator treasurer trustee tycoon undersecretary vendor
    veteran veterinarian vice-chancellor vice-president vice-minister vicar victim volunteer
    watcher weaver whistleblower witness worker writer youth man woman guy gentleman lady boy
    girl people men women scion figurehead warlord chieftain strongman reps reporters
    journalists contacts sources officials diplomats individuals members interlocutors employees
    activists representatives engineers citizens amcit amcits econoff econoffs emboff emboffs
    poloff poloffs conoff conoffs laboff legatt pao paos ambassador tribesman clansman ulema
    sheikha shaikh shaykha daw haji hajji hadji ustaz mullah sayyid sayed syed don dona doña
    señor señora senhor senhora sr sra dra eng engr hon maitre mme mlle m monsieur madame herr
    frau signor signora mister miss mrs madam sir dame baron baroness count countess duke
    duchess nawab rajah maharaja khan-bahadur rinpoche lama swami archimandrite metropolitan
    deacon archdeacon canon abbot abbess father brother sister fr rev msgr cdr cmdr comdr sgt
    cpl pvt ssg msg sfc cpt ltc lcol ltcol brig insp supt syg secgen sec-gen dep dir amb vp svp
    evp md mfa polad legal labor human-rights owner-operator comandante subcomandante coronel
    capitan teniente sargento licenciado lic ingeniero ingeniera padre madre frei frère soeur
    docteur maître professeur profesor profesora diputado diputada ministro ministra presidente
    presidenta gobernador embajador embajadora alcalde dom doutor jr phd ph.d m.d esq mba obe
    cbe kcmg qc s.j o.p ret ii iii iv shareholder stakeholder vice-mayor ex-mayor ex-minister
    ex-president ex-governor coordinator candidate nominee contender challenger hopeful incumbent
    frontrunner front-runner appointee designate legislator lawmaker backbencher whip
    """.split()
)
"""Nouns for persons by what they do, besides `TITLES`."""
OWN_SIDE = frozenset(
    """
    us poloff poloffs emboff emboffs econoff econoffs conoff conoffs laboff pao paos dcm charge
    post ambassador consul staff embassy consulate officers officer congen cg a/dcm polcouns
    econcouns polchief econchief legatt dao datt chargé staffdel codel visitors me embassy's
    polad pol/c pol/econ p/e a/s u/s das pdas codels counselor reftel mission
    """.split()
)
"""Those who write the cable, whom others tell something: they are not the source."""
ORGANIZATIONS = frozenset(
    """
    abbey academy accord act advisers advisors agreement airlines airport airways alliance
    archive archives assets associates authority automotive avenue bancorp banking bar base
    basin battalion bay beach bill block blog boulevard bridge broadcasting brothers business
    cable camp capital cathedral centre chamber channel charter chronicle church circle club
    coalition co coast college combine commerce commissioner's commodities confederation
    conglomerate construction consultancy consultants consulting consortium contractors
    cooperation corp cooperative county creek customs daily dam data delta democracy desk
    detachment development digital diocese directorate drilling dynasty editorial electric
    electricity electronics embassy emirate engineering enterprise enterprises equities exchange
    exploration exports express factory faculty farm farms fishery fisheries fleet forum
    foundation freight games garden gardens gas gazette gmbh goods governorate groups guild gulf
    harbor harbour headquarters herald highway hill hills holding holdings home hospital inc
    industries industrial initiative institution insurance insurers international investments
    island islands jail journal junction kingdom laboratories laboratory lake leasing library
    limited line lines llc llp lodge logistics ltd magazine maritime marina market markets
    mining mill mills ministries mobile monastery monitor mosque motors mountain mountains
    movement museum network networks news newspaper ngo oil outreach panel park partners
    partnership petroleum pipeline plant plants platform plc port power prison productions
    properties province publishing quarter radio railway railways ranch refinery regiment reform
    refugees republic research reserve resort resources restaurant river road savings school
    schools sea securities seminary shelter shipping shipyard shop solutions square stadium
    station steel store street strategy strait studies studio studios summit supply syndicate
    systems task technologies technology telecom telecommunications telegraph television temple
    terminal theater theatre times tower towers towing trading transit travel trust tv
    university utilities valley ventures village warehouse watch water waterway weekly wing
    works workshop yard zoo sisters order sarl spa s.a. bv nv ag oy kk pty jsc ojsc oao zao pjsc
    kgb fsb nato un unhcr unicef unesco opec wto imf osce usg eu au ecowas asean mercosur icrc
    iaea fco mre mod moi moj moe goi gor gol gos got goj gov usaid usda fbi cia dea dod doj doe
    cdc fda reuters televisa chevron exxon exxonmobil shell gazprom lukoil rosneft tnk-bp
    petrobras pemex al-jazeera bbc cnn halliburton boeing microsoft google embraer vodafone
    siemens hezbollah hizballah hamas taliban fatah farc vatican kremlin hague interpol europol
    quai elysee elysée congress knesset duma majlis bundestag pentagon
    """.split()
)
"""What organizations and places are called by, besides `NO_NAMES`: a name with one is theirs."""
FUNCTION_WORDS = frozenset(
    """
    reftel reftels septel septels sipdis noforn ref refs subject tags identity identities
    anonymity fully pls names contacts codel staffdel a participants attendees present
    confidence strict strictest about above across additionally after again against ago albeit
    all allegedly almost alone along already also although always am amid among an and another
    any anyone apart apparently are around as aside at away back basically be because become
    been before behind being below beneath beside besides between beyond both briefly but by can
    certain clearly consequently could currently despite did do does doing done down due during
    each earlier either else elsewhere enough even ever every except few finally first firstly
    following for formerly from further furthermore generally had has have having he hence her
    here hers herself him himself his how however i if in including indeed inside instead into
    is it its itself just largely last lastly lately later latter less lest like likewise many
    may me meanwhile might mine more moreover most mostly much must my myself namely nearly
    neither never nevertheless next no nobody none nor not nothing notwithstanding now nowadays
    of off often on once one only onto or other others otherwise ought our ours out outside over
    overall own particularly per perhaps please possibly previously privately probably quite
    rather really recently reportedly respectively said same second secondly several shall she
    should shortly similarly since so some somebody someone something sometimes soon
    specifically still such ten than that the their theirs them themselves then there thereafter
    therefore these they this those though three through throughout thus to together too toward
    towards turning twice two under unfortunately unless unlike until up upon using usually
    various very via was we well were what whatever when where whereas wherever whether which
    while who whoever whom whose why will with within without would yes yet you your
    numerous multiple countless prospective long-time longtime well-known
    above-mentioned aged aka alias born comment end note bio protect protected strictly source
    sources summary paragraph para begin text quote unquote
    """.split()
)
VERBS = frozenset(
    """
    added admitted advised agreed alleged announced argued arrived asked asserted assessed
    assured became believed believes called calls came cautioned characterized claimed claims
    commented complained concluded conceded confided confirmed contended continued convened
    conveyed criticized declared denied described disagreed disclosed discussed dismissed
    emphasized estimated explained expressed fled found gave got heard held hinted indicated
    informed insisted introduced joined knew laughed learned left lamented made maintained meets
    met mentioned noted noticed observed offered opined outlined passed pointed predicted
    presented promised proposed provided quoted raised read reaffirmed recalled received
    recounted reiterated related remarked repeated replied reported requested responded returned
    revealed said saw says sent served shared showed shrugged spoke speaks stated stressed
    suggested tells thinks thought told took traveled underscored underlined urged verified
    visited volunteered wanted wants warned went wept worked works worried worries wrote
    """.split()
)
SURNAMES_TOO = frozenset(
    """
    lama abbot canon rector prior sayed sayyid syed guard master painter porter potter an april
    august bank banks bay bill bishop black brown but chambers chase church cook day deacon dean
    do english field fisher france georgia chad he hill hills holland hope house ireland israel
    jordan judge khan king lake lane law long london lord major march marshal marshall mason may
    miller mills moore noble north on page paris park parks parish pope power price prince rich
    roman rose said see sen shah sharp shepherd short smith so south spain sparks steel stone
    street sultan summer summers taylor than turner wales ward water waters watch west will
    winter wood woods young east harbor imam amir
    """.split()
)
"""Words of other lists that are part of a name behind a word that is nothing but a name ..."""
GIVEN_TOO = frozenset(
    """
    german amir april august bill chad france georgia he israel jordan london may paris rich
    roman rose said sultan than will hope santiago sofia victoria florence adelaide regina
    sydney india milan roma vienna holland trinidad shah imam park moon young long an do no so
    song day
    """.split()
)
"""... and before one."""

TITLE_WORDS = TITLES | BEFORE | ROLES | RELATED
"""What comes before a name and is no part of it."""
NO_NAME_WORDS = NO_NAMES | TITLE_WORDS | ORGANIZATIONS | FUNCTION_WORDS
CAPITAL_NO_NAMES = NO_NAME_WORDS | CAPITAL_STOPS | VERBS
"""The same for texts that have capitals only."""
COUNTRIES = PLACES | frozenset(
    """
    american british european african asian arab arabs latin nordic baltic balkan gulf kurd
    kurdish jewish muslim shia sunni christian catholic orthodox brit brits finn finns finnish
    finland estonia estonian latvia latvian lithuania lithuanian hungarian bulgarian slovak
    slovakia slovene slovenia slovenian icelandic iceland cypriot cyprus maltese malta
    luxembourg belarus belarusian moldova moldovan armenia armenian azeri azerbaijani kazakh
    kazakhstan kyrgyz kyrgyzstan tajik tajikistan turkmen turkmenistan uzbek uzbekistan mongolia
    mongolian nepal nepalese nepali bhutan bhutanese bangladeshi maldives burma burmese myanmar
    thai laos lao cambodia cambodian malaysia malaysian filipino australia zealander fiji tonga
    samoa tunisian algiers libya tripoli benghazi cairo khartoum eritrea eritrean somalia somali
    djibouti uganda ugandan rwanda rwandan burundi burundian tanzania tanzanian zambia zambian
    malawi zimbabwe zimbabwean botswana namibia angola angolan mozambique congo congolese gabon
    gabonese cameroon cameroonian chadian nigerien niger mali malian senegal senegalese gambia
    gambian guinea guinean liberia liberian ghana ghanaian togo togolese benin ivorian
    mauritania mauritanian caracas bogota quito brasilia santiago havana managua guatemala
    guatemalan honduras honduran nicaragua nicaraguan salvadoran rican panama panamanian
    dominican jamaica jamaican haitian uruguay uruguayan paraguay paraguayan guyana suriname
    ankara istanbul athens rome vienna lisbon dublin stockholm oslo copenhagen helsinki warsaw
    prague budapest bucharest sofia belgrade zagreb sarajevo pristina kosovo kosovar montenegro
    montenegrin skopje kiev kyiv minsk riga tallinn vilnius baghdad damascus beirut amman
    jerusalem riyadh jeddah sanaa muscat doha abu-dhabi dubai emirati kabul kandahar islamabad
    lahore karachi peshawar delhi mumbai dhaka colombo kathmandu rangoon bangkok hanoi
    vietnamese jakarta manila seoul taipei shanghai canberra ottawa uk u.k. u.s. us usa uae drc
    dprk prc rok frg gdr ussr soviet swiss
    """.split()
)
"""Places and peoples, besides `PLACES`."""
BEHIND_NAMES = frozenset(
    "jr sr ii iii iv mp mep md m.d phd ph.d esq mba obe cbe mbe kcmg qc s.j o.p ret".split()
)
"""What comes behind a name and is no part of it."""
PLACES_BEFORE = frozenset("port lake mount fort cape camp gulf river isle mt ft cabo rio".split())
"""What begins the name of a place: `Port Amber`."""
PARTICLES = frozenset(
    """
    abu af al ait av bin bint ben da das de del dela della den der di do dos du e el ibn i la
    las le los ould san st ter ten ul van von y zu zur
    """.split()
)
"""Small words within a name."""
