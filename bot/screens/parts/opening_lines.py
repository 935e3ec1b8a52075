"""What customers read about a holiday, and about when their orders are handled."""

from datetime import datetime, time

from bot.words import Html, Words
from shop.settings.opening import DAYS, Standing


def opening_lines(words: Words, standing: Standing) -> Html | None:
    """One paragraph; None while orders are taken and handled as always."""
    if standing.on_holiday:
        return _holiday(words, standing)
    if standing.handled_from is not None:
        return words(
            "🌙 Nobody is here now. You can order; orders are handled from {when}.",
            when=words.there(standing.handled_from, words.weekday_time(standing.handled_from), "wt"),
        )
    return None


def _holiday(words: Words, standing: Standing) -> Html:
    back = ""
    if standing.back_on is not None:
        back = words.date(datetime.combine(standing.back_on, time(12), tzinfo=words.zone))
    if standing.closed:
        head = words("🏖 <b>The shop takes no orders until {day}.</b>", day=back) if back else ""
        head = head or words("🏖 <b>The shop takes no orders at the moment.</b>")
    else:
        head = words("🏖 <b>Orders are handled from {day}.</b>", day=back) if back else ""
        head = head or words("🏖 <b>Orders take longer at the moment.</b>")
    return Html(head) + (Html("\n") + Html.escape(standing.notice) if standing.notice else Html())


def hours_text(words: Words, hours: list[str]) -> str:
    """Opening hours as the file has them ("mon 09:00-18:00"), days with the same times together; plain text."""
    times: dict[int, list[str]] = {}
    for span in hours:
        name, _, rest = span.partition(" ")
        times.setdefault(DAYS.index(name), []).append(rest.replace("-", "–"))
    runs: list[tuple[int, int, str]] = []
    for day, spans in sorted(times.items()):
        said = ", ".join(spans)
        if runs and runs[-1][1:] == (day - 1, said):
            runs[-1] = (runs[-1][0], day, said)
        else:
            runs.append((day, day, said))
    return "\n".join(
        f"{words.weekday(first)} {said}" if first == last else f"{words.weekday(first)}–{words.weekday(last)} {said}"
        for first, last, said in runs
    )
