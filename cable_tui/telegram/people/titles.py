"""The words that mentions of people are known by: titles, what stands before them, what is no name.

Collected from the texts: what stands before names in cables of 1966 to 2010.
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
