"""Every limit of the program, one line and one reason each. Sizes are bytes, times are seconds."""

from typing import Final

# Fetching (RELIABILITY: httpx bounds nothing by itself)
MAX_BODY: Final = 16 * 1024 * 1024  # raw and decoded: no real feed or article page is larger
LARGE_BODY: Final = 2 * 1024 * 1024  # of larger ones a refresh holds one in memory; few feeds are larger
FETCH_DEADLINE: Final = 25.0  # the whole of one fetch, redirects and dripping servers included
CONNECT_TIMEOUT: Final = 10.0  # a host that does not answer in ten seconds is down
MAX_REDIRECTS: Final = 10  # more than any honest chain
MAX_FETCHES: Final = 16  # at once, over all hosts
MAX_FETCHES_PER_HOST: Final = 2  # at once: what browsers did when servers were weak
MAX_RETRY_AFTER: Final = 7 * 86_400  # a server may ask for a week, not for ever
HOST_GAP: Final = 0.5  # between two starts at one host in a refresh: thirty feeds of one host are no burst
HOST_HOLD: Final = 15 * 60  # for a host that is asked too often and does not say how long it wants to be left alone
MANY_UNREACHED: Final = 16  # hosts in a row that are unknown or silent, and no answer: no network, spare the rest
SILENT_TRIES: Final = 2  # at a host without an answer: then its other feeds need not wait for it too
HOST_SILENCE: Final = 60.0  # as long as that; a person who asks is never spared
SECRET_TIMEOUT: Final = 10.0  # for a command that gives a secret: a password manager that waits for a person
MAX_SECRET: Final = 4_096  # of a secret or a header that a person set: more is no password
MAX_IDLE: Final = 8  # connections kept open for a next request, over all hosts
MAX_HEAD: Final = 100 * 1024  # of an answer's header: real ones have a few kilobytes
MAX_INTERIM: Final = 10  # answers before the answer (RFC 9110 15.2): more is a flood
READ_AHEAD: Final = 128 * 1024  # of a body may wait here before the server has to
MAX_LOOKUPS: Final = 32  # of names at once: twice MAX_FETCHES, for some wait long for a "no" that nobody needs any more
NAME_KEPT: Final = 60.0  # an address is used so long without asking again: a host has many feeds
MAX_URL: Final = 4_096  # longer addresses are attacks or accidents

# Finding feeds
FIND_FEEDS: Final = 8  # candidates checked at once of one page: few sites name more
FIND_FETCHES: Final = 16  # in one search, beside the address itself: a few pages and the likely places
FIND_FURTHER: Final = 16  # candidates beyond FIND_FEEDS: sites that name a feed for each of their sections
FIND_FURTHER_TIME: Final = 9.0  # for those, which keep HOST_GAP: what was not checked by then is left out
LOST_FETCHES: Final = 8  # in looking for a lost feed, for which nobody waits: its page, the front page, likely places
FIND_DEADLINE: Final = 40.0  # the whole search: a person waits, and one slow server must not end it

# Schedule
MIN_INTERVAL: Final = 15 * 60  # nothing is asked more often by itself
OWN_INTERVALS: Final = (5 * 60, 30 * 86_400)  # that a person may set for a source: courtesy; rarer is forgotten
MAX_INTERVAL: Final = 24 * 3_600  # nothing is asked less often, unless it asked for that
DEFAULT_INTERVAL: Final = 60 * 60  # for a source of which nothing is known yet
FIRST_RETRY: Final = 30 * 60  # after one failure; doubled by each further one, up to MAX_INTERVAL
OFFLINE_PAUSE: Final = 60  # after finding no network: long enough for quiet, short enough to notice its return
NEVER: Final = 253_402_300_799  # 9999-12-31: when a source that is gone for good (410) is due
FRESH: Final = 15 * 60  # a source that was asked so lately is not asked again as the reader is opened
SILENT_FOR: Final = 30 * 86_400  # no source is called silent sooner: people go on holiday
CATALOGUE_SILENCE: Final = 180 * 86_400  # nothing new for so long, and nobody should be offered it
SILENT_GAPS: Final = 6  # of a source's usual time between two articles, and nothing new: it is called silent
REGULAR_ARTICLES: Final = 5  # with a date: fewer tell nothing about how often a source posts
LOOK_AGAIN: Final = 86_400  # between two searches for the new address of a lost feed
KNOWN_BY: Final = 100  # articles of a feed by which a lost source is recognised: months of most
LOOKS: Final = 20  # lost feeds looked for after one refresh: each takes several requests
MAX_HINT: Final = 6 * 3_600  # of Cache-Control and ttl: a forgotten "one year" must not silence a source
RECENT_ARTICLES: Final = 20  # so many of the newest tell how often a source posts
RHYTHM_ARTICLES: Final = 100  # so many tell at which hours it does

BURST: Final = 5  # further articles of one source in a row within a day: then they are one row, if that is wanted
FOLDED_MOST: Final = 4_000  # of the newest articles of a list are looked at for that: nobody scrolls further
QUIET_TIME: Final = 28 * 86_400  # a source that posted so few articles in so long is a quiet one
QUIET_ARTICLES: Final = 4
CAUGHT_UP_STORIES: Final = 20  # of the time away: as many as one reads at once
STORIES_BACK: Final = 100_000  # articles of a library of a time before stories that are placed: a minute of work
TOP_STORIES: Final = 100  # that are listed as such: more are not what matters
TOP_SOURCES: Final = 2  # independent ones, at least, of such a story; also of what is kept when one catches up
TOP_TIME: Final = 3 * 86_400  # after its last article a story is no top story any more

# Children (parsers that hang or eat memory are killed)
CHILD_DEADLINE: Final = 10.0  # of the processor, for one feed or page
CHILD_PATIENCE: Final = 6.0  # times as long by the clock: children give way to all else that a computer is busy with
CHILD_MEMORY: Final = 512 * 1024 * 1024  # address space of a child
MAX_CHILDREN: Final = 4  # at once, however many cores there are: with them all processes stay under 200 MB
CHILD_IDLE: Final = 30.0  # then it ends by itself
MAX_FRAME: Final = 256 * 1024 * 1024  # one job or answer: a feed of MAX_BODY in every shape fits well

# Feeds and articles
MAX_ARTICLES: Final = 5_000  # of one document: newest first, the rest is not taken in
MAX_TITLE: Final = 1_000  # characters in the library; screens cut earlier
MAX_SUMMARY: Final = 2_000  # characters of what the feed says by which an article is found on its page
MAX_NAME: Final = 300  # author, category, source title
MAX_DEPTH: Final = 200  # nested elements in a document we build: far above any page, far below the stack
MAX_NESTING: Final = 24  # lists and quotations inside each other; deeper ones are shown at this depth
MAX_ELEMENTS: Final = 40_000  # of a page in which the article is looked for: real ones have a tenth of it
MAX_SECOND_LOOK: Final = 10_000  # of a page that readability is asked about: its time grows with their square
MAX_PAGES: Final = 10  # of one article: the longest have six or seven, and picture galleries a hundred
PAGES_TIME: Final = 20.0  # then no further page of an article is begun: a person waits for it
MAX_ATTRIBUTES: Final = 200  # of one tag; libxml2 needs seconds for floods of them
MAX_TABLE_CELLS: Final = 20_000  # larger tables are data files
EARLIEST: Final = 631_152_000  # 1990-01-01: older dates are mistakes (DESIGN rule 5)
LATEST: Final = 4_102_444_800  # 2100-01-01: so are later ones in what comes from elsewhere
STUB_WORDS: Final = 120  # an article with fewer words is probably not the whole one
NO_TEXT: Final = 200  # characters: an extraction below this found nothing
COMBINING_MARKS: Final = 8  # on one base letter; more is an attack on the terminal

# Library
BUSY_TIMEOUT: Final = 10.0  # waiting for another process's write
MIGRATION_PATIENCE: Final = 120  # seconds for which one waits while another brings the library to a newer schema
BATCH_TIME: Final = 0.05  # one transaction of the worker, so that the person's writes get in between
INDEX_BATCH: Final = 2_000  # articles in one pass of the search index, if BATCH_TIME allows so many
SEARCH_TIME: Final = 0.03  # for the first results of a search: with painting them they are there within 50 ms
JOURNAL_DAYS: Final = 90  # undo reaches back this far
MAX_TAG: Final = 60  # characters of a tag
MAX_TAGS: Final = 32  # of one article: more are a pasted text
MAX_NOTE: Final = 10_000  # characters of a note to an article
MAX_PASSAGE: Final = 4_000  # characters of a highlighted passage: a page; it is found again by them
JOURNAL_STEP: Final = 2_000  # entries of an action in one transaction: half of BATCH_TIME
JOURNAL_SHOWN: Final = 1_000  # actions in one look at the journal: what is older is found by its words
RETENTION_GRACE: Final = 3_600  # after a change of what is kept nothing goes for so long: a slip can be taken back
RETENTION_EVERY: Final = 3_600  # between two looks through the library for what is to go
RETENTION_LOOK: Final = 1_000  # articles looked at in one step of that: a few milliseconds
RULES_MOST: Final = 500  # rules at once: each is asked about every article that comes in
RULES_SETTLED: Final = 2_000  # articles that a change of rules shows or hides again at once; the rest follows
RULES_STEP: Final = 500  # in one step of that: some BATCH_TIME
RULES_FULL_TEXT: Final = 7 * 86_400  # so long the full text is tried of articles for which a rule wants it
BACKUP_EVERY: Final = 3_600  # the backup of a day is made anew as often, if anything was done since
BACKUP_DAYS: Final = 7  # daily backups that are kept
BACKUP_WEEKS: Final = 4  # weekly ones before these: what was lost is mostly missed within a month
SALVAGE_TRIES: Final = 20_000  # at parts of a damaged library: some ten seconds, then it is enough
READ_BY_COPY: Final = 256 * 1024 * 1024  # an older library that takes no writes: copied at each start, in seconds
SALVAGE_WHOLE: Final = 200_000_000  # of a damaged library up to this all articles are looked for: half a minute
REMOVED_DAYS: Final = 30  # a removed source waits this long for its undo
FORMER_KEPT: Final = 10  # former versions of one edited article: some pages change at every look
MAX_NEW: Final = 2_000  # new articles of one fetch, for a source that has articles: more are a flood of invented guids
KNOWN_TOLD: Final = 1_000  # newest articles of a source that a child is told of, so that it passes over them; or
SMALL_ARTICLE: Final = 64  # one for so many bytes of a document: there is hardly a smaller one
TWINS_KEPT: Final = 4  # identities beside its own that lead to one article: some feeds invent new ones each time
SPOILT_KEPT: Final = 1_000  # guids of a source that are remembered as identities of nothing
SEARCH_RESULTS: Final = 20_000  # the newest of what a search finds that it lists: more nobody walks through
OPEN_CHECK_SIZE: Final = 32 * 1024 * 1024  # a library up to this is looked through for damage at each start: 10 ms
CACHE_BATCH: Final = 200  # articles of newsboat's cache in memory at once, and in one job of a child
CACHE_BATCH_SIZE: Final = 1024 * 1024  # characters of them: a few long articles are a batch too
SMART_COUNTED: Final = 1_000  # articles of a smart source that are counted one by one; of more it is said that they are
MAX_SMART: Final = 300  # smart sources: each costs a little at every change
CHANGES_KEPT: Final = 10_000  # rows; an instance that fell further behind reads everything anew

# The pipe between the reader and its worker
MAX_LINE: Final = 64 * 1024  # one JSON line; bodies go through the library
WORKER_BACKOFF: Final = (0.5, 1.0, 2.0, 5.0, 15.0, 60.0)  # before each restart of a worker that died

# What a site puts around its articles
SITE_PAGES: Final = 20  # of its last articles are remembered: a site changes its looks
SITE_BLOCKS: Final = 32  # blocks of each, at its ends
SITE_DAYS: Final = 180  # then they are forgotten: nobody reads that site any more
SITE_REPEATED: Final = 3  # other articles in which a block must have stood before it goes

# Language models
AI_PATIENCE: Final = (5, 120, 900)  # without a word of an answer: the least that can be set, the usual, the most
AI_TIME: Final = 1_800.0  # the whole of one answer: a small computer writes two words a second
AI_ANSWER: Final = 120_000  # characters: a book's chapter, and longer than any text that was sent
AI_BODY: Final = 16 * 1024 * 1024  # bytes of one: each word comes in some 200
AI_EVENT: Final = 1024 * 1024  # bytes of one event of a stream
AI_REFUSAL: Final = 64 * 1024  # bytes that are read of why there is no answer
AI_CHARACTERS: Final = (2_000, 24_000, 400_000)  # of a text that is sent: least, usual (6,000 tokens), most
AI_ARTICLES: Final = 60  # of a list that a question is about, and of a story
AI_LEAD: Final = 400  # characters of each of them
AI_QUESTION: Final = 2_000  # characters of what is asked
AI_PROMPT: Final = 16 * 1024  # bytes of a file with a prompt
AI_KEPT: Final = 2_000  # answers, the last ones
AI_DAYS: Final = 180  # and so long
AI_HOSTS: Final = 20  # to which the person lets text go: one has one or two
AI_MODELS: Final = 500  # names of models that a server may tell

# What the person set
MAX_CONFIG: Final = 256 * 1024  # bytes: a thousand times what anybody writes
MISTAKES_GUESSED: Final = 50  # in it, for which the nearest name is looked for: each takes two milliseconds
MAX_KEY_PARTS: Final = 64  # of one key: no setting has four, and for thousands tomllib takes minutes

# Comments
COMMENTS_FRESH: Final = 10 * 60  # seconds for which a discussion that is here is not asked for again by itself
DISCUSSION_DAYS: Final = 30  # then a discussion that was not asked for again goes, unless its article is kept
COMMENTS_NOWHERE: Final = 60 * 60  # seconds for which a page that names no comments is not looked through again
MAX_COMMENTS: Final = 5_000  # of one discussion that are kept: nobody walks through more
MAX_TALK: Final = 4 * MAX_BODY  # bytes of a discussion once unpacked: it came as one answer, or a few
MAX_COMMENT: Final = 50_000  # characters of the HTML of one: sites allow a fifth of it
COMMENT_DEPTH: Final = 100  # answers to answers; deeper ones stand at this depth: no discussion needs it
COMMENT_PLACES: Final = 3  # of the places to which an article leads that are asked, one after the other

# Categories
CATEGORIES_KNOWN: Final = 5_000  # of the newest articles: their categories are known when it is asked what was meant
CATEGORIES_SHOWN: Final = 8  # under a title, as far as one line has room for them
CATEGORY_WIDTH: Final = 28  # cells of one of them

# The digest
DIGEST_STORIES: Final = 10  # stories: more is no digest
DIGEST_TELLERS: Final = 6  # articles of a story that are read for its summary; all are named
DIGEST_BLOCKS: Final = 12  # blocks of each of these: what matters stands first
DIGEST_SENTENCES: Final = 3  # of a story
DIGEST_ALSO: Final = 10  # other articles, and DIGEST_FROM_ONE of one source at most: nobody fills it alone
DIGEST_FROM_ONE: Final = 2
DIGEST_LOOKED_AT: Final = 1_000  # newest articles from which these are chosen
DIGEST_SOURCES: Final = 50  # sources with something unread that are named
DIGEST_UNREAD: Final = 3  # unread articles of each that are named

# The terminal
LARGEST_SCREEN: Final = (2_000, 1_000)  # columns and lines: more than the largest has with the smallest letters

# The page
MEASURES: Final = (40, 120)  # cells to a line of an article: fewer break every sentence, more lose the eye

# Keys
MAX_COUNT: Final = 99_999  # before a command: nobody counts further, and every step costs something
MACRO_TIMES: Final = 100  # a macro in a row: it writes, where moving does not

# Several articles at once
SELECTED_MOST: Final = 10_000  # selected: what is done to them is one action, and done at once
BROWSER_MOST: Final = 10  # of them opened in a browser by one key: more windows are an accident

# What is typed
HISTORY_KEPT: Final = 200  # commands, and searches, that come back by ↑: months of most
MAX_TYPED: Final = 500  # characters of one of them: more is a pasted text

# Commands of the person's own
PIPE_PATIENCE: Final = 60.0  # seconds for one that is given an article: nobody sees it run
MAX_PRINTED: Final = 256 * 1024  # bytes of what it prints that are shown

# The log
LOG_SIZE: Final = 1024 * 1024  # then it is rotated, once
