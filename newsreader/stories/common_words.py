"""Words that say nothing about what an article tells: function words, and those that news of every kind are full of.

They are written as the search index has them, without case and accents, for the languages most news is in. How rare a
word is among the articles at hand says the same later on; these are for libraries of a few dozen, and tell languages
apart where a feed does not say which it is in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

_COMMON: Final = {
    "en": (  # English
        "a about above after again against ago all almost along already also although always am among an and "
        "another any are around as ask at away back be became because been before behind being below between "
        "both but by call came can come could did do does done down during each either else end enough even "
        "ever every far few first for found from full gave get give go goes going gone good got great had "
        "has have he her here him his how i if in into is it its just keep know last least left less let "
        "like long look made make many may me might more most much must my near need never new next no none "
        "nor not nothing now of off often old on once one only or other our out over own part per put rather "
        "really said same say says see seem seen set she should show since so some still such take tell than "
        "that the their them then there these they thing this those though through to today told too took "
        "toward two under until up upon us use used very was way we well went were what when where whether "
        "which while who whom whose why will with within without would year years yes yesterday yet you your "
        "week month day days weeks months time people news report reports reported update live latest "
        "breaking read watch video photos story here's s t re ve ll don didn doesn isn wasn won monday "
        "tuesday wednesday thursday friday saturday sunday three four five "
    ),
    "de": (  # German
        "der die das den dem des ein eine einer eines einem einen und oder aber auch auf aus bei bis da dann "
        "dass dem denn doch du durch er es fur hat hatte haben ich ihr ihre ihren im in ins ist ja kann kein "
        "keine man mehr mit nach nicht noch nun nur ob ohne schon sein seine seit sich sie sind so soll "
        "sollen uber um uns unter vom von vor war waren was weil weiter wenn werden wie wieder will wir wird "
        "wo wurde wurden zu zum zur zwei neue neuen neuer jahr jahre jahren tag tage heute gestern uhr sagte "
        "gegen viele alle als am an "
    ),
    "fr": (  # French
        "le la les un une des du de et ou mais a au aux avec ce ces cet cette comme dans depuis dont elle "
        "elles en entre est etait etre fait il ils je leur leurs lui meme ne nous on ont par pas plus pour "
        "qu que qui sa sans se selon ses si son sont sous sur tout tous toute toutes tres un vers vous y d l "
        "c j n m apres avant deux ans annee aujourd hui hier "
    ),
    "es": (  # Spanish and Portuguese
        "el los las unos unas y o pero del al con como cuando desde donde e entre era es esta este estas "
        "estos fue ha han hasta hay lo mas me mi muy nos para pero por que quien se segun ser si sin sobre "
        "son su sus tambien tras un una uno ya dos ano anos hoy ayer os as um uma dos das no na nos nas ao "
        "aos pelo pela com como mais mas nao ou para por que se sem ser seu sua seus suas sao sobre tambem "
        "tem foi ate esta isso hoje ontem apos depois ainda entre quando dia dias dois "
    ),
    "it": (  # Italian
        "il lo gli i uno di da del della dei delle degli dal dalla nel nella nei nelle sul sulla con per tra "
        "fra che chi cui non piu anche come ma se sono stato stata era ha hanno suo sua suoi questo questa "
        "questi dopo prima oggi ieri anni "
    ),
    "nl": (  # Dutch and the north
        "de het een en of maar van voor met op te dat die dit er ook aan bij naar om uit over door niet nog "
        "als dan is zijn was werd wordt worden hebben heeft had kan meer jaar och att det som en ett for pa "
        "med av till den har inte om fran var de vid efter men sig sa kan ar og ikke til er pa blir ble ved "
        "eller "
    ),
    "pl": (  # Polish, Czech
        "i w we z ze na do o po od za przez dla sie nie jest to jak ale czy oraz ktory ktora jego jej ich "
        "byl byla roku a v se k ve pro si je byt jsou podle "
    ),
    "tr": (  # Turkish, Indonesian
        "ve bir bu da de icin ile olarak daha cok en gibi sonra kadar yang dan di ke dari ini itu untuk pada "
        "dengan adalah "
    ),
    "ru": (  # Russian, Ukrainian
        "и в во не на что с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот "
        "от меня еще нет о из ему теперь когда даже ну ли если уже или ни быть был него до вас они тут где "
        "есть для мы их чем была без будто чего раз тоже под будет кто этот того потому этого какой сейчас "
        "перед после при об году лет это які та що й до за з із у про від як або але цей цього його її "
    ),
    "el": (  # Greek
        "και το η ο τα της του των στο στη στην για με απο σε που να θα ειναι δεν οι τον την τη ενα μια ως κατα "
    ),
    "ar": (  # Arabic, Persian, Hebrew
        "في من علي الي عن ان هذا هذه ذلك التي الذي كان كانت قد ما لا لم مع بعد قبل بين كل او ثم حيث كما "
        "اليوم امس خلال عند و به از که در را با اين ان براي تا بر هم يا של את על עם לא הוא היא זה כי גם או "
        "אם אל מה יש כל אחרי "
    ),
    "hi": (  # Hindi
        "के का की में है और से को पर ने कि यह हैं था थी भी एक लिए इस तो ही कर हो गया "
    ),
    "cjk": (  # Chinese, Japanese, Korean, as pairs of letters
        "的 了 是 在 和 有 我 他 这 个 们 中 来 上 大 为 到 说 也 子 就 以 一个 我们 他们 这个 可以 没有 "
        "自己 什么 表示 进行 の に は を た が で て と し れ さ "
        "ある いる も する から な こと とし い や れる など なっ ない この ため その あっ よう また "
        "もの という した して され です ます った いた てい には では とな 이 는 "
        "을 를 의 에 가 은 으로 에서 하는 있는 한다 했다 이다 "
    ),
}
_SETS: Final = {language: frozenset(words.split()) for language, words in _COMMON.items()}
COMMON: Final = frozenset[str]().union(*_SETS.values())
"""All of them."""

_ALONE: Final = frozenset(["en", "de", "fr", "it"])  # the others stand here with their neighbours
_FEWEST: Final = 4  # words that tell
_CLEARLY: Final = 1.5  # times as many as of the next language


def language_in(words: Collection[str]) -> str | None:
    """The language whose common words these have, of those that can be told for certain; None for others."""
    counts = sorted(((len(common.intersection(words)), language) for language, common in _SETS.items()), reverse=True)
    (most, language), (next_most, _) = counts[:2]
    return language if language in _ALONE and most >= max(_FEWEST, next_most * _CLEARLY) else None
