"""Short and affectionate forms of given names, which suggest that two entries may be one person but never decide it."""

from __future__ import annotations

from functools import cache

# Forms of one name stand between two bars; one form may belong to several names ("alex", "chris", "pat").
_FORMS = """
abigail abby gail | albert al bert bertie |
alexander alex alec sandy sascha sasha xander aleksandr alexandre alejandro |
alexandra alex alexa sandra sandy sasha aleksandra | alfred alf fred freddie | amanda mandy |
andrew andy drew andre andreas | andrea andi | angela angie | ann anna anne annie nan nancy hannah anja anya |
anthony tony antonio anton toni | arthur art | barbara babs barb barbie bärbel | bartholomew bart |
beatrice bea trixie | benjamin ben benny benji | bernard bernie bernd | bridget biddy bridie |
caroline carol carrie lina karoline |
catherine cathy kate katie kitty cat katherine kathryn katharina
kathy karen karin katja katya ekaterina katarina katrin |
charles charlie chuck carl karl carlos | charlotte lottie charly |
christine chris christina chrissy tina kristin kristina christiane |
christopher chris kit topher christoph christophe | christian chris | constance connie | cornelius neil con |
daniel dan danny dani | david dave davy | deborah debbie deb | dennis denny den | dominic dom nick |
donald don donnie | dorothy dot dottie dolly dorothea dora doro |
edward ed eddie ned ted teddy eduardo eduard | eleanor ellie nell nora lena |
elizabeth liz lizzie beth betty eliza lisa bess libby elisabeth elise liesel sissi isabel | emily em emmy |
ernest ernie ernst | eugene gene evgeny zhenya | evelyn evie | ezekiel zeke | florence flo florrie |
frances fran frankie francesca franziska franzi |
francis frank frankie francisco paco pancho franz françois francesco |
frederick fred freddie fritz friedrich federico rick | gabriel gabe | gabriele gabi | gerald gerry jerry |
geoffrey geoff jeff jeffrey | george georgie georg jorge jörg jürgen giorgio | gregory greg gregor grigory |
gustav gus | harold harry hal | helen nell nellie ellen lena helena helene elena |
henry harry hank hal heinrich heinz enrique henri | herbert herb bert | hubert hugh bert |
ignatius iggy nacho ignacio | isaac ike | isabella bella izzy isabel isa | jacob jake jakob jack |
jacqueline jackie | james jim jimmy jamie jaime | jane janey jenny jean | janet jan | jason jay |
jennifer jen jenny | jeremy jerry | jessica jess jessie | joan joanie | johanna hanna joanna jo |
john johnny jack jon johann johannes hans jan juan jean ivan vanya giovanni joao | jonathan jon jonny nathan |
joseph joe joey jo josef josé pepe giuseppe beppe | josephine jo josie | joshua josh | judith judy jutta |
julia julie jule | kenneth ken kenny | kimberly kim | lawrence larry laurie lorenz |
leonard leo len lenny leonardo leonhard | lillian lily lil | louis lou louie ludwig luigi luis |
lucas luke luc lukas | madeleine maddie | magdalena lena maggie | manuel manu manolo |
margaret maggie meg peggy marge greta | margarete gretel rita margarita margot |
maria mary marie masha mia mariana | mark marc marcus markus marco | martha marty | martin marty |
martina tina | matthew matt matthias mathieu matteo matze | maximilian max maxim maxine |
michael mike mick mickey mikey micha michel miguel mikhail misha | michelle shelly |
mohammed mohamed muhammad mohammad mo | natalie nat natalia natasha | nathaniel nate nathan nat |
nicholas nick nicky nicolas nikolaus klaus claus niklas nikolai | nicole nicky nic | oliver ollie |
pamela pam | patricia pat patty trish tricia | patrick pat paddy | paul pablo pavel paolo |
peter pete pedro pierre piet | philip phil pip felipe philipp philippe | rachel rae | raymond ray |
rebecca becky becca | richard rick ricky dick rich richie ricardo | robert rob bob bobby robbie bert roberto |
roger rodger | ronald ron ronnie | rosemary rose rosie | rudolf rudi rolf | russell russ | samantha sam |
samuel sam sammy | sebastian seb basti bastian | sarah sally sara | simon sim | sophia sophie sonia sofia |
stephanie steph steffi | stephen steve steven stevie stefan stephan esteban |
susan sue susie susanna susanne suzy | teresa terry tess tessa theresa resi | terence terry |
theodore ted teddy theo | thomas tom tommy tomas | timothy tim timmy | ursula uschi ulla | valentina valya |
victoria vicky tori | vincent vince vinny | virginia ginny | vladimir vlad volodya | walter walt wally |
wilhelm willi willy | william will bill billy willie liam guillermo | wolfgang wolf | yekaterina katya |
yevgeny zhenya | zachary zach zack
"""


@cache
def _groups() -> dict[str, frozenset[int]]:
    from planner.core.words.folding import fold

    found: dict[str, set[int]] = {}
    for number, forms in enumerate(_FORMS.split("|")):
        for form in fold(forms).split():
            found.setdefault(form, set()).add(number)
    return {form: frozenset(numbers) for form, numbers in found.items()}


def nickname_groups(given: str) -> frozenset[int]:
    """Numbers of the names that a folded given name may stand for; two given names with a common number may be one."""
    return _groups().get(given, frozenset())
