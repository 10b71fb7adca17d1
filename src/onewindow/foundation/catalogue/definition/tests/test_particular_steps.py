"""Steps that are one item's own: who is asked beside whom, who goes, and when nobody does."""

from __future__ import annotations

from onewindow.foundation.catalogue.definition import resolve
from onewindow.foundation.catalogue.definition.tests.items import Given, basis, item


def test_an_entertainment_place_is_checked_seen_and_heard_before_it_is_decided() -> None:
    assert [(step.order, step.kind) for step in item("entertainment-licence").steps] == [
        (1, "review"), (2, "consultation"), (2, "site-visit"), (3, "hearing"), (4, "decision"), (5, "issuing"),
    ]  # fmt: skip
    assert basis("entertainment-licence", "/steps/hearing/name") == ["娱乐场所管理条例(2020-11-29) 第十条"]


def test_with_a_commitment_nobody_inspects_before_the_fire_permit() -> None:
    fire = item("fire-safety-check")
    answers = {"place": "hotel", "building": "existing", "agent": "self"}
    conditions = {
        way: [c.code for c in resolve(fire, {**answers, "way": way}).conditions] for way in ("commitment", "inspection")
    }
    assert (conditions["commitment"].count("commitment"), conditions["inspection"].count("commitment")) == (1, 0)
    assert fire.service.commitment


def test_the_police_are_asked_beside_the_review_and_a_burst_pipe_waits_for_nobody() -> None:
    road = item("road-occupation-excavation")
    dug = resolve(road, {"what": "dig", "age": "old", "where": "pavement", "agent": "self"})
    burst = resolve(road, {"what": "emergency", "where": "pavement", "agent": "self"})
    assert [(s.code, s.order) for s in dug.steps] == [
        ("review", 1),
        ("traffic-police", 1),
        ("site-visit", 2),
        ("decision", 3),
        ("issuing", 4),
    ]
    assert [s.code for s in burst.steps] == ["review", "site-visit", "decision", "issuing"]
    assert ([c.code for c in burst.conditions], "traffic" in [c.code for c in dug.conditions]) == (["burst"], True)


def test_relief_that_is_urgent_is_not_published_first() -> None:
    sick: Given = {"cause": "illness", "urgent": "no", "household": "here", "who": "self"}
    assert staffed("temporary-relief", sick) == [("verify", 1), ("publicity", 1), ("decision", 1), ("issuing", 1)]
    assert staffed("temporary-relief", {**sick, "urgent": "yes"}) == [("verify", 1), ("decision", 1), ("issuing", 1)]


def test_the_bedridden_are_visited_by_two() -> None:
    bedridden: Given = {"matter": "new", "category": "mental", "household": "here", "come": "no", "who": "guardian"}
    walking: Given = {"matter": "new", "category": "sight", "household": "elsewhere", "come": "yes", "who": "self"}
    assert staffed("disability-certificate", bedridden) == [
        ("home-assessment", 2),
        ("publicity", 1),
        ("decision", 1),
        ("issuing", 1),
    ]
    assert staffed("disability-certificate", walking) == [
        ("assessment", 1), ("home-district", 1), ("publicity", 1), ("decision", 1), ("issuing", 1),
    ]  # fmt: skip


def test_what_is_done_on_the_spot_and_handed_over_the_same_day() -> None:
    for code in ("archive-consultation", "road-freight-licence", "veterinarian-filing"):
        assert len(item(code).steps) == 2, code
    assert [(step.code, step.days) for step in item("archive-consultation").steps] == [("decision", 0), ("issuing", 0)]


def staffed(code: str, answers: Given) -> list[tuple[str, int]]:
    """The steps of a situation, each with how many it takes."""
    return [(step.code, step.staff) for step in resolve(item(code), answers).steps]
