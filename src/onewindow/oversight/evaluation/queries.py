"""What can be asked about evaluations. Single ones only under `sight_of`; figures of fewer than five are not told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F, Q, QuerySet

from onewindow.foundation.people.models import Party
from onewindow.foundation.people.queries import phone_in, phone_of
from onewindow.kernel import clock
from onewindow.kernel.crypto.installed import vault
from onewindow.kernel.errors import NotFound
from onewindow.kernel.ledger.models import Entry
from onewindow.kernel.permissions import Actor
from onewindow.kernel.words import Words
from onewindow.oversight.evaluation.models import Evaluation, FollowUp
from onewindow.oversight.evaluation.policies import FOLLOW, READ
from onewindow.oversight.evaluation.rules import BAD, is_overdue, masked_name, published
from onewindow.spine.cases.states import DECIDED, TURNED_AWAY
from onewindow.spine.visits.models import Visit

# A case can be evaluated once something was decided about it.
FINISHED = DECIDED | TURNED_AWAY | {"closed"}
JUST_ENDED = timedelta(minutes=10)
PUBLISHED_DAYS = 30
_JOINED = ("visit__window__hall", "visit__applicant", "visit__agent", "case__department", "case__item", "case__applicant", "case__agent", "follow_up")
_BODIES = ("case__item__body", "case__form_sealed", "case__form_key", "case__answers")


# --- for who evaluates ----------------------------------------------------------------------------------


def clerk_of(visit_id: int) -> int | None:
    """Who served at a sitting: whoever opened it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT by FROM ledger_entry WHERE subject_kind = 'visit' AND subject_id = %s AND n = 1", [visit_id])
        row = cursor.fetchone()
    kind, _, key = (row[0] if row else "").partition(":")
    return int(key) if kind == "staff" and key.isdigit() else None


def just_ended_at(window_id: int) -> Visit | None:
    """The sitting that ended at a window within the last ten minutes and was not evaluated; None once somebody else sits there."""
    last = Visit.objects.filter(window_id=window_id, ticket__isnull=False).order_by("-id").first()
    if last is None or not _just_ended(last) or Evaluation.objects.filter(visit=last, case__isnull=True).exists():
        return None
    return last


def ended_at(window_id: int, uuid: str) -> Visit:
    """The sitting a tablet's form was shown for, while it may still be evaluated there. Raises `NotFound`."""
    try:
        found = Visit.objects.filter(window_id=window_id, uuid=uuid).first()
    except ValidationError:
        found = None
    if found is None or not _just_ended(found):
        raise NotFound
    return found


def _just_ended(visit: Visit) -> bool:
    return visit.state == "closed" and clock.now() - visit.moved_at <= JUST_ENDED


def evaluations_of_visit(visit_id: int) -> dict[int | None, Evaluation]:
    """What was said of a sitting (under None) and of its cases (under their keys)."""
    return {given.case_id: given for given in Evaluation.objects.filter(visit_id=visit_id)}


def reachable(visit: Visit) -> bool:
    """Whether whoever sat there can be called: somebody whose document was compared left a phone."""
    party = _speaker(visit)
    return party is not None and phone_in(party) is not None


def _speaker(visit: Visit) -> Party | None:
    """Who speaks for a sitting: who sat there, unless nobody compared their document."""
    return None if visit.claim_id is not None else visit.agent or visit.applicant


# --- for who follows up ---------------------------------------------------------------------------------

SHOWN = ("bad", "open", "overdue", "all")


def evaluations(by: Actor, show: str = "bad") -> QuerySet[Evaluation]:
    """The evaluations of a site, the newest first; of follow-ups the most pressing first. `show` is one of `SHOWN`."""
    by.require(READ)
    found = Evaluation.objects.select_related(*_JOINED).defer(*_BODIES).filter(site=by.site)
    today = clock.today()
    match show:
        case "open":
            return found.filter(follow_up__isnull=False).exclude(follow_up__state="closed").order_by("follow_up__contact_by", "id")
        case "overdue":
            late = Q(follow_up__state="open", follow_up__contact_by__lt=today) | Q(follow_up__state="scheduled", follow_up__correct_by__lt=today)
            return found.filter(late).order_by("follow_up__contact_by", "id")
        case "all":
            return found.order_by("-began_at", "-id")
        case _:
            return found.filter(level__in=BAD).order_by("-began_at", "-id")


def evaluation(by: Actor, uuid: str) -> Evaluation:
    """One evaluation of the reader's site. Raises `NotPermitted`, `NotFound`."""
    by.require(READ)
    try:
        return Evaluation.objects.select_related(*_JOINED).defer(*_BODIES).get(uuid=uuid, site=by.site)
    except (Evaluation.DoesNotExist, ValidationError):
        raise NotFound from None


def text_of(by: Actor, given: Evaluation) -> str:
    """What somebody wrote, opened for who may read single evaluations. Raises `NotPermitted`."""
    by.require(READ)
    if given.text_key is None or given.text_sealed is None:
        return ""
    return vault().unwrap(bytes(given.text_key)).open("text", bytes(given.text_sealed))


def masked_speaker(given: Evaluation) -> str:
    """Who said it, the name masked; empty where nobody compared a document."""
    party = _speaker(given.visit)
    return masked_name(party.name, party.kind) if party is not None else ""


@dataclass(frozen=True)
class Contact:
    """Whom to call."""

    name: str
    phone: str


def contact_of(by: Actor, given: Evaluation) -> Contact | None:
    """Whom to call about it: for who follows up, while it is followed up, and only if they want to be called. Raises `NotPermitted`."""
    by.require(FOLLOW)
    party, follow_up = _speaker(given.visit), getattr(given, "follow_up", None)
    if not given.contact or party is None or follow_up is None or follow_up.state == "closed":
        return None
    phone = phone_of(party.pk)
    return Contact(party.name, phone) if phone else None


def late(follow_up: FollowUp) -> bool:
    """Whether it waits past its day, today."""
    return is_overdue(follow_up.state, contact_by=follow_up.contact_by, correct_by=follow_up.correct_by, today=clock.today())


def steps_of(follow_up: FollowUp) -> list[Entry]:
    """What was done, the oldest first."""
    return list(Entry.objects.filter(subject_kind="follow-up", subject_id=follow_up.pk).order_by("n"))


# --- figures --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Satisfaction:
    """The manager's morning: how many evaluations, the satisfied share in percent (None of nothing), bad ones open and overdue."""

    n: int
    share: float | None
    bad_open: int
    bad_overdue: int


def satisfaction(site: str, since: date) -> Satisfaction:
    """How satisfied people were from a day on, and what of the bad ones still waits, whenever it was given. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*), count(*) FILTER (WHERE level <> ALL(%(bad)s)),
                      (SELECT count(*) FROM evaluation_follow_up WHERE site = %(site)s AND state <> 'closed'),
                      (SELECT count(*) FROM evaluation_follow_up WHERE site = %(site)s
                       AND (state = 'open' AND contact_by < %(today)s OR state = 'scheduled' AND correct_by < %(today)s))
               FROM evaluation_evaluation WHERE site = %(site)s AND began_at >= %(since)s""",
            {"bad": sorted(BAD), "site": site, "today": clock.today(), "since": _midnight(since)},
        )
        n, good, waiting, overdue = cursor.fetchone()
    return Satisfaction(n, round(100 * good / n, 1) if n else None, waiting, overdue)


@dataclass(frozen=True)
class Figures:
    """Published counts: `share` in percent is None where fewer than five said something, and then `n` is not told either."""

    words: Words
    n: int
    share: float | None


def by_hall(site: str, since: date) -> list[Figures]:
    """The sittings of each hall."""
    return _figures(
        """SELECT h.code || ' 厅 ' || h.name_zh, 'Hall ' || h.code || ', ' || h.name_en, count(*), count(*) FILTER (WHERE e.level <> ALL(%s))
           FROM evaluation_evaluation e JOIN visits_visit v ON v.id = e.visit_id JOIN places_window w ON w.id = v.window_id
           JOIN places_hall h ON h.id = w.hall_id
           WHERE e.site = %s AND e.began_at >= %s AND e.case_id IS NULL GROUP BY h.id ORDER BY h.code""",
        site, since,
    )  # fmt: skip


def by_department(site: str, since: date) -> list[Figures]:
    """The cases of each department, the most first."""
    return _figures(
        """SELECT d.name_zh, d.name_en, count(*), count(*) FILTER (WHERE e.level <> ALL(%s))
           FROM evaluation_evaluation e JOIN cases_case c ON c.id = e.case_id JOIN staff_department d ON d.id = c.department_id
           WHERE e.site = %s AND e.began_at >= %s GROUP BY d.id ORDER BY count(*) DESC, d.code""",
        site, since,
    )  # fmt: skip


def _figures(sql: str, site: str, since: date) -> list[Figures]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [sorted(BAD), site, _midnight(since)])
        return [Figures(Words(zh, en), n, published(n, good)) for zh, en, n, good in cursor.fetchall()]


def own_figures(by: Actor, since: date) -> Figures | None:
    """What people said of the sittings of the clerk who asks, as counts; None while fewer than five did."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE level <> ALL(%s)) FROM evaluation_evaluation WHERE served_by = %s AND began_at >= %s",
            [sorted(BAD), int(by.id), _midnight(since)],
        )
        n, good = cursor.fetchone()
    share = published(n, good)
    return None if share is None else Figures(Words("您的接待", "your sittings"), n, share)


def replies(site: str, since: date) -> QuerySet[FollowUp]:
    """The published replies to bad evaluations, the newest first; nothing of it says who spoke."""
    answered = FollowUp.objects.select_related("evaluation__visit__window__hall", "evaluation__case__department")
    shown = answered.defer("evaluation__case__form_sealed", "evaluation__case__form_key", "evaluation__text_sealed", "evaluation__text_key")
    return shown.filter(site=site, state__in=["corrected", "explained", "closed"], evaluation__began_at__gte=_midnight(since)).order_by(F("moved_at").desc(), "-id")


def open_follow_ups(site: str, begun_by: str) -> Iterable[FollowUp]:
    """Follow-ups that wait, of evaluations given by one actor: for the demonstration's manager, who leaves a person's to the person."""
    theirs = Entry.objects.filter(subject_kind="follow-up", n=1, by=begun_by).values("subject_id")
    return FollowUp.objects.filter(site=site, pk__in=theirs).exclude(state="closed").order_by("id")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.LOCAL)
