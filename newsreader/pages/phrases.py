"""How sites say, in their languages, what is none of an article: read more, share, follow us, comments, dates."""

from __future__ import annotations

import re
from typing import Final

_POINTERS: Final = (  # how a line begins that sends the reader elsewhere
    r"related(?: (?:articles?|stories|posts?|content|coverage|links?|topics?|news))?|recommended(?: for you)?"
    r"|also read|see also|read (?:more|also|next|the full)|more (?:from|on|stories|news)|watch(?: now)?|click here"
    r"|you (?:may|might) (?:also )?(?:like|enjoy|be interested)|don't miss|sign up|subscribe|follow us"
    r"|share (?:this|on)|like this"
    r"|mehr (?:zum thema|themen|artikel)|lesen sie (?:auch|mehr)|weiterlesen|siehe auch|auch interessant"
    r"|weitere (?:artikel|beiträge|themen|meldungen)|(?:ähnliche|verwandte) (?:artikel|beiträge|themen)"
    r"|das (?:thema )?könnte (?:sie|dich|euch) (?:auch )?interessieren"
    r"|lire aussi|à lire aussi|voir aussi|sur le même (?:sujet|thème)|vous aimerez aussi|articles? (?:similaires|liés)"
    r"|lea también|lee también|ver también|(?:también )?te puede interesar|(?:artículos|noticias|notas) relacionad[ao]s"
    r"|leia (?:também|mais)|veja também|você também pode gostar|(?:artigos|notícias) relacionad[ao]s"
    r"|leggi anche|articoli correlati|potrebbe interessarti|lees ook|läs (?:också|även|mer)|les også|læs også"
    r"|(?:czytaj|zobacz) (?:też|także|więcej|również)|(?:читайте|смотрите) также|также читайте"
    r"|похожие (?:статьи|записи)|関連(?:記事|リンク|ニュース)|あわせて読みたい|相关(?:阅读|新闻|文章|链接)|延伸阅读"
    r"|관련\s?(?:기사|뉴스)|เรื่องที่เกี่ยวข้อง|مواضيع ذات صلة|اقرأ أيضا"
)
POINTER: Final = re.compile(rf"^\W*(?:{_POINTERS})\b", re.IGNORECASE)

_COMMENTS: Final = (
    "(?:comments?|responses?|replies|thoughts|kommentare?|antworten|commentaires?|réponses?|comentarios?|respuestas?"
    r"|comentários?|respostas?|commenti|reacties|kommentarer|komentarze|комментари\w+)"
)
_DISCUSSIONS: Final = (  # what stands above a discussion
    rf"(?:\d+ )?{_COMMENTS}(?: \(?\d+\)?)?|\d+ {_COMMENTS} (?:on|to|zu|sur|en|em) .*"
    "|(?:leave|post|write|add) a (?:comment|reply|response).*|join the (?:conversation|discussion).*"
    "|schreibe? einen kommentar.*|kommentar (?:schreiben|hinterlassen|verfassen)|laisser un commentaire.*"
    "|dej(?:a|ar?) (?:un|tu) comentario.*|deixe um comentário.*|lascia un commento.*"
    "|laat een (?:reactie|antwoord).*|lämna ett svar.*|dodaj komentarz.*|(?:добавить|оставить) комментарий.*"
    "|コメントを(?:残す|書く).*"
)
_OTHERS: Final = (
    "about the authors?|über (?:den autor|die autorin)|à propos de l.auteure?|sobre (?:el autor|la autora|o autor)"
    "|(?:get|subscribe to|sign up for|join) .*newsletter.*|newsletter(?: sign ?up)?"
    "|most (?:read|popular|viewed)|trending(?: now)?|latest (?:news|stories|posts|articles)|top stories|meistgelesen"
    "|les plus lus?|(?:lo )?más leíd[ao]s?|mais lidas|più letti"
)
SECTION: Final = "section"
DISCUSSION: Final = "discussion"
_SECTION: Final = re.compile(rf"^\W*(?:{_POINTERS}|{_OTHERS})\W*$", re.IGNORECASE)
_DISCUSSION: Final = re.compile(rf"^\W*(?:{_DISCUSSIONS})\W*$", re.IGNORECASE)

_NETWORKS: Final = "twitter|facebook|instagram|whatsapp|telegram|youtube|linkedin|tiktok|mastodon|newsletter|@\\w{3}"
PLUG: Final = re.compile(  # a request to follow the publisher or the author, below an article or in it
    r"(?:^|[.!?:|\u2013\u2014\u2022]\s+)(?:Follow|(?:Like|Find|Join) us|Subscribe|Sign up|Folgen Sie|Folge|Folgt|Suivez"
    rf"|Síguenos|Siga|Sigue|Seguici|Volg|Följ|Obserwuj|Подписывайтесь|Подпишитесь)\b[^.!?]{{0,80}}(?i:{_NETWORKS})"
)
LABEL: Final = re.compile(
    r"^\W*(?:advertisement|anzeige|publicité|publicidad|annonce|reklama|share|tweet|pin it|print|e-?mail|comments?"
    r"|tags?|close|loading|like loading|back to top|image \d+ of \d+|posted in.{0,60}|filed under.{0,60}|credit|teilen"
    r"|drucken)\W*$",
    re.IGNORECASE,
)
DATE_LINE: Final = re.compile(
    r"^(?:published|updated|posted|submitted|created|last (?:updated|modified)|veröffentlicht|aktualisiert|erstellt"
    r"|stand|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|opublikowano|dodano|le|on)?"
    r"\W*(?:\d{1,2}:\d\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?\s)?(?:(?:on|am|le|el|at)\s+)?(?:\w{2,12}\W{1,3})?"
    r"(?:\d{1,2}[./\s-]{1,2}(?:\w{3,10}|\d{1,2})[./\s,-]{1,3}\d{2,4}|\w{3,10}\.? \d{1,2},? \d{4}|\d{4}-\d\d-\d\d)"
    r"[\s\w:.,|+-]{0,30}$",
    re.IGNORECASE,
)


def announced(title: str) -> str:
    """Tell what a title says of the text below it: that it is a DISCUSSION, another SECTION of the page, or nothing."""
    if _DISCUSSION.match(title):
        return DISCUSSION
    return SECTION if _SECTION.match(title) else ""
