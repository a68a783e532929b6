"""The words in odd dates: months in some fifty languages, and zones that are places."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

# A language a line, a month a word; forms of one month are joined by "/", endings that are cut off by a full stop in
# dates need no word of their own. The first language that has a name or its beginning keeps it ("listopad" is November
# in Polish and Czech and October in Croatian).
_MONTH_NAMES: Final = """
january february march april may june july august september october november december
januar/janner februar/feber marz/mrz april mai juni juli august september oktober november dezember
janvier fevrier/fevr mars avril mai juin juillet aout septembre octobre novembre decembre
enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
januari februari maart/mrt april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts/mars april maj/mai juni juli august september oktober november desember/december
stycznia/styczen lutego/luty marca/marzec kwietnia/kwiecien maja/maj czerwca/czerwiec lipca/lipiec \
sierpnia/sierpien wrzesnia/wrzesien pazdziernika listopada grudnia/grudzien
januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
ledna/leden unora brezna/brezen dubna/duben kvetna/kveten cervna/cerven cervence/cervenec srpna/srpen zari rijna/rijen \
listopadu prosince/prosinec
januara februara marca/marec aprila maja juna/jun jula/jul augusta septembra oktobra novembra decembra
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesakuuta heinakuuta elokuuta syyskuuta lokakuuta \
marraskuuta joulukuuta
ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik
января/январь февраля/февраль марта апреля/апрель мая/май июня/июнь июля/июль августа сентября/сентябрь \
октября/октябрь ноября/ноябрь декабря/декабрь
січня/січень лютого/лютий березня/березень квітня/квітень травня/травень червня/червень липня/липень \
серпня/серпень вересня/вересень жовтня/жовтень листопада грудня/грудень
ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου/μαιος ιουνιου/ιουνιος ιουλιου/ιουλιος αυγουστου σεπτεμβριου \
οκτωβριου νοεμβριου δεκεμβριου
gener febrer marc abril maig juny juliol agost setembre octubre novembre desembre
januari/jan februari/pebruari maret april mei juni juli agustus/agt september oktober/okt november/nop desember
januari februari mac april mei jun julai ogos september oktober november disember
sijecnja/sijecanj veljace/veljaca ozujka/ozujak travnja/travanj svibnja/svibanj lipnja/lipanj srpnja/srpanj \
kolovoza rujna/rujan listopada studenoga/studeni prosinca/prosinac
januarja/januar februarja/februar marca/marec aprila/april maja/maj junija julija avgusta septembra oktobra novembra \
decembra
januar februar marta april maja/maj juna/jun jula/jul avgusta septembra/septembar oktobra/oktobar novembra/novembar \
decembra/decembar
јануара/јануар фебруара/фебруар марта април маја/мај јуна/јун јула/јул августа септембра/септембар \
октобра/октобар новембра/новембар децембра/децембар
јануари февруари март април мај јуни јули август септември октомври ноември декември
януари февруари март април май юни юли август септември октомври ноември декември
студзеня/студзень лютага/люты сакавіка/сакавік красавіка/красавік мая/май чэрвеня/чэрвень ліпеня/ліпень \
жніўня/жнівень верасня/верасень кастрычніка/кастрычнік лістапада/лістапад снежня/снежань
қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан
sausio/sausis vasario/vasaris kovo/kovas balandzio/balandis geguzes/geguze birzelio/birzelis liepos/liepa \
rugpjucio/rugpjutis rugsejo/rugsejis spalio/spalis lapkricio/lapkritis gruodzio/gruodis
janvaris februaris marts aprilis maijs junijs julijs augusts septembris oktobris novembris decembris
jaanuar veebruar marts aprill mai juuni juuli august september oktoober november detsember
januar februar mars april mai juni juli agust september oktober november desember
janar shkurt mars prill maj qershor korrik gusht shtator tetor nentor dhjetor
urtarrilaren otsailaren martxoaren apirilaren maiatzaren ekainaren uztailaren abuztuaren irailaren urriaren azaroaren \
abenduaren
xaneiro febreiro marzo abril maio xuno xullo agosto setembro outubro novembro decembro
ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr
eanair feabhra marta aibrean bealtaine meitheamh iuil lunasa mean deireadh samhain nollaig
januarie februarie maart april mei junie julie augustus september oktober november desember
januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba
enero pebrero marso abril mayo hunyo hulyo agosto setyembre oktubre nobyembre disyembre
yanvar fevral mart aprel may iyun iyul avqust/avgust sentyabr oktyabr noyabr dekabr
januaro februaro marto aprilo majo junio julio augusto septembro oktobro novembro decembro
იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი
ינואר פברואר מרץ/מרס אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر
ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر
जनवरी फरवरी/फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर नवंबर/नवम्बर दिसंबर/दिसम्बर
জানুয়ারি/জানুয়ারী ফেব্রুয়ারি/ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்
มกราคม/มค กุมภาพันธ์/กพ มีนาคม/มีค เมษายน/เมย พฤษภาคม/พค มิถุนายน/มิย กรกฎาคม/กค สิงหาคม/สค กันยายน/กย ตุลาคม/ตค \
พฤศจิกายน/พย ธันวาคม/ธค
一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月
"""

_SHORTEST: Final = 3  # letters by which a name may be abbreviated

PLACES: Final = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
"""Zones whose letters say nothing of summer time."""


def month(word: str) -> int | None:
    """The number of the month that a word names, whole or abbreviated, in any of the languages above."""
    return _months().get(fold(word)) or _months().get(fold(word).removeprefix("ב"))


def fold(word: str) -> str:
    """A word in lower case and without accents, so that its spellings are one."""
    parts = unicodedata.normalize("NFKD", word.lower())
    return parts if parts.isascii() else "".join(c for c in parts if not unicodedata.combining(c))


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Every name of a month and every beginning of it that is no beginning of another month in the same language."""
    known: dict[str, int] = {}
    for line in _MONTH_NAMES.strip().split("\n"):
        own: dict[str, set[int]] = {}
        months = line.split()
        for number, forms in enumerate(months, 1):
            for name in map(fold, forms.split("/")):
                for length in range(_SHORTEST, len(name)):
                    own.setdefault(name[:length], set()).add(number)
        own |= {fold(name): {number} for number, forms in enumerate(months, 1) for name in forms.split("/")}
        for name, numbers in own.items():
            if len(numbers) == 1:
                known.setdefault(name, *numbers)
    return known
