"""`kb release`: stamp a version of the corpus and add to the ledgers what changed since the one before."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from kb.cli import corpus_option, echo_json, format_option
from kb.ledger import Attribution, Event, EventKind
from kb.ledger_file import event_row
from kb.locator import Locator, parse_locator
from kb.release import Declarations, Plan, Remark, release


@click.command("release")
@click.option("--date", "day", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]), help="Day of the release; today.")
@click.option("--withdraw", metavar="LOCATOR", multiple=True, help="A passage taken back; needs --reason.")
@click.option("--reason", default="", help="Why passages were taken back: those named, or all that vanished.")
@click.option("--reworded", metavar="LOCATOR", multiple=True, help="The same passage, though in wholly other words.")
@click.option("--authorise", metavar="LOCATOR", multiple=True, help="Words somebody stands by; needs --by.")
@click.option("--dispute", metavar="LOCATOR", multiple=True, help="Words somebody objects to; needs --by.")
@click.option("--by", metavar="NAME", default="", help="Who authorises or disputes.")
@click.option("--note", default="", help="What they say.")
@click.option("--dry-run", is_flag=True, help="Show what would be added, and write nothing.")
@corpus_option
@format_option("text", "json")
def release_command(
    day: datetime | None,
    withdraw: tuple[str, ...],
    reason: str,
    reworded: tuple[str, ...],
    authorise: tuple[str, ...],
    dispute: tuple[str, ...],
    by: str,
    note: str,
    dry_run: bool,
    corpus_folder: Path,
    form: str,
) -> None:
    """Release the corpus as it is now.

    Validates it, adds to the ledger of each edition what changed since the last release, and stamps the version. A
    passage that vanished needs a reason; one whose words stand elsewhere was split, merged or moved.

    \b
    Examples:
      kb release --dry-run
      kb release
      kb release --withdraw mahlbrueck-2023/gespraechsrunde/7 --reason "auf Wunsch der Rednerin"
      kb release --authorise mahlbrueck-2023/gespraechsrunde/7 --by "Rosa Quendel"
    """
    if (authorise or dispute) and not by:
        raise click.UsageError("say with --by who authorises or disputes")
    remarks = [Remark(EventKind.AUTHORISED, place, by, note) for place in _places(authorise)]
    remarks += [Remark(EventKind.DISPUTED, place, by, note) for place in _places(dispute)]
    declared = Declarations(reason, _places(withdraw), _places(reworded), tuple(remarks))
    plan = release(corpus_folder, day=day.date() if day else date.today(), declared=declared, dry_run=dry_run)
    if form == "json":
        rows = [event_row(event) for event in plan.all_events]
        echo_json({"version": plan.release.version, "released": not (dry_run or plan.is_empty), "events": rows})
    else:
        click.echo("\n".join(_lines(plan, dry_run=dry_run)))


def _places(written: tuple[str, ...]) -> tuple[Locator, ...]:
    return tuple(parse_locator(text)[0] for text in written)


def _lines(plan: Plan, *, dry_run: bool) -> list[str]:
    if plan.is_empty and plan.previous:
        return [f"nothing changed since {plan.previous.version}"]
    told = [_line(event) for event in plan.all_events if event.kind is not EventKind.CREATED or plan.previous]
    created = sum(event.kind is EventKind.CREATED for event in plan.all_events)
    verb = "would release" if dry_run else "released"
    return [*told, f"{verb} {plan.release.version}: {plan.release.passages} passages, {created} of them new"]


def _line(event: Event) -> str:
    """Return an event as one line: "page_moved  tagung/forum-1/3  12–12 → 13–13"."""
    told = ""
    if event.pages and event.pages_before:
        told = f"{'–'.join(event.pages_before)} → {'–'.join(event.pages)}"
    elif event.attribution and event.attribution_before:
        told = f"{_whose(event.attribution_before)} → {_whose(event.attribution)}"
    elif event.into:
        told = "→ " + ", ".join(map(str, event.into))
    elif event.made_of:
        told = "← " + ", ".join(map(str, event.made_of))
    elif event.kind is EventKind.REWORDED:
        told = f"~{event.old} → ~{event.new}"
    told = told or ": ".join(filter(None, (event.reason, event.by, event.note)))
    return f"{event.kind:<13} {event.locator}  {told}".rstrip()


def _whose(attribution: Attribution) -> str:
    return f"{' '.join(attribution.speakers) or 'nobody'} ({attribution.voice})"


COMMANDS: list[click.Command] = [release_command]
