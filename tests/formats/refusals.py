"""What is wrong with a file, and what is said about it, word for word.

Each row: what it is, what is written, and the problems, without the name of the file. A message
is part of what the library is: whoever changes one reads it here as a drafter would.
"""

# ruff: noqa: E501 - the messages stand here as they are printed, each problem on one line

from __future__ import annotations

# What stands after `name: ` in the fifth line of a plan, from column 11 on.
NAMES: dict[str, tuple[str, str]] = {
    "a second colon": (
        "Ministry: Justice",
        "5:19: A second ': ' stands here, where a text goes on. If the colon belongs to the text, put the whole text in quotes; if a new field begins here, begin it in the same column as the field above.",
    ),
    "an at sign": (
        "@x",
        "5:11: A value cannot begin with '@'. Put the text in quotes.",
    ),
    "a percent sign": (
        "%x",
        "5:11: A value cannot begin with '%'. Put the text in quotes.",
    ),
    "a backtick": (
        "`x",
        "5:11: A value cannot begin with '`'. Put the text in quotes.",
    ),
    "a star": (
        "*important*",
        "5:21: A value cannot begin with '&' or '*'. Put the text in quotes.",
    ),
    "a lone star": (
        "* x",
        "5:12: A value cannot begin with '&' or '*'. Put the text in quotes.",
    ),
    "an ampersand": (
        "&Co x",
        "5:11: '&Co' gives a name to what follows, to be used elsewhere; in a plan, every value is written out. Take it out. If it belongs to a text, put the whole text in quotes.",
    ),
    "an exclamation mark": (
        "!important notice",
        "5:11: '!important' tells programs what to make of the value; in a plan, everything is text. Take it out. If it belongs to a text, put the whole text in quotes.",
    ),
    "a template": (
        "{{ x }}",
        "5:12: A list or block stands here in place of a name. If it belongs to a text, put the whole text in quotes.",
    ),
    "braces": (
        "{a}",
        "5:11: 'name' is a block of fields, where text is wanted. Put the text in quotes.",
    ),
    "brackets": (
        "[a, b]",
        "5:11: 'name' is a list, where text is wanted. Write one, without brackets and dashes.",
    ),
    "an open brace": (
        "{a",
        "5:11: The '{' that opens here is not closed, or a comma is missing. Close it with '}', or put the text in quotes.",
    ),
    "an open bracket": (
        "[a",
        "5:11: The '[' that opens here is not closed, or a comma is missing. Close it with ']', or put the text in quotes.",
    ),
    "an open quote": (
        "'x",
        "5:11: The quote that opens here is never closed. Close it; an apostrophe inside single quotes is written twice ('').",
    ),
    "a backslash in double quotes": (
        '"C:\\Police"',
        "5:11: 'name' holds U+2029, a character that cannot be seen. Take it out; if a backslash has made it, write the backslash twice.",
    ),
    "text after a fold mark": (
        "> x",
        "5:13: After '|' or '>' nothing may follow on the same line. Begin the text on the next line, indented; or put it in quotes.",
    ),
    "a dash": (
        "- x",
        "5:11: A list entry ('- ') cannot begin here. Begin it on a line of its own; if the dash belongs to a text, put the text in quotes.",
    ),
    "a lonely comma": (
        "x\n    roles: [a, , b]",
        "6:16: Something is missing before this sign. Take out the doubled or lonely sign; if it belongs to a text, put the text in quotes.",
    ),
    "nothing": (
        "",
        "5:5: 'name' is written without a value. Write it such as 'name: Royal Police'.",
    ),
    "null": (
        "null",
        "5:5: 'name' is written without a value. Write it such as 'name: Royal Police'.",
    ),
    "a tilde": (
        "~",
        "5:5: 'name' is written without a value. Write it such as 'name: Royal Police'.",
    ),
    "a number sign": (
        "Unit #5",
        "5:16: From '#' on this counts as a comment, and is not read. If it belongs to the text, put the whole text in quotes; if it is a comment, put two spaces before the '#'.",
    ),
    "only a number sign": (
        "#5",
        "5:5: 'name' is written without a value. Write it such as 'name: Royal Police'.\n"
        "5:11: From '#' on this counts as a comment, and is not read. If it belongs to the text, put the whole text in quotes; if it is a comment, put two spaces before the '#'.",
    ),
    "a tab before the next field": (
        "x\n\tsector: hotline",
        "6:1: A tab stands here, where spaces are wanted. Indent with spaces; most editors can turn tabs into spaces.",
    ),
    "a tab in a block text": (
        "|\n\tx",
        "6:1: A tab stands here, where spaces are wanted. Indent with spaces; most editors can turn tabs into spaces.",
    ),
    "a field too far left": (
        "x\n   sector: hotline",
        "6:4: This line stands neither in the column of the fields above it nor in that of the list. Begin the fields of one item in the same column, and each new item with '- '.",
    ),
    "a field too far right": (
        "x\n      sector: hotline",
        "6:13: A second ': ' stands here, where a text goes on. If the colon belongs to the text, put the whole text in quotes; if a new field begins here, begin it in the same column as the field above.",
    ),
    "a line without a colon": (
        "x\n    sector hotline\n    level: local",
        "6:5: This line has no ': ' (a colon and a space) after its first word. Write 'field: value'; if the line goes on with the text above, indent it further.",
    ),
    "a no-break space after a colon": (
        "x\n    sector:\xa0hotline",
        "6:12: After 'sector:' stands U+00A0, a space of another kind, so that the field is not seen. Put an ordinary space.",
    ),
    "an escaped NUL": (
        '"a\\0"',
        "5:11: 'name' holds U+0000, a character that cannot be seen. Take it out; if a backslash has made it, write the backslash twice.",
    ),
    "an escaped ESC": (
        '"\\x1b[2J"',
        "5:11: 'name' holds U+001B, a character that cannot be seen. Take it out; if a backslash has made it, write the backslash twice.",
    ),
    "an escaped surrogate": (
        '"\\ud800"',
        "5:14: This number, after a backslash, is no character's. Write the character itself; or put the text in single quotes.",
    ),
    "an escaped override": (
        '"a\\u202eb"',
        "5:11: 'name' holds U+202E, a character that cannot be seen. Take it out; if a backslash has made it, write the backslash twice.",
    ),
    "an escaped non-character": (
        '"\\ufdd0"',
        "5:11: 'name' holds U+FDD0, a character that cannot be seen. Take it out; if a backslash has made it, write the backslash twice.",
    ),
    "NUL": (
        "a\x00b",
        "5:12: Here stands the character U+0000 (NUL), which no text has. The file may have been saved as 'Unicode text' or be damaged: save it as UTF-8.",
    ),
    "ESC": (
        "a\x1b[2Jb",
        "5:12: Here stands U+001B, a character that cannot be seen. Take it out.",
    ),
    "C1": (
        "a\x9bb",
        "5:12: Here stands U+009B, a character that cannot be seen. Take it out.",
    ),
    "NEL": (
        "a\x85b",
        "5:12: Here stands U+0085, a line break that many editors do not show. Take it out, or put an ordinary line break.",
    ),
    "a line separator": (
        "a\u2028b",
        "5:12: Here stands U+2028, a line break that many editors do not show. Take it out, or put an ordinary line break.",
    ),
    "an override": (
        "a\u202eb",
        "5:12: Here stands U+202E, a character that cannot be seen. Take it out.",
    ),
    "an isolate": (
        "a\u2066b",
        "5:12: Here stands U+2066, a character that cannot be seen. Take it out.",
    ),
    "a byte-order mark inside": (
        "a\ufeffb",
        "5:12: Here stands U+FEFF, a character that cannot be seen. Take it out.",
    ),
    "only spaces": (
        '"   "',
        "5:11: 'name' is empty. Write it, or take the line out.",
    ),
    "only a no-break space": (
        '"\xa0"',
        "5:11: 'name' is empty. Write it, or take the line out.",
    ),
    "too long a text": (
        "" + "y" * 2001 + "",
        "5:11: 'name' has 2,001 characters; 2,000 are allowed. Shorten it; more can stand under 'note'.",
    ),
    "a tag": (
        "!!str x",
        "5:11: '!!str' tells programs what to make of the value; in a plan, everything is text. Take it out. If it belongs to a text, put the whole text in quotes.",
    ),
    "a python tag": (
        "!!python/object/apply:os.system [ls]",
        "5:11: '!!python/object/apply:os.system' tells programs what to make of the value; in a plan, everything is text. Take it out. If it belongs to a text, put the whole text in quotes.",
    ),
    "a local tag": (
        "!foo x",
        "5:11: '!foo' tells programs what to make of the value; in a plan, everything is text. Take it out. If it belongs to a text, put the whole text in quotes.",
    ),
    "a full tag": (
        "!<tag:yaml.org,2002:str> x",
        "5:11: '!<tag:yaml.org,2002:str>' tells programs what to make of the value; in a plan, everything is text. Take it out. If it belongs to a text, put the whole text in quotes.",
    ),
    "a lone tag": (
        "! x",
        "5:11: '!' tells programs what to make of the value; in a plan, everything is text. Take it out. If it belongs to a text, put the whole text in quotes.",
    ),
    "an anchor": (
        "&a x",
        "5:11: '&a' gives a name to what follows, to be used elsewhere; in a plan, every value is written out. Take it out. If it belongs to a text, put the whole text in quotes.",
    ),
    "an alias to an anchor": (
        "&a x\n    note: *a",
        "5:11: '&a' gives a name to what follows, to be used elsewhere; in a plan, every value is written out. Take it out. If it belongs to a text, put the whole text in quotes.\n"
        "6:11: '*a' stands for something written elsewhere; in a plan, every value is written out. Write the value itself here; if the star belongs to a text, put the text in quotes.",
    ),
    "a doubled field": (
        "x\n    name: y",
        "6:5: 'name' is written twice: in line 5 and here. Keep one of the two.",
    ),
    "a merge key": (
        "x\n    <<: {note: y}",
        "6:5: '<<' copies fields from elsewhere; in a plan, every item is written out. Write the fields themselves here.",
    ),
    "a list as a key": (
        "x\n    ? [a]\n    : y",
        "6:7: A list or block stands here in place of a name. If it belongs to a text, put the whole text in quotes.",
    ),
    "a block as a key": (
        "x\n    ? {a: b}\n    : y",
        "6:7: A list or block stands here in place of a name. If it belongs to a text, put the whole text in quotes.",
    ),
    "a key of nothing": (
        "x\n    ~: y",
        "6:5: A field without a name stands here. Write its name.",
    ),
    "a second document": (
        "x\n---\nplan: x",
        "6:1: A second plan begins here, after '---'. Write one plan in one file: take out the line '---', or what follows it.",
    ),
}

# What stands below it, from line 6 and column 5 on.
FIELDS: dict[str, tuple[str, str]] = {
    "an unknown field": (
        "sectr: hotline",
        "6:5: 'sectr' is no field of an agency. Did you mean 'sector'?",
    ),
    "a field of another thing": (
        "from: police",
        "6:5: 'from' is no field of an agency. It is a field of a handoff: write it there.",
    ),
    "a field by its Python name": (
        "sender: police",
        "6:5: 'sender' is no field of an agency. Known: id, name, names, short, part_of, sector, roles, level, country, functions, supports, lacks, accepts, hours, coverage, means, capacity, network, interviews, charges_fee, since, until, note, sources.",
    ),
    "a word of no vocabulary": (
        "level: countrywide",
        "6:12: 'countrywide' is no level. Known: local, district, provincial, national, regional, international.",
    ),
    "a word of another vocabulary": (
        "sector: prosecute",
        "6:13: 'prosecute' is no sector. It is a pillar. Did you mean 'prosecution'?",
    ),
    "a word that a meaning has": (
        "sector: police",
        "6:13: 'police' is no sector. Perhaps 'law_enforcement' (police and specialised anti-trafficking units that detect, secure and investigate).",
    ),
    "a word of the field for two of ours": (
        "sector: Shelter",
        "6:13: 'Shelter' is no sector. Perhaps 'social_welfare' (social services, State shelters, case management) or 'ngo_service_provider' (civil-society outreach, shelters, legal and social help).",
    ),
    "a word of a long vocabulary": (
        "functions: [xyzzy]",
        "6:17: 'xyzzy' is no function. There are 88 words; 'interagency schema' lists them all.",
    ),
    "several words in one text": (
        "roles: detecting_agency, case_manager",
        "6:12: 'roles' is text, where a list is wanted. Write it as a list: [detecting_agency, case_manager].",
    ),
    "a list for one word": (
        "sector: [hotline]",
        "6:13: 'sector' is a list, where one word is wanted. Write one, without brackets and dashes.",
    ),
    "a block for a list": (
        "roles: {a: b}",
        "6:12: 'roles' is a block of fields, where a list is wanted. Write it as a list of words: [one, another].",
    ),
    "an empty entry": (
        "accepts:\n      -\n      - men",
        "7:8: This list ('accepts') has an entry with nothing in it. Write a word after the dash, or take the dash out.",
    ),
    "a word twice": (
        "accepts: [women, men, women]",
        "6:27: 'women' stands twice in 'accepts'. Take one out.",
    ),
    "a block for a text": (
        "note: {a: b}",
        "6:11: 'note' is a block of fields, where text is wanted. Put the text in quotes.",
    ),
    "a date with points": (
        "since: 30.6.2024",
        "6:12: '30.6.2024' is no date. Write 2024-06-30.",
    ),
    "a date that may be two": (
        "since: 5/6/2024",
        "6:12: '5/6/2024' is no date. Write a year (2024), a month (2024-06) or a day (2024-06-30).",
    ),
    "a day that is none": (
        "since: 2024-02-31",
        "6:12: There is no such date as '2024-02-31'. Write a year (2024), a month (2024-06) or a day (2024-06-30).",
    ),
    "a word for a date": (
        "since: last year",
        "6:12: 'last year' is no date. Write a year (2024), a month (2024-06) or a day (2024-06-30).",
    ),
    "an end before the beginning": (
        "since: 2024\n    until: 2021",
        "7:12: It ends ('until', '2021') before it begins ('since', '2024'). Correct one of the two dates.",
    ),
    "a small country code": (
        "country: th",
        "6:14: 'th' is no country code. Did you mean 'TH'? Write the two capital letters of ISO 3166-1, such as TH.",
    ),
    "a name for a country code": (
        "country: Thailand",
        "6:14: 'Thailand' is no country code. Write the two capital letters of ISO 3166-1, such as TH.",
    ),
    "a common wrong country code": (
        "country: UK",
        "6:14: 'UK' is no country code. Did you mean 'GB'? Write the two capital letters of ISO 3166-1, such as TH.",
    ),
    "no language tag": (
        "names: {thai language: x}",
        "6:13: 'thai language' is no language tag. Write it as BCP 47 does: en, th, zh-Hant.",
    ),
    "a language without a name": (
        "names: {th: }",
        "6:13: 'th' is written without a value. Write it such as 'names: {th: ตำรวจ}'.",
    ),
    "text for names": (
        "names: x",
        "6:12: 'names' is text, where a block of fields is wanted. Write it such as 'names: {th: ตำรวจ}'.",
    ),
    "a word for a number": (
        "capacity: forty",
        "6:15: 'forty' is no number that 'capacity' can hold. Write a whole number in digits, such as 40.",
    ),
    "a number below zero": (
        "capacity: -1",
        "6:15: '-1' is no number that 'capacity' can hold. Write a whole number in digits, such as 40.",
    ),
    "a huge number": (
        "capacity: " + "9" * 5000 + "",
        "6:15: '99999999999999999999999999999999999999999999999999999999999…' is no number that 'capacity' can hold. Write a whole number in digits, such as 40.",
    ),
    "a huge hexadecimal number": (
        "capacity: 0x" + "f" * 5000 + "",
        "6:15: '0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffff…' is no number that 'capacity' can hold. Write a whole number in digits, such as 40.",
    ),
    "neither yes nor no": (
        "interviews: perhaps",
        "6:17: 'perhaps' is neither yes nor no. Write 'interviews: yes' or 'interviews: no'; where it is not stated, leave it out.",
    ),
    "what it holds and lacks": (
        "functions: medical_care\n    lacks: medical_care",
        "7:12: The agency both holds and lacks 'medical_care'. Take it out of 'lacks', or out of 'functions' and 'supports'.",
    ),
    "an unknown parent": (
        "part_of: ministry",
        "6:14: There is no agency with the id 'ministry'. Known: a.",
    ),
    "a parent that is a participant": (
        "part_of: person",
        "6:14: 'part_of' is 'person', a participant, and no agency that has parts. Name the agency it is part of, or leave 'part_of' out.",
    ),
    "an unknown source": (
        "sources: [s1]",
        "6:15: There is no source with the id 's1'. There are none.",
    ),
    "spaces around a word": (
        "level: ' local '",
        "6:12: There are spaces around 'local'. Write 'local' without them.",
    ),
    "an id for a list of blocks": (
        "roles: [{a: b}]",
        "6:13: This entry of 'roles' is a block of fields, where one word is wanted. Put the text in quotes.",
    ),
}

# Whole files.
PLANS: dict[str, tuple[str, str]] = {
    "an empty file": (
        "",
        "1:1: The file is empty. Begin with 'format: 1' and 'plan:'.",
    ),
    "only a comment": (
        "# a plan\n",
        "1:1: The file is empty. Begin with 'format: 1' and 'plan:'.",
    ),
    "only a document mark": (
        "---\n",
        "1:1: The file is empty. Begin with 'format: 1' and 'plan:'.",
    ),
    "only text": (
        "Royal Police",
        "1:1: The whole file is one piece of text, where 'plan:', 'agencies:' and so on are wanted. Begin with 'format: 1' and 'plan:', each followed by a colon and a space.",
    ),
    "only a list": (
        "- a\n- b\n",
        "1:1: The whole file is a list, where 'plan:', 'agencies:' and so on are wanted. Begin with 'format: 1' and 'plan:', each followed by a colon and a space.",
    ),
    "a no-break space after the first field": (
        "plan:\xa0x\nagencies:\xa0y\n",
        "1:6: After 'plan:' stands U+00A0, a space of another kind, so that the field is not seen. Put an ordinary space.\n"
        "2:10: After 'agencies:' stands U+00A0, a space of another kind, so that the field is not seen. Put an ordinary space.",
    ),
    "no plan block": (
        "agencies: []\n",
        "1:1: The file has no 'plan' block. Add 'plan:' and, indented below it, 'id:', 'title:' and 'as_of:'.",
    ),
    "an empty plan block": (
        "plan:\n",
        "1:1: The plan block is empty. Write its fields, or take the line out.",
    ),
    "text for the plan block": (
        "plan: x\n",
        "1:7: The plan block is text, where a block of fields is wanted. Write each field on a line of its own, such as 'id: police'.",
    ),
    "another format": (
        "format: 2\nplan: {id: x, title: X, as_of: 2024}\n",
        "1:9: The file is of format '2'; this version reads format 1. Write 'format: 1', or read it with a newer version of interagency.",
    ),
    "missing fields": (
        "plan: {id: x}\n",
        "1:7: The plan block has no 'title'. Add a line such as 'title: National Action Plan'.\n"
        "1:7: The plan block has no 'as_of'. Add a line such as 'as_of: 2024'.",
    ),
    "a misspelt list": (
        "plan: {id: x, title: X, as_of: 2024}\nagency: []\n",
        "2:1: 'agency' is no field of the file. Known: format, plan, sources, agencies, handoffs, waivers.",
    ),
    "a text with a comma and no quotes": (
        "plan: {id: x, title: Fees, victims included, as_of: 2024}\n",
        "1:28: 'victims included' is no field of the plan block. If it belongs to the text before a comma, put that text in quotes.",
    ),
    "hours as people say them": (
        "plan: {id: x, title: X, as_of: 2024}\nagencies: [{id: a, name: A, hours: 24/7}]\n",
        "2:36: '24/7' is no answer to when it can be reached. Perhaps 'round_the_clock' (day and night, every day).",
    ),
    "text for a list": (
        "plan: {id: x, title: X, as_of: 2024}\nagencies: police\n",
        "2:11: 'agencies' is text, where a list is wanted. Begin each agency on a line of its own with '- ' (a dash and a space).",
    ),
    "a block for a list": (
        "plan: {id: x, title: X, as_of: 2024}\nagencies: {police: {name: Police}}\n",
        "2:11: 'agencies' is a block of fields, where a list is wanted. Begin each agency on a line of its own with '- ' (a dash and a space).",
    ),
    "text for an agency": (
        "plan: {id: x, title: X, as_of: 2024}\nagencies: [police, , ]\n",
        "2:20: Something is missing before this sign. Take out the doubled or lonely sign; if it belongs to a text, put the text in quotes.",
    ),
    "text and nothing for agencies": (
        "plan: {id: x, title: X, as_of: 2024}\nagencies:\n- police\n-\n",
        "3:3: This agency is text, where a block of fields is wanted. Write each field on a line of its own, such as 'id: police'.\n"
        "4:2: This agency is empty. Write its fields, or take the line out.",
    ),
    "a doubled list": (
        "plan: {id: x, title: X, as_of: 2024}\nagencies: [{id: a, name: A}]\nagencies: [{id: b, name: B}]\nhandoffs: [{from: b, to: b, pillars: protect, kind: referral}]\n",
        "3:1: 'agencies' is written twice: in line 2 and here. Put both under one 'agencies:'.",
    ),
    "a doubled key after NFC": (
        "plan: {id: x, title: X, as_of: 2024}\ncafé: 1\ncafé: 2\n",
        "2:1: 'café' is no field of the file. Known: format, plan, sources, agencies, handoffs, waivers.\n"
        "3:1: 'café' is written twice: in line 2 and here. Keep one of the two.",
    ),
    "a reserved id": (
        "plan: {id: x, title: X, as_of: 2024}\nagencies: [{id: person, name: X}]\n",
        "2:17: The id 'person' is reserved: person and public take part in every plan, and are no agencies. Take this agency out, or give it another id.",
    ),
    "an id with a space": (
        "plan: {id: my plan, title: X, as_of: 2024}\n",
        "1:12: The id 'my plan' holds a space. An id has letters, digits, - and _ only: write 'my-plan'.",
    ),
    "an id with a soft hyphen": (
        'plan: {id: "po\\xadlice", title: X, as_of: 2024}\n',
        "1:12: The id 'po\\xadlice' holds the character U+00AD. An id has letters, digits, - and _ only: write 'police'.",
    ),
    "an id with a zero-width space": (
        'plan: {id: "po\\u200blice", title: X, as_of: 2024}\n',
        "1:12: The id 'po\\u200blice' holds the character U+200B. An id has letters, digits, - and _ only: write 'police'.",
    ),
    "ids that look the same": (
        "plan: {id: x, title: X, as_of: 2024}\nagencies: [{id: police, name: A}, {id: Police, name: B}, {id: police, name: C}]\n",
        "2:40: The agency id 'Police' cannot be told from 'police' (line 2). Give one of them an id of its own.\n"
        "2:63: The agency id 'police' is there twice (line 2). Give one of them an id of its own.",
    ),
    "a web address without https": (
        "plan: {id: x, title: X, as_of: 2024}\nsources: [{id: s, title: S, url: www.x.org}]\n",
        "2:34: 'www.x.org' is no web address. Write it with https:// at its beginning and without spaces; a document that is not on the web has no 'url'.",
    ),
    "a script for a web address": (
        "plan: {id: x, title: X, as_of: 2024}\nsources: [{id: s, title: S, url: 'javascript:alert(1)'}]\n",
        "2:34: 'javascript:alert(1)' is no web address. Write it with https:// at its beginning and without spaces; a document that is not on the web has no 'url'.",
    ),
    "slips in one handoff": (
        "plan: {id: x, title: X, as_of: 2024}\nagencies: [{id: police, name: P}, {id: shelter, name: S}]\nhandoffs:\n  - form: polce\n    receiver: sheltr\n    pillar: protection\n    kind: referal\n    within: 24 hours\n    stay: ninety days\n    fallback: [police]\n    conditions: [rain]\n",
        "4:5: This handoff has no 'from'. Add a line such as 'from: police'.\n"
        "5:5: 'receiver' is no field of a handoff. Did you mean 'to'?\n"
        "5:15: There is no agency with the id 'sheltr'. Did you mean 'shelter'?\n"
        "6:5: 'pillar' is no field of a handoff. Did you mean 'pillars'?\n"
        "6:13: 'protection' is no pillar. Did you mean 'protect'?\n"
        "7:11: 'referal' is no kind of handoff. Did you mean 'referral'?\n"
        "8:13: 'within' is text, where a block of fields is wanted. Write it such as 'within: {max: PT24H}'.\n"
        "9:11: 'ninety days' is no length of time. Write PT24H for 24 hours, P15D for 15 days, P6W for 6 weeks.\n"
        "10:15: 'fallback' is a list, where one word is wanted. Write one, without brackets and dashes.\n"
        "11:18: 'rain' is no condition. Known: consent_given, reasonable_grounds, formal_identification, cooperates, case_opened, charge_laid, conviction, court_order, right_to_stay, immediate_danger, papers_missing, no_danger_of_return, government_request. A condition outside the list is written in words, under 'trigger'.",
    ),
    "what a handoff lacks": (
        "plan: {id: x, title: X, as_of: 2024}\nhandoffs:\n  - note: later\n  - {from: person, to: public, pillars: [], kind: }\n",
        "3:5: This handoff has no 'from'. Add a line such as 'from: police'.\n"
        "3:5: This handoff has no 'to'. Add a line such as 'to: shelter'.\n"
        "3:5: This handoff has no 'pillars'. Add a line such as 'pillars: [protect]'.\n"
        "3:5: This handoff has no 'kind'. Add a line such as 'kind: referral'.\n"
        "4:41: 'pillars' is an empty list. Write at least one of: prevent, protect or prosecute.\n"
        "4:45: 'kind' is written without a value. Write it such as 'kind: referral'.",
    ),
    "a limit in words": (
        "plan: {id: x, title: X, as_of: 2024}\nhandoffs:\n  - {from: person, to: public, pillars: [protect], kind: referral, within: {max: 24 hours, mx: 2}}\n",
        "3:82: '24 hours' is no length of time. Write PT24H.\n"
        "3:92: 'mx' is no field of a time limit ('within'). Did you mean 'max'?",
    ),
    "a field of the limit on the handoff": (
        "plan: {id: x, title: X, as_of: 2024}\nhandoffs:\n  - {from: person, to: public, pillars: [protect], kind: referral, max: PT24H}\n",
        "3:68: 'max' is no field of a handoff. It is a field of a time limit ('within'): write it there.",
    ),
    "a bad id and what refers to it": (
        "plan: {id: x, title: X, as_of: 2024}\nagencies:\n  - {id: one stop, name: O}\n  - {name: No id}\nhandoffs:\n  - {from: one stop, to: nameless, pillars: [protect], kind: referral}\nwaivers:\n  - {rule: dead-end, about: [one stop], because: so}\n",
        "3:10: The id 'one stop' holds a space. An id has letters, digits, - and _ only: write 'one-stop'.\n"
        "4:5: This agency has no 'id'. Add a line such as 'id: police'.\n"
        "6:12: The id 'one stop' holds a space. An id has letters, digits, - and _ only: write 'one-stop'.\n"
        "8:30: The id 'one stop' holds a space. An id has letters, digits, - and _ only: write 'one-stop'.",
    ),
    "an unknown thing in a waiver": (
        "plan: {id: x, title: X, as_of: 2024}\nagencies: [{id: police, name: P}]\nwaivers: [{rule: dead-end, about: [polcie], because: so}]\n",
        "3:36: There is no agency or handoff with the id 'polcie'. Did you mean 'police'?",
    ),
}

# Files that are no text, or no UTF-8.
BYTES: dict[str, tuple[bytes, str]] = {
    "no UTF-8": (
        b"plan:\n  title: caf\xe9\n",
        "2:13: Byte 19 of the file (0xE9) is no UTF-8. Save the file as UTF-8: in the editor's 'Save as', choose the encoding UTF-8.",
    ),
    "UTF-16 without a mark": (
        b"p\x00l\x00a\x00n\x00:\x00 \x00x\x00",
        "1:2: Here stands the character U+0000 (NUL), which no text has. The file may have been saved as 'Unicode text' or be damaged: save it as UTF-8.",
    ),
    "a workbook": (
        b"PK\x03\x04\x14\x00",
        "plan.yaml: This is a zip file, such as an Excel workbook or a Word document, and no plan file. Give the plan as a YAML or JSON file.",
    ),
    "an old document": (
        b"\xd0\xcf\x11\xe0\xa1\xb1",
        "plan.yaml: This is an old or password-protected Office document, and no plan file. Give the plan as a YAML or JSON file.",
    ),
    "a PDF": (
        b"%PDF-1.7\n",
        "plan.yaml: This is a PDF, and no plan file. Give the plan as a YAML or JSON file.",
    ),
    "a picture": (
        b"\x89PNG\r\n",
        "plan.yaml: This is a picture, and no plan file. Give the plan as a YAML or JSON file.",
    ),
    "a cut UTF-16 file": (
        b"\xff\xfep\x00l",
        "1:2: Byte 3 of the file (0x6C) is no UTF-16-LE. Save the file as UTF-8: in the editor's 'Save as', choose the encoding UTF-8.",
    ),
}

# Whole files in JSON.
JSON: dict[str, tuple[str, str]] = {
    "an empty file": (
        "",
        '1:1: The file is empty. Begin with {"format": 1, "plan": …}.',
    ),
    "YAML": (
        "plan: x",
        "1:1: A plan in JSON begins with '{'. Begin with '{'; a plan in YAML has a name that ends in .yaml.",
    ),
    "a list": (
        "[]",
        "1:1: A plan in JSON begins with '{'. Begin with '{'; a plan in YAML has a name that ends in .yaml.",
    ),
    "something after the end": (
        '{"plan": {"id": "x", "title": "X", "as_of": 2024}} x',
        "1:52: Something follows after the end of the plan. Take it out.",
    ),
    "a doubled key": (
        '{"plan": {"id": "x", "id": "y", "title": "X", "as_of": 2024}}',
        "1:22: 'id' is written twice: in line 1 and here. Keep one of the two, or put the contents of both into one.",
    ),
    "a doubled list": (
        '{"plan": {"id": "x", "title": "X", "as_of": 2024}, "agencies": [],\n "agencies": [] }',
        "2:2: 'agencies' is written twice: in line 1 and here. Keep one of the two, or put the contents of both into one.",
    ),
    "a doubled key in an item, with another spelling": (
        '{"plan": {"id": "x", "title": "X", "as_of": 2024}, "agencies": [{"id": "a", "\\u0069d": "b", "name": "A"}]}',
        "1:77: 'id' is written twice: in line 1 and here. Keep one of the two, or put the contents of both into one.",
    ),
    "a comma before the end": (
        '{"plan": {"id": "x", "title": "X", "as_of": 2024},}',
        "1:51: The name of a field in double quotes is wanted here. Put the name in double quotes; take out a comma before a closing bracket.",
    ),
    "a comma before the end of a list": (
        '{"plan": {"id": "x", "title": "X", "as_of": 2024}, "agencies": [1,]}',
        "1:67: ']' stands here, where a value is wanted. Write a value, or take out the comma or colon before it.",
    ),
    "no comma": (
        '{"plan": {"id": "x" "title": "X"}}',
        "1:21: A comma or '}' is missing here. Put a comma between two entries, and '}' after the last.",
    ),
    "no colon": (
        '{"plan" {}}',
        "1:9: A colon is missing here. Write it after the name.",
    ),
    "single quotes": (
        "{'plan': {}}",
        "1:2: The name of a field in double quotes is wanted here. Put the name in double quotes; take out a comma before a closing bracket.",
    ),
    "no quotes": (
        '{"plan": {"id": thailand, "title": "X", "as_of": 2024}}',
        "1:17: 'thailand' stands without quotes. Put text in double quotes.",
    ),
    "Python's words": (
        '{"plan": {"id": "x", "title": None, "as_of": 2024}}',
        "1:31: 'None' stands without quotes. Put text in double quotes.",
    ),
    "NaN": (
        '{"plan": {"id": "x", "title": "X", "as_of": NaN}}',
        "1:45: 'NaN' is no number that a plan can hold. Put text in double quotes; a number has a few digits.",
    ),
    "minus infinity": (
        '{"plan": {"id": "x", "title": "X", "as_of": -Infinity}}',
        "1:45: '-Infinity' is no number that a plan can hold. Put text in double quotes; a number has a few digits.",
    ),
    "a huge number": (
        '{"plan": {"id": "x", "title": "X", "as_of": ' + "1" * 5000 + "}}",
        "1:45: '11111111111111111111111111111111111111111111111111111111111…' is no number that a plan can hold. Put text in double quotes; a number has a few digits.",
    ),
    "a huge exponent": (
        '{"plan": {"id": "x", "title": "X", "as_of": 1e999999999999999999}}',
        "1:45: '1e999999999999999999' is no number that a plan can hold. Put text in double quotes; a number has a few digits.",
    ),
    "a fraction for a year": (
        '{"plan": {"id": "x", "title": "X", "as_of": 2024.5}}',
        "1:45: '2024.5' is no date. Write a year (2024), a month (2024-06) or a day (2024-06-30).",
    ),
    "a leading zero": (
        '{"plan": {"id": "x", "title": "X", "as_of": 02024}}',
        "1:45: '02024' stands without quotes. Put text in double quotes.",
    ),
    "a number for text": (
        '{"plan": {"id": "x", "title": 5, "as_of": 2024}}',
        "1:31: 'title' is a number, where text is wanted. Put it in quotes: \"5\".",
    ),
    "true for text": (
        '{"plan": {"id": "x", "title": true, "as_of": 2024}}',
        "1:31: 'title' is true or false, where text is wanted. Put it in quotes: \"true\".",
    ),
    "null for text": (
        '{"plan": {"id": "x", "title": null, "as_of": 2024}}',
        "1:22: 'title' is written without a value. Write it such as 'title: National Action Plan'.",
    ),
    "an open text": (
        '{"plan": {"id": "x',
        "1:17: The quote that opens here is never closed. Close it.",
    ),
    "a line break in a text": (
        '{"plan": {"id": "x\ny"}}',
        "1:19: A text goes on over the end of its line here, or holds a tab. Close the quote on the same line; write \\n for a new line and \\t for a tab.",
    ),
    "an unknown escape": (
        '{"plan": {"id": "\\q"}}',
        "1:18: A backslash changes the letter after it, and this one is not known. Write the backslash twice.",
    ),
    "a lone surrogate": (
        '{"plan": {"id": "x", "title": "\\ud800", "as_of": 2024}}',
        "1:31: 'title' holds half a character (a lone surrogate). Write the character itself, in place of its number.",
    ),
    "an escaped NUL": (
        '{"plan": {"id": "x", "title": "a\\u0000", "as_of": 2024}}',
        "1:31: 'title' holds U+0000, a character that cannot be seen. Take it out; if a backslash has made it, write the backslash twice.",
    ),
    "a file that ends early": (
        '{"plan": {"id": ',
        "1:17: The file ends here, where a value is wanted. Write a value, or take out the comma or colon before it.",
    ),
    "a comment": (
        '{"plan": {} // x\n}',
        "1:13: A comma or '}' is missing here. Put a comma between two entries, and '}' after the last.",
    ),
    "a raw override": (
        '{"plan": {"id": "x\u202e"}}',
        "1:19: Here stands U+202E, a character that cannot be seen. Take it out.",
    ),
    "slips": (
        '{"plan": {"id": "x", "title": "X", "as_of": 2024},\n "agencies": [{"id": "a", "nam": "A"}],\n "handoffs": [{"from": "a", "to": "b", "pillars": "protect", "kind": "referal"}]}',
        "2:27: 'nam' is no field of an agency. Did you mean 'name'?\n"
        "3:35: There is no agency with the id 'b'. Known: a, person, public.\n"
        "3:70: 'referal' is no kind of handoff. Did you mean 'referral'?",
    ),
}
