"""The command line: words to calls, results to exit statuses.

Exit status: 0 nothing at or above the failing severity; 1 findings, or a rule that fell over;
2 it could not be done; 130 interrupted.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

from interagency import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from interagency.api import Audit
    from interagency.charts import Chart
    from interagency.charts.emit.svg import SvgKind
    from interagency.config import Settings
    from interagency.engine import Rule
    from interagency.graph import PlanGraph
    from interagency.plugins import Loaded

    Word = click.ParamType[str]
else:
    Word = click.ParamType  # older releases take no type argument when they run

SEVERITIES = ("low", "medium", "high", "critical")
PILLARS = ("prevent", "protect", "prosecute")
FORMS = ("text", "json", "markdown", "sarif", "junit", "csv")
CHART_VIEWS = ("ladder", "lanes", "matrix", "functions", "pathway", "map")
PAGES = (
    *("a4", "a4-portrait", "a3", "a3-portrait"),
    *("letter", "letter-portrait", "slide", "slide-portrait"),
)
CHART_FORMS = ("svg", "pdf", "png", "html", "text")
EXPORTS = {  # a plan as text for other programs, and the endings that ask for it
    "mermaid": (".mmd", ".mermaid"),
    "mermaid-flowchart": (),
    "plantuml": (".puml", ".plantuml"),
    "drawio": (".drawio",),
    "bpmn": (".bpmn",),
    "graphml": (".graphml",),
    "dot": (".dot", ".gv"),
    "json": (".json",),
}
LANES = ("sector", "agency")
SVG_KINDS = ("web", "plain", "office")
DEMO_FOLDER = "interagency-demo"
COMPLETING = "_INTERAGENCY_COMPLETE"


def main() -> NoReturn:
    """Run the command line and leave with its exit status; no traceback ever reaches a user."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(_guarded())


def _guarded() -> int:
    if sys.stdout is None:
        return _complain("Standard output is closed. Open it, or send it to a file.")
    try:
        status = commands.main(prog_name="interagency", standalone_mode=False)
        sys.stdout.flush()
    except SystemExit:  # click leaves so when a pipe is closed, and when it has completed a word
        if COMPLETING in os.environ:
            raise
        _hush()
        return 0
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        _hush()
        return 0
    except Exception as wrong:  # the last door: whatever happens, a sentence and exit status 2
        return _complain(_told(wrong))
    return status if isinstance(status, int) else 0


def _told(wrong: Exception) -> str:
    from interagency.errors import InteragencyError

    if isinstance(wrong, click.ClickException):
        return _usage(wrong)
    if isinstance(wrong, InteragencyError):
        return str(wrong)
    if isinstance(wrong, OSError):
        _hush()
        return f"The output could not be written: {wrong.strerror or wrong}."
    if isinstance(wrong, RecursionError):
        return "This is nested too deep to be a plan."
    if isinstance(wrong, MemoryError):
        return "There is not enough memory for this."
    if os.environ.get("INTERAGENCY_DEBUG"):
        raise wrong
    return (
        f"This is a fault in interagency itself ({type(wrong).__name__}: {wrong}). "
        "Please report it; INTERAGENCY_DEBUG=1 shows where."
    )


def _complain(text: str) -> int:
    with contextlib.suppress(OSError, ValueError):
        click.echo(text, err=True)
    return 2


def _usage(wrong: click.ClickException) -> str:
    """What click says about wrong use, with nothing in it that a terminal would obey."""
    from interagency.files import shown

    told = io.StringIO()
    wrong.show(file=told)
    return "\n".join(shown(line) if line else "" for line in told.getvalue().splitlines())


def _hush() -> None:
    """Give standard output somewhere to go, so that leaving does not try to write to it again."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


class Plan(Word):
    """A plan file, ``-``, or the name of a bundled plan; completes both."""

    name = "plan"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Bundled plans that begin so, and files."""
        from click.shell_completion import CompletionItem

        from interagency import catalogue

        names = [CompletionItem(n) for n in catalogue.plan_names() if n.startswith(incomplete)]
        return [*names, CompletionItem(incomplete, type="file")]


class RuleName(Word):
    """The name or code of a rule, or a requirement's id."""

    name = "rule"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Rules whose name or code begins so."""
        from click.shell_completion import CompletionItem

        from interagency.rules import BUILT_IN

        words = [w for r in BUILT_IN for w in (r.name, r.code)]
        return [CompletionItem(w) for w in words if w.lower().startswith(incomplete.lower())]


class Look(NamedTuple):
    """What of which plan is looked at."""

    plan: str
    as_of: str | None
    pillars: tuple[str, ...]
    groups: tuple[str, ...]
    agencies: tuple[str, ...]

    def graph(self) -> PlanGraph:
        """The view of the plan that was asked for."""
        from interagency import load
        from interagency.errors import UnknownName
        from interagency.vocabulary import Group

        graph = load(self.plan)
        if self.as_of is not None:
            try:
                graph = graph.as_of(self.as_of)
            except ValueError as reason:
                told = f"{self.as_of!r} is no date: {reason}."
                raise click.BadParameter(told, param_hint="--as-of") from None
        if self.pillars:
            graph = graph.only(*map(str.lower, self.pillars))
        for group in self.groups:
            try:
                graph = graph.for_group(group.replace("-", "_").lower())
            except ValueError:
                raise UnknownName("group", group, [g.value for g in Group]) from None
        return graph.focus(*self.agencies) if self.agencies else graph


class Sources(NamedTuple):
    """Whose rules there are."""

    rule_files: tuple[str, ...] = ()
    no_plugins: bool = False

    def known(self) -> Loaded:
        """The built-in rules and those of others."""
        from interagency import plugins, rules
        from interagency.files import read_bytes

        for path in self.rule_files:
            read_bytes(path)  # a name that is misspelt is told before anything is asked
        mine = [plugins.from_file(path) for path in self.rule_files]
        theirs = [] if self.no_plugins else [plugins.installed()]
        return plugins.together(rules.BUILT_IN, *mine, *theirs)

    def rules(self) -> tuple[Rule, ...]:
        """The same rules, once it was told which could not be loaded."""
        known = self.known()
        for crash in known.crashes:
            click.echo(f"{crash.rule} could not be loaded: {crash.reason}.", err=True)
        return known.rules


class Choice(NamedTuple):
    """Which rules are asked."""

    selected: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    preset: str | None = None
    config: str | None = None
    rule_files: tuple[str, ...] = ()
    no_plugins: bool = False

    def made(self) -> Asked:
        """The rules of the file of settings and of the command line, and what chose them."""
        from interagency.errors import InteragencyError, InvalidSettings

        known = Sources(self.rule_files, self.no_plugins).known()
        settings, words = _settings(self)
        try:
            rules = settings.chosen(known.rules)
        except InteragencyError as fault:
            if _settings_file(self) is None:
                raise
            raise InvalidSettings(f"{fault}\nAsked for by {words}.") from None
        if not rules or (self.selected and not _split(self.selected)):
            raise click.UsageError("No rule is left to ask. Look at --select and --ignore.")
        return Asked(rules, known, settings, words)


class Asked(NamedTuple):
    """The rules to ask, and whence they come."""

    rules: tuple[Rule, ...]
    known: Loaded
    settings: Settings
    words: str

    def about(self, graph: PlanGraph, **options: Any) -> Audit:
        """The audit of a plan by these rules, with what could not be loaded of them."""
        from interagency import audit

        result = audit(graph, self.rules, **options)
        return result.with_crashes(self.known.crashes).set_by(self.words)


class Picture(NamedTuple):
    """How a chart is drawn, and with which words around it."""

    view: str
    no_gaps: bool
    questions: int
    suggestions: bool
    page: str
    lanes: str | None
    title: str | None
    number: str | None
    numbering: str | None
    no_numbers: bool
    source: str | None
    language: str | None

    def checked(self) -> Picture:
        """The same, with its words as they can be written.

        Raises:
            click.UsageError: two options do not go together, or a text cannot be written.
        """
        if self.suggestions and self.no_gaps:
            raise click.UsageError(
                "--suggestions close gaps, and --no-gaps leaves them out: choose."
            )
        if self.lanes and self.view != "lanes":
            raise click.UsageError("--lanes says what makes a lane: it goes with --view lanes.")
        if self.numbering and self.no_numbers:
            raise click.UsageError(
                "--numbering counts, and --no-numbers leaves numbers out: choose."
            )
        return self._replace(
            title=_line(self.title, "--title"),
            number=_line(self.number, "--number"),
            numbering=_line(self.numbering, "--numbering"),
            source=_line(self.source, "--source"),
        )

    @property
    def first(self) -> str | int | None:
        """The number of the first handoff; None where there are no numbers."""
        return None if self.no_numbers else self.numbering or 1

    def drawn(self, what: PlanGraph | Audit) -> Chart:
        """The chart of a plan, or of its audit."""
        from interagency import chart

        return chart(
            what,
            view=self.view,
            page=self.page,
            lanes=self.lanes or LANES[0],
            title=self.title,
            number=self.number or "",
            source=self.source,
            language=self.language,
            numbering=self.first,
            questions=self.questions,
            suggestions=self.suggestions,
        )

    def exported(self, graph: PlanGraph, result: Audit | None, form: str) -> str:
        """The plan as text for another program."""
        from interagency import charts
        from interagency.api import ToDraw, to_draw

        if self.view != "ladder":
            raise click.UsageError(f"--view is for pictures; {form} holds the whole plan.")
        what = ToDraw(graph)
        if result is not None:
            what = to_draw(result, self.questions, suggestions=self.suggestions)
        count = charts.numbering(self.first)
        titled = _titled(what.graph, self.title)
        return charts.EXPORTS[form].write(titled, what.findings, self.language, count)


def _tag(_: click.Context, __: click.Parameter, tag: str | None) -> str | None:
    """What somebody gave as a language, where it can be one."""
    import re

    from interagency.model import LANGUAGE_TAG

    if tag is None or re.fullmatch(LANGUAGE_TAG, tag.replace("_", "-")):
        return tag
    raise click.BadParameter(f"{tag!r} is no language tag. Write one such as th, my or pt-BR.")


_LOOK = (
    click.argument("plan", type=Plan()),
    click.option("--as-of", metavar="DATE", help="The state at the end of a year, month or day."),
    click.option(
        "--pillar",
        "pillars",
        multiple=True,
        type=click.Choice(PILLARS, case_sensitive=False),
        help="Only handoffs that serve this pillar; may be repeated.",
    ),
    click.option(
        "--group",
        "groups",
        multiple=True,
        metavar="GROUP",
        help="Only what is open to these people (children, men, foreign_nationals ...); "
        "repeated: to a person who is all of these.",
    ),
    click.option(
        "--focus",
        "agencies",
        multiple=True,
        metavar="AGENCY",
        help="Only this agency and its neighbours, by its id; may be repeated.",
    ),
)
_SOURCES = (
    click.option(
        "--rules",
        "rule_files",
        multiple=True,
        metavar="FILE",
        help="The rules in this Python file as well (it is run); may be repeated.",
    ),
    click.option("--no-plugins", is_flag=True, help="Without the rules of installed packages."),
)
_CHOICE = (
    click.option(
        "--select",
        "selected",
        multiple=True,
        type=RuleName(),
        help="Only these rules, by name or code, whatever the settings say; may be repeated, or "
        "joined by commas.",
    ),
    click.option(
        "--ignore",
        "ignored",
        multiple=True,
        type=RuleName(),
        help="All but these rules, and those that the settings ignore.",
    ),
    click.option(
        "--preset",
        metavar="NAME",
        help="essential (what is critical), recommended (and what is high), all, or the rules "
        "that rest on a standard: palermo, cets197 ...",
    ),
    click.option(
        "--config",
        metavar="FILE",
        help="Settings; by default interagency.toml of this folder or one above it. Options "
        "of the command line go before them.",
    ),
    *_SOURCES,
)

_PICTURE = (
    click.option(
        "--view",
        type=click.Choice(CHART_VIEWS),
        default="ladder",
        show_default=True,
        help="The kind of chart: ladder, lanes, matrix (from whom to whom), functions (who holds "
        "which), pathway (one person's journey; see --group), map.",
    ),
    click.option("--no-gaps", is_flag=True, help="Draw the plan alone, without findings."),
    click.option(
        "--questions",
        type=click.IntRange(0, 1000),
        default=8,
        show_default=True,
        help="How many of the troubles that the sources leave open to draw, the first ones.",
    ),
    click.option(
        "--suggestions",
        is_flag=True,
        help="Draw the handoffs that would close what is drawn as well: proposals, dotted.",
    ),
    click.option(
        "--page",
        type=click.Choice(PAGES),
        default="a4",
        show_default=True,
        help="The paper, or a slide; it lies on its side unless it says portrait.",
    ),
    click.option(
        "--lanes",
        type=click.Choice(LANES),
        help="Of the view lanes: a lane for each sector (the default), or for each agency.",
    ),
    click.option("--title", help="The title; the plan's when left out."),
    click.option("--number", metavar="TEXT", help='Of the chart in a report, as in "Chart 2b".'),
    click.option(
        "--numbering",
        metavar="FIRST",
        help="The number of the first handoff, from which the others are counted: 15, 2.1, A-01. "
        "What is missing, not stated, planned or proposed keeps its letters and signs.",
    ),
    click.option(
        "--no-numbers",
        is_flag=True,
        help="Draw the ladder without numbers. The other views tell by them what is handed on.",
    ),
    click.option(
        "--source",
        metavar="TEXT",
        help="The note at the foot; made of the plan and the audit when left out.",
    ),
    click.option(
        "--language",
        metavar="TAG",
        callback=_tag,
        help="Draw in that language (th, ar): what the chart says, and names where the plan has "
        "them.",
    ),
)


def _declared(
    name: str, kind: type[Look | Choice | Sources | Picture], options: Iterable[Callable[..., Any]]
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare options for a command, which gets their values together, under this name."""

    def declare(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def called(**values: Any) -> Any:
            own = {field: values.pop(field) for field in kind._fields}
            return command(**{name: kind(**own)}, **values)

        for option in reversed(tuple(options)):
            called = option(called)
        return called

    return declare


_looks = _declared("look", Look, _LOOK)
"""A command with a plan, and with the options that choose what of it is looked at."""
_sourced = _declared("sources", Sources, _SOURCES)
"""A command with the options that bring rules of others."""
_chooses = _declared("choice", Choice, _CHOICE)
"""A command with the options that choose rules."""
_draws = _declared("picture", Picture, _PICTURE)
"""A command with the options that say how a chart is drawn."""


def _settings_file(choice: Choice) -> str | Path | None:
    return choice.config or _found_upward("interagency.toml")


def _settings(choice: Choice) -> tuple[Settings, str]:
    """The settings of the file with what the command line says before them; and both in words."""
    from interagency.config import Settings, settings
    from interagency.files import read_bytes, shown

    path = _settings_file(choice)
    found = Settings()
    if path is not None:
        found = settings(read_bytes(path).decode("utf-8", "replace"), str(path))
    found = found.overruled(
        select=_split(choice.selected),
        ignore=_split(choice.ignored),
        preset=choice.preset.lower() if choice.preset is not None else None,
    )
    words = found.words
    if path is not None:
        words = f"{shown(Path(path).name)}: {words or 'changes nothing'}"
    return found, words


def _split(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w.strip() for name in names for w in name.split(",") if w.strip())


def _found_upward(name: str) -> Path | None:
    with contextlib.suppress(OSError):
        here = Path.cwd()
        for folder in (here, *here.parents):
            if (folder / name).is_file():
                return folder / name
    return None


def _coloured(when: str) -> bool:
    if when != "auto":
        return when == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and sys.stdout.isatty()


def _put(text: str, output: str | None) -> tuple[Path, ...]:
    """Write text to a file and say where, or to standard output."""
    if output is None or output == "-":
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:  # who reads has what it wanted; the exit status still counts
            _hush()
        return ()
    from interagency.files import write_whole

    return (write_whole(output, text.encode("utf-8")),)


def _keep(read: Sequence[str | None], *outputs: str | Path | None) -> None:
    """Refuse to write over what is read (the plan first), and two things to one file."""
    from interagency.files import shown

    plan, *others = map(_real, read)
    seen: set[Path] = set()
    for output in outputs:
        target = _real(output)
        if output is None or target is None:
            continue
        if target == plan:
            raise click.UsageError(f"{shown(output)} is the plan itself. Name another file.")
        if target in others:
            raise click.UsageError(f"{shown(output)} is read as well. Name another file.")
        if target in seen:
            raise click.UsageError(f"{shown(output)} cannot hold two things. Name two files.")
        seen.add(target)


def _real(name: str | Path | None) -> Path | None:
    """The file that is meant; none on the screen, and none that the system cannot name."""
    if name is None or name == "-":
        return None
    with contextlib.suppress(OSError, ValueError, RuntimeError):
        return Path(name).resolve()
    return None


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with: interagency audit thailand",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def commands() -> None:
    """Audit and draw how a state's agencies work together against trafficking in persons.

    PLAN is a plan file (YAML or JSON), - for standard input, or the name of a bundled plan (see:
    interagency catalogue).

    Exit status: 0 nothing at or above the failing severity, 1 findings, 2 it could not be done.
    """


@commands.command()
@_looks
@_chooses
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="How to tell it; by the ending of FILE when left out, else as text.",
)
@click.option(
    "--fail-on",
    type=click.Choice((*SEVERITIES, "never"), case_sensitive=False),
    help="The least severity, of gaps and of questions, that makes the exit status 1. "
    "[default: low]",
)
@click.option(
    "--suggest",
    metavar="FILE",
    help="Write the handoffs that would close what was found, ready to be pasted into the plan.",
)
@click.option(
    "--baseline", metavar="FILE", help="Fail only on what is new since, or has vanished from it."
)
@click.option("--write-baseline", metavar="FILE", help="Keep what is found now as the baseline.")
@click.option("--brief", is_flag=True, help="As text: a line for each trouble, and no more.")
@click.option("--no-waivers", is_flag=True, help="Tell what the plan waives as well.")
@click.option(
    "--color",
    "colour",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help="Terminal colours.",
)
@click.option("-o", "--output", metavar="FILE", help="Write there instead of the screen.")
def audit(
    look: Look,
    choice: Choice,
    form: str | None,
    brief: bool,
    fail_on: str | None,
    suggest: str | None,
    baseline: str | None,
    write_baseline: str | None,
    no_waivers: bool,
    colour: str,
    output: str | None,
) -> int:
    """Look for gaps and missing handoffs in PLAN.

    \b
    interagency audit thailand
    interagency audit thailand --as-of 2021 --pillar protect
    interagency audit plan.yaml --format json -o findings.json
    interagency audit plan.yaml --suggest proposals.yaml
    """
    from interagency import reports

    if write_baseline == "-":
        raise click.UsageError("A baseline is kept in a file. Name one with --write-baseline.")
    held = None if baseline == write_baseline else baseline
    _keep((look.plan, choice.config, held, *choice.rule_files), output, suggest, write_baseline)
    form = _told_as(output, AUDIT_ENDINGS, form)
    if brief and form != "text":
        raise click.UsageError(f"--brief is for text; as {form} the audit is told in full.")
    before = _text_of(baseline)
    asked = choice.made()
    today = datetime.date.today()
    result = asked.about(look.graph(), waivers=not no_waivers, today=today)
    if form == "text":
        paint = output is None and _coloured(colour)
        _put(reports.text(result, colour=paint, brief=brief), output)
    else:
        _put(reports.REPORTS[form](result), output)
    if suggest is not None:
        from interagency import suggestions

        answered = [outcome.rule for outcome in result.outcomes]
        proposals = suggestions.suggest(result.graph, result.findings, answered)
        _put(suggestions.fragment(result.graph, proposals), suggest)
    level = fail_on or asked.settings.fail_on or "low"
    if before is not None and baseline == write_baseline:
        from interagency.baseline import baseline as kept

        before = kept(result.findings, result.graph.plan.facts.id)
    return _status(result, level.lower(), before, write_baseline)


def _text_of(path: str | None) -> str | None:
    from interagency.files import read_bytes

    return None if path is None else read_bytes(path).decode("utf-8", "replace")


AUDIT_ENDINGS = {
    ".txt": "text",
    ".json": "json",
    ".md": "markdown",
    ".sarif": "sarif",
    ".xml": "junit",
    ".csv": "csv",
}
COVERAGE_ENDINGS = {".txt": "text", ".json": "json", ".csv": "csv"}


def _told_as(output: str | None, endings: Mapping[str, str], form: str | None) -> str:
    """The form that is asked for: by name, else by the ending of the file."""
    if form is not None:
        _check_ending(output, form, endings)
        return form
    if output is None or output == "-":
        return "text"
    ending = Path(output).suffix.lower()
    if ending not in endings:
        known = ", ".join(endings)
        raise click.BadParameter(
            f"{output!r} has no ending that says what to write. Name it {known}, or add --format.",
            param_hint="-o",
        )
    return endings[ending]


_GENERAL = {"text": (), "json": ("sarif",)}
"""Forms whose ending others may have as well: a text is called .txt, and SARIF is JSON."""


def _check_ending(output: str | None, form: str, endings: Mapping[str, str]) -> None:
    """Refuse a name that promises another form than the one that was asked for."""
    if output is None or output == "-":
        return
    ending = Path(output).suffix.lower()
    promised = endings.get(ending, form)
    if promised not in ("text", form) and form not in _GENERAL.get(promised, ()):
        fitting = " or ".join(e for e, told in endings.items() if told == form)
        raise click.UsageError(
            f"{output!r} ends as {promised} does, and --format says {form}. "
            f"Name it {fitting}, or leave --format out."
        )


def _status(
    result: Audit, fail_on: str, before: str | None = None, write_baseline: str | None = None
) -> int:
    from interagency import baseline as ratchet
    from interagency.engine import Severity
    from interagency.files import write_whole

    if not result.assessed:
        click.echo("Nothing was assessed, so nothing was found in order either.", err=True)
        return 2
    least = None if fail_on == "never" else Severity(fail_on)
    plan = result.graph.plan.facts.id
    if write_baseline is not None:
        kept = ratchet.baseline(result.findings, plan).encode("utf-8")
        write_whole(write_baseline, kept)
        from interagency.files import shown

        click.echo(f"Kept in {shown(write_baseline)}: {len(result.findings)} findings.", err=True)
    if before is None:
        return int(result.fails(least))
    compared = ratchet.compare(result.findings, before, plan)
    for finding in compared.new:
        click.echo(f"New: {finding.id} ({finding.state}): {finding.message}", err=True)
    for gone in compared.vanished:
        click.echo(f"Vanished: {gone}. Take it out of the baseline.", err=True)
    click.echo(
        f"Since the baseline: {len(compared.new)} new, {len(compared.known)} known, "
        f"{len(compared.vanished)} vanished.",
        err=True,
    )
    grave = least is not None and any(f.severity >= least for f in compared.new)
    return int(grave or bool(compared.vanished) or bool(result.crashes))


@commands.command()
@_looks
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Where to write it; the screen when left out, with --format text or another text.",
)
@_chooses
@_draws
@click.option(
    "--format",
    "form",
    type=click.Choice((*CHART_FORMS, *EXPORTS)),
    help="What to write; by the ending of FILE when left out.",
)
@click.option(
    "--kind",
    type=click.Choice(SVG_KINDS),
    default="web",
    show_default=True,
    help="Of SVG: web carries its fonts, for browsers; plain only names them; office has letters "
    "as outlines, for Word, LibreOffice and drawing programs.",
)
@click.option(
    "--dpi",
    type=click.IntRange(36, 1200),
    default=300,
    show_default=True,
    help="Of PNG: dots per inch; 150 for a screen, 300 for print.",
)
def chart(
    look: Look,
    output: str | None,
    choice: Choice,
    picture: Picture,
    form: str | None,
    kind: SvgKind,
    dpi: int,
) -> int:
    """Draw PLAN as an Attachment-B-style flow chart, gaps marked.

    A chart of several pages becomes one PDF or one HTML page (which can be searched and
    narrowed, offline), or FILE-1.svg, FILE-2.svg and so on. PDF, PNG and SVG of the kind office
    need an extra: pip install "interagency[report]".

    \b
    interagency chart thailand -o thailand.svg
    interagency chart plan.yaml -o plan.svg --page a3 --no-gaps
    interagency chart bulgaria --view pathway --group children -o child.svg
    interagency chart thailand --suggestions -o proposed.svg
    interagency chart thailand --view pathway --format text
    interagency chart plan.yaml -o plan.pdf
    interagency chart plan.yaml -o plan.html
    interagency chart plan.yaml -o plan.png --dpi 150
    interagency chart plan.yaml -o plan.drawio
    interagency chart plan.yaml -o plan.mmd --format mermaid-flowchart
    """
    from interagency import charts
    from interagency.files import shown

    picture = picture.checked()
    if output is None and form is None:
        raise click.UsageError(
            "Say where to write it: -o FILE.svg, .pdf, .html ... or --format text to read it here."
        )
    output = "-" if output is None else output
    _keep((look.plan, choice.config, *choice.rule_files), output)
    if form in EXPORTS or form == "text":
        _check_ending(output, form, _chart_endings(form))
    form = form or _form_of(output)
    graph = look.graph()
    asked = choice.made()
    result = None if picture.no_gaps else asked.about(graph)
    if form in EXPORTS and form != "json":
        written = _put(picture.exported(graph, result, form).rstrip("\n") + "\n", output)
    else:
        drawn = picture.drawn(result or graph)
        if form == "text":
            written = _put(drawn.describe().rstrip("\n") + "\n", output)
        elif form == "json":
            written = _put(charts.scenes_json(drawn.pages) + "\n", output)
        else:
            written = _put_chart(drawn, output, form, kind, dpi)
        for warning in drawn.warnings:
            click.echo(f"Note: {warning}", err=True)
    for path in written:
        click.echo(shown(path), err=True)
    return _told_of_crashes(result)


def _line(text: str | None, option: str) -> str | None:
    """What somebody gave to be written on a chart, as it can be written."""
    from interagency.text import clean

    try:
        return text if text is None else clean(text)
    except ValueError as reason:
        raise click.BadParameter(f"{reason}.", param_hint=option) from None


def _titled(graph: PlanGraph, title: str | None) -> PlanGraph:
    """The same view of the plan under another title."""
    if title is None:
        return graph
    facts = graph.plan.facts.model_copy(update={"title": title})
    plan = graph.plan.model_copy(update={"facts": facts})
    return type(graph)(plan, graph.places, view=graph.view)


def _put_chart(drawn: Chart, output: str, form: str, kind: SvgKind, dpi: int) -> tuple[Path, ...]:
    if output != "-":
        if Path(output).suffix.lower() != f".{form}":
            raise click.UsageError(f"A chart as {form} goes to a file that ends in .{form}.")
        written = drawn.save(output, kind=kind, dpi=dpi)
        _tell_of_earlier(written, Path(output))
        return written
    if form == "html":
        return _put(drawn.html(), output)
    if form != "svg":
        raise click.UsageError(f"A chart as {form} is no text. Name a file with -o.")
    if len(drawn.pages) > 1:
        raise click.UsageError(f"The chart has {len(drawn.pages)} pages. Name a file with -o.")
    return _put(drawn.svg(kind=kind), output)


def _tell_of_earlier(written: Sequence[Path], output: Path) -> None:
    """Say which pages of an earlier chart of that name still stand beside those of this one."""
    from interagency.files import shown

    pages = {
        output,
        *(output.with_name(f"{output.stem}-{n}{output.suffix}") for n in range(1, 100)),
    }
    if earlier := sorted(page for page in pages.difference(written) if page.is_file()):
        names = ", ".join(map(shown, earlier))
        click.echo(f"Note: of an earlier chart, and not written now: {names}", err=True)


def _told_of_crashes(result: Audit | None) -> int:
    """The exit status of a chart; a rule that fell over may have had gaps to draw."""
    crashes = result.crashes if result else ()
    for crash in crashes:
        click.echo(
            f"{crash.code} {crash.rule} fell over ({crash.reason}): its gaps are not drawn.",
            err=True,
        )
    return int(bool(crashes))


def _form_of(output: str) -> str:
    ending = Path(output).suffix.lower()
    forms = _chart_endings()
    if ending not in forms:
        raise click.BadParameter(
            f"{output!r} has no ending that says what to write. Name it .svg, .pdf, .png, .html, "
            ".txt, .mmd, .puml, .drawio, .bpmn, .graphml, .dot or .json, or add --format.",
            param_hint="-o",
        )
    return forms[ending]


def _chart_endings(wanted: str = "") -> dict[str, str]:
    """What each ending of a file asks for; those of Mermaid ask for whichever kind is wanted."""
    forms = {f".{form}": form for form in CHART_FORMS} | {".txt": "text"}
    forms |= {suffix: form for form, suffixes in EXPORTS.items() for suffix in suffixes}
    if wanted.startswith("mermaid"):
        forms |= dict.fromkeys(EXPORTS["mermaid"], wanted)
    return forms


@commands.command()
@_looks
@click.option(
    "--standard",
    "standards",
    multiple=True,
    metavar="NAME",
    help="Hold it against this one (palermo, untoc, cets197, actip ...); may be repeated. "
    "Default: palermo with untoc, what the plan says binds, and those of interagency.toml.",
)
@click.option("--strict", is_flag=True, help="Only handoffs that a provision itself speaks of.")
@click.option("--brief", is_flag=True, help="As text: each thing that is lacking, and no more.")
@click.option("--all", "everything", is_flag=True, help="Tell what is met as well, and by what.")
@click.option("--functions", is_flag=True, help="The functions by agencies matrix instead.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "csv")),
    help="How to tell it; by the ending of FILE when left out, else as text.",
)
@click.option("-o", "--output", metavar="FILE", help="Write there instead of the screen.")
def coverage(
    look: Look,
    standards: tuple[str, ...],
    strict: bool,
    brief: bool,
    everything: bool,
    functions: bool,
    form: str | None,
    output: str | None,
) -> int:
    """Hold PLAN against standards: what is lacking, then requirement by requirement how it stands.

    \b
    interagency coverage thailand --brief
    interagency coverage thailand
    interagency coverage bulgaria --standard cets197 --strict
    interagency coverage nepal --functions
    """
    from interagency import conformance
    from interagency.errors import UnknownName
    from interagency.reports import coverage as told
    from interagency.vocabulary import Instrument, Pillar

    _keep([look.plan], output)
    form = _told_as(output, COVERAGE_ENDINGS, form)
    graph = look.graph()
    if functions:
        if form == "json":
            raise click.BadParameter("The matrix comes as text or csv.", param_hint="--format")
        if standards or strict or everything:
            raise click.UsageError("--functions asks no standard: leave the other options out.")
        matrix = conformance.functions(graph, map(Pillar, map(str.lower, look.pillars)))
        tell = told.functions_csv if form == "csv" else told.functions_text
        _put(tell(matrix), output)
        return 0
    chosen = []
    for name in standards:
        try:
            chosen.append(Instrument(name.upper()))
        except ValueError:
            known = [i.value.lower() for i in Instrument]
            raise UnknownName("standard", name, known) from None
    if not chosen and (more := _settings(Choice())[0].standards):
        chosen = [*conformance.FLOOR, *graph.plan.facts.standards, *more]
    found = conformance.coverage(graph, chosen, strict=strict)
    if form == "text":
        _put(told.text(found, everything=everything, brief=brief), output)
    else:
        _put(told.as_json(found) if form == "json" else told.as_csv(found), output)
    return 0


@commands.command()
@click.argument("plan", type=Plan(), default="thailand")
@click.option(
    "--into", metavar="FOLDER", default=DEMO_FOLDER, show_default=True, help="Where to write."
)
def demo(plan: str, into: str) -> int:
    """Audit and draw a bundled mechanism, and say where the files are."""
    import interagency as ia
    from interagency import reports
    from interagency.errors import SaveError
    from interagency.files import shown, write_whole

    folder = Path(into)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as reason:
        told = reason.strerror if isinstance(reason, OSError) else "the name cannot be used"
        if isinstance(reason, FileExistsError):
            told = "there is a file of that name. Name a folder"
        raise SaveError(f"{shown(into)} cannot be made: {told}.") from reason
    graph = ia.load(plan)
    result = ia.audit(graph)
    name = graph.plan.facts.id
    _keep([plan], folder / f"{name}.yaml")
    drawn = ia.chart(result)
    files = [
        (ia.save(graph, folder / f"{name}.yaml"), "the plan"),
        (write_whole(folder / f"{name}-audit.txt", reports.text(result).encode()), "the audit"),
        (
            write_whole(folder / f"{name}-audit.json", reports.json(result).encode()),
            "the audit, for programs",
        ),
        *((path, "the chart") for path in drawn.save(folder / f"{name}-chart.svg", kind="web")),
        *((path, "the chart as one page") for path in drawn.save(folder / f"{name}-chart.html")),
    ]
    us = _program()
    click.echo(f"{graph.plan.facts.title}, as of {graph.view.as_of}:")
    click.echo(f"  {len(graph.agencies)} agencies, {len(graph.handoffs)} handoffs.")
    click.echo(f"  {reports.summary(result)}")
    click.echo("\nWritten:")
    for path, what in files:
        click.echo(f"  {shown(path)}  ({what})")
    click.echo("\nOpen the page in a browser, and the audit in any editor. Next, try:")
    click.echo(f"  {us} audit {name} --as-of 2021")
    click.echo(f"  {us} explain G01")
    click.echo(f"  {us} --help")
    return _status(result, "never")


def _program() -> str:
    """What to type to call this program again from here."""
    from shutil import which

    called = sys.argv[0]
    found = which("interagency")
    with contextlib.suppress(OSError, ValueError):
        if found is not None and Path(found).samefile(called):
            return "interagency"
        if Path(called).name.startswith("interagency"):
            return os.path.relpath(called)
    return "python -m interagency"


@commands.command()
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
@_sourced
def rules(form: str, sources: Sources) -> int:
    """List the rules: code, name, severity, and the trouble each looks for."""
    known = sources.rules()
    if form == "json":
        import json

        told = [
            {
                "name": r.name,
                "code": r.code,
                "severity": r.severity.value,
                "pillars": [p.value for p in r.pillars],
                "title": r.title,
                "requirements": list(r.requirements),
            }
            for r in known
        ]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    wide = max(len(r.name) for r in known)
    for r in known:
        click.echo(f"{r.code}  {r.name:<{wide}}  {r.severity:<8}  {r.title}")
    click.echo("\ninteragency explain RULE tells more about each.")
    return 0


@commands.command()
@click.argument("name", metavar="RULE", type=RuleName())
@_sourced
def explain(name: str, sources: Sources) -> int:
    """Show a rule in full (G01, or its name), or a requirement (COE-10-1)."""
    from interagency import explanations

    click.echo(explanations.explain(name, sources.rules()), nl=False)
    return 0


@commands.command()
@click.argument("of", required=False, metavar="[FIELD]")
def words(of: str | None) -> int:
    """List the words that a plan file may use, with what they mean: all, or those of a FIELD.

    \b
    interagency words sector
    interagency words kind
    """
    from interagency.errors import UnknownName
    from interagency.formats import vocabularies

    known = vocabularies()
    if of is not None and of.lower() not in known:
        raise UnknownName("field", of, known)
    for field, terms in known.items():
        if of is not None and field != of.lower():
            continue
        click.echo(f"{field}:")
        wide = max(len(term) for term in terms)
        for term in terms:
            click.echo(f"  {term.value:<{wide}}  {term.description}".rstrip())
    return 0


@commands.command()
@click.argument("of", type=click.Choice(("plan", "audit")), default="plan")
def schema(of: str) -> int:
    """Print the JSON Schema of a plan file, or of an audit in JSON."""
    import json

    if of == "plan":
        from interagency.formats import json_schema

        told = json_schema()
    else:
        from interagency.reports import audit_schema

        told = audit_schema()
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    return 0


@commands.command()
@click.argument("plan", required=False, type=Plan())
def catalogue(plan: str | None) -> int:
    """List the bundled plans, or print the file of one."""
    from interagency import catalogue as bundled
    from interagency import load

    if plan is not None:
        click.echo(bundled.plan_bytes(plan).decode("utf-8"), nl=False)
        return 0
    for name in bundled.plan_names():
        facts = load(name).plan.facts
        click.echo(f"{name:<12} {facts.country}  {facts.as_of}  {facts.title}")
    click.echo("\ninteragency catalogue NAME prints the file; interagency audit NAME audits it.")
    return 0


@commands.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> int:
    """Print what makes your shell complete interagency's commands, plans and rules.

    \b
    bash:  eval "$(interagency completion bash)"   (in ~/.bashrc)
    zsh:   eval "$(interagency completion zsh)"    (in ~/.zshrc)
    fish:  interagency completion fish | source    (in config.fish)
    """
    from click.shell_completion import get_completion_class

    maker = get_completion_class(shell)
    if maker is None:  # pragma: no cover - click has all three
        raise click.UsageError(f"{shell} is not supported.")
    click.echo(maker(commands, {}, "interagency", COMPLETING).source())
    return 0
