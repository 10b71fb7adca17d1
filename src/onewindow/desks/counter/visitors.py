"""Who sits here and for whom: the document compared, people put on record, the applicant named."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.desks.counter.views import Refused, visit_of, visit_page
from onewindow.desks.doors import StaffRequest, post_only, staff
from onewindow.desks.onwards import to
from onewindow.errands import sitting
from onewindow.foundation.people.queries import principals_of
from onewindow.kernel import clock
from onewindow.kernel.errors import InvalidInput
from onewindow.spine.cases.policies import RECEIVE
from onewindow.spine.visits.policies import VERIFY

# Which of a form's fields a refusal speaks of, by what the refusal calls it.
_FIELDS = {
    "身份证号": "number", "统一社会信用代码": "number", "姓名或名称": "name", "手机号": "phone", "证件号码后四位": "tail",
}  # fmt: skip


@post_only
@staff(VERIFY)
def verify(request: StaffRequest) -> HttpResponse:
    """The clerk compared the document of who sits here with what was typed at the printer."""
    visit = visit_of(request)
    try:
        sitting.check_document(by=request.actor, visit=visit, tail=request.POST.get("tail", ""))
    except InvalidInput as refusal:
        return visit_page(request, visit, _refused(request, "claim", refusal))
    return to("counter")


@post_only
@staff(RECEIVE)
def parties(request: StaffRequest) -> HttpResponse:
    """Say for whom this visit is: an applicant the agent acts for, themselves, or somebody new."""
    visit, actor, sent = visit_of(request), request.actor, request.POST
    chosen = sent.get("choice", "")
    who = {"name": sent.get("name", ""), "number": sent.get("number", ""), "phone": sent.get("phone", "")}
    if chosen in ("new", "agent"):
        try:
            if chosen == "new":
                sitting.introduce(by=actor, visit=visit, kind=sent.get("kind", "company"), **who)
            else:
                sitting.introduce_agent(by=actor, visit=visit, **who)
        except InvalidInput as refusal:
            # Nothing typed is lost, with or without scripts: the same page again, with the sentence where it belongs.
            return visit_page(request, visit, _refused(request, chosen, refusal))
        return to("counter")
    if chosen == "self" and visit.agent is not None:
        applicant, agent = visit.agent, None
    else:
        found = principals_of(visit.agent_id or 0, clock.today()).filter(principal__uuid=_uuid(chosen)).first()
        if found is None:
            raise InvalidInput(field=_("申请人"), reason_zh="请选择或登记申请人", reason_en="choose or register an applicant")
        applicant, agent = found.principal, visit.agent
    sitting.name_parties(by=actor, visit=visit, applicant=applicant, agent=agent)
    return to("counter")


def _refused(request: StaffRequest, form: str, refusal: InvalidInput) -> Refused:
    """The refusal at its field; one that speaks of no field of this form goes back as any other does."""
    field = _FIELDS.get(str(refusal.details.get("field")), "")
    if not field:
        raise refusal
    # What is longer than any field of ours was not typed in one.
    typed = {name: request.POST.get(name, "")[:120] for name in ("kind", "name", "number", "phone")}
    return Refused(form, field, refusal.message(get_language() or "zh-hans"), typed, refusal.status)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
