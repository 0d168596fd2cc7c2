"""The words that mentions of people are known by: titles, what stands before them, what is no name.

Collected from the texts: what stands before names in cables of 1966 to 2010.
"""

from __future__ import annotations

TITLES = frozenset(
    """
    president premier minister ministers chancellor king queen prince princess emir amir sultan
    sheikh shaykh sheik shah ambassador ambassadors amb secretary undersecretary secretary-general
    senator senators sen congressman congresswoman representative representatives rep governor gov
    mayor general generals gen ltg mg bg colonel col captain capt major maj lieutenant lt admiral
    adm radm vadm marshal commander sergeant dr doctor mr mrs ms professor prof judge justice
    speaker chairman chairwoman chairperson director director-general deputy commissioner ayatollah
    imam mullah mufti archbishop bishop cardinal pope patriarch rabbi sir lord baroness advisor
    adviser counselor counsellor consul charge chargé spokesman spokeswoman spokesperson leader
    chief envoy prosecutor coordinator administrator mp mep pm dpm fm dfm vfm defmin fonmin permsec
    dg ddg cg dcm cda a/s das pdas u/s secdef codel staffdel poloff emboff econoff polcouns polchief
    conoff econcouns taoiseach brigadier hojatoleslam hojjatoleslam maulana
    """.split()
)
"""The last word before a name, in small letters."""
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
NO_NAMES = frozenset(
    """
    a about accompanied amconsul amembassy according action acting administration affairs africa
    african after again
    agency agenda ago agreed agreement air al-qaida all also although ambassador america american
    americas among an and april arab area armed army as asia asian asked assembly assistance
    assistant associate association at attended august authority background bank because before
    began begin being believed between board body both branch brigade bureau but by cabinet call
    called cannot center central chairman charge chief church city class command commander
    comment commented commission committee communications company conference congress considers
    consul consulate continued corporation corps could council counsel counselor country court
    current day december defense delegation democratic department designate did director
    directorate district division does domestic during each east eastern economic economy election
    electoral embassy emphasized end energy engineer environment eu europe european executive
    expressed external federal february federation finance financial first following for force
    forces foreign former friday from front fund further gdp general given global governing
    government group guard had has have he hearing her high him his hotel house how human i if
    in independent information inspector institute intelligence interior international investment
    is islamic issues it its january joint july june justice labor law leader leaders leadership
    legal liaison like local made major management manager march may meanwhile media meeting meets
    member members met middle military minister ministerial ministers ministry mission monday more
    most mr mrs ms national nato near new news next no north northern not noted november nsc nuclear
    october of office officer officers official officials on only operations opposition or order
    organization osce other our out over palace paragraph parliament parliamentary party peace
    people permanent planning plenipotentiary pointed police policy polled political post present
    presidency president presidential press previously prime principal privately program project
    prosecutor protocol public rank refused region regional relations replied reported
    representative representatives republic republican response responded review rights rule ruling
    s said saturday says science second secretariat secretary section security see senate senior
    september service services session several she should since six social some south southern
    special spokesman spokesperson staff stated states strategic stressed such summary sunday
    supreme talks tax team than that the their then there these they third this three through
    thursday to today together told tomorrow tourism trade transport treasury tribunal tuesday two
    under unfortunately union unit united university un unga unlike until urged us usg very vice
    was we wednesday week welcomed were west western what when where whether which while who whose
    will with within without world would year yes yesterday you young zone secstate usmission usdel
    embassies ruehc
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
    returned return here now later earlier even still just so too well up down off back upon
    against toward towards regarding concerning any every many much few one own same another
    yesterdays departed received receives reference regards request requested informed inform
    wishes wished hoped hopes intends intended plans planned invited accepted accept appeared
    appears spoke speaking speech visit visits visited message letter text quote unquote para
    recently newly again sounds urges seeks calls warns discusses discussed confirms denies outlines
    presents welcomes praises criticizes blames defends offers agrees promises predicts pledges
    considers eyes sees lays makes sets puts looks names named reacts reviews raises hosts stresses
    highlights previews shares weighs backs pushes presses rejects responds idea ideas position
    positions strike strikes level levels stay-away lines affair talk tour trip summit vote victory
    candidate candidates candidacy resigns resignation remains departs arrives travels travel
    action info subject subj ref reftel reftels septel comment end summary
    """.split()
)
"""What follows a title in texts of capitals only, besides `NO_NAMES`."""
