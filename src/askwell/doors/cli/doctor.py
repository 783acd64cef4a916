"""`askwell doctor`."""

from __future__ import annotations

from askwell.doors.cli.frame import Frame, verb
from askwell.doors.cli.names import name
from askwell.words import say, say_many


@verb("doctor")
def command(frame: Frame) -> int:
    """Is the ledger in order, and what has been learned from your mail? Changes nothing."""
    from askwell.app.doctor import doctor, learned

    with frame.desk() as desk:
        health = doctor(desk)
    if frame.json:
        frame.result(health.to_json())
        return 0 if health.well else 1
    paper = frame.paper
    paper.put(
        say("All is well.") if health.well else say("Something is wrong:"), "send" if health.well else "dont"
    )
    for one in health.trouble:
        paper.put(one, indent=2)
    paper.put(say("Kept in {home}", home=health.home))
    paper.rows([(name(what), f"{count:,}") for what, count in health.counts.items()])
    paper.put(say("Your addresses: {addresses}", addresses=", ".join(health.mine) or "–"))
    if health.stale:
        paper.put(say("{count} messages were read by an older reader: askwell reread", count=health.stale))
    paper.put(say("What has left this machine") if health.left else say("Nothing has left this machine."))
    for habit in health.left:
        times = say_many(
            "{count} time, last {day}", "{count} times, last {day}", habit.times, day=habit.last.date()
        )
        paper.put(f"{habit.host}: {say(habit.what)} ({times})", indent=2)
    paper.put(
        say("How often letters are answered within 30 days: expected at first, and in your mail"), "title"
    )
    paper.rows(
        [
            (
                name(stage),
                f"{prior:.0%}",
                f"{used:.0%}" if count else "–",
                say_many("{count} letter", "{count} letters", count),
            )
            for stage, prior, used, count in learned(health.priors)
        ]
    )
    return 0 if health.well else 1
