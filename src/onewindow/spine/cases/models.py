"""The case: one application for one item, its materials, and the documents that say what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.functional import cached_property

from onewindow.foundation.catalogue.models import ItemVersion
from onewindow.foundation.catalogue.queries import version_by_id
from onewindow.foundation.people.queries import name_of
from onewindow.foundation.staff.models import Department
from onewindow.foundation.staff.queries import department_by_id
from onewindow.kernel.ledger.attesting import Attested
from onewindow.kernel.ledger.models import Subject
from onewindow.kernel.words import Words
from onewindow.law.exclusions import KINDS as EXCLUDED
from onewindow.law.packs import pack_of
from onewindow.law.spans import Span
from onewindow.spine.cases.states import CASE, COPY, COUNTS_AGAINST_PROMISE, OPEN, PROCEDURE

if TYPE_CHECKING:
    from onewindow.spine.visits.models import Visit


class Case(Subject):
    """One application. It pins the item version it was filed under and the answers that chose its situation.

    `number` is the 43-character case number. `due_on` is the statutory last day and `promised_on` the
    promised one, both from acceptance; `provisional` says that they reach beyond the published
    calendar of `calendar_version`. `notice_due_on` is the last day of the one-time notice and
    `supplement_due_on` the last day the notice gave for corrections. The form is sealed under the case's own key. `once` is the nonce of
    the screen that filed it, so that a double click files one case. `procedures_open` counts the special procedures under way:
    while there is one, nothing is decided; `procedures_begun` all there have been. `voided` counts the acceptances that were taken back.
    `paper` is the number of the receipt written by hand when the case was entered after an outage (补录): then `paper_at` is when the
    papers were really handed in (`began_at` when this was entered) and `paper_accepted_on` the day of an acceptance on paper.
    """

    machine = CASE
    number = models.CharField(max_length=50, unique=True)
    visit = models.ForeignKey("visits.Visit", on_delete=models.PROTECT, related_name="cases")
    item = models.ForeignKey("catalogue.ItemVersion", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey("staff.Department", on_delete=models.PROTECT, related_name="+")
    applicant = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="cases")
    agent = models.ForeignKey("people.Party", null=True, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField()
    form_key = models.BinaryField()
    form_sealed = models.BinaryField()
    received_on = models.DateField()
    notice_due_on = models.DateField()
    noticed_on = models.DateField(null=True)
    supplement_due_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    accepted_by = models.BigIntegerField(null=True)
    due_on = models.DateField(null=True)
    promised_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    calendar_version = models.CharField(max_length=64)
    voided = models.SmallIntegerField(default=0)
    procedures_open = models.SmallIntegerField(default=0)
    procedures_begun = models.SmallIntegerField(default=0)
    decided_on = models.DateField(null=True)
    decided_by = models.BigIntegerField(null=True)
    closed_on = models.DateField(null=True)
    once = models.UUIDField(unique=True)
    paper = models.CharField(max_length=16, blank=True, default="")
    paper_at = models.DateTimeField(null=True)
    paper_accepted_on = models.DateField(null=True)

    class Meta:
        db_table = "cases_case"
        constraints: ClassVar = [
            Subject.state_constraint(CASE),
            models.UniqueConstraint(fields=["site", "paper"], condition=~models.Q(paper=""), name="cases_paper_receipt_once"),
            models.CheckConstraint(
                condition=(~models.Q(paper="") & models.Q(paper_at__isnull=False))
                | models.Q(paper="", paper_at__isnull=True, paper_accepted_on__isnull=True),
                name="cases_paper_receipt_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["received", "correcting", "exempted", "refused"])
                | models.Q(accepted_on__isnull=False, accepted_by__isnull=False, due_on__isnull=False),
                name="cases_accepted_has_a_clock",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("accepted_by")),
                name="cases_acceptor_is_not_approver",
            ),
            models.CheckConstraint(
                condition=models.Q(noticed_on__isnull=False) | ~models.Q(state="correcting"),
                name="cases_correcting_was_noticed",
            ),
            models.CheckConstraint(
                condition=models.Q(procedures_open=0, procedures_begun__gte=0)
                | models.Q(procedures_open__gt=0, procedures_open__lte=models.F("procedures_begun"), state="accepted"),
                name="cases_undecided_while_a_procedure_runs",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["department", "due_on", "id"], condition=models.Q(state__in=sorted(COUNTS_AGAINST_PROMISE)),
                name="cases_to_decide",
            ),
            models.Index(fields=["due_on"], condition=models.Q(state__in=sorted(OPEN)), name="cases_open_by_due"),
            models.Index(fields=["applicant", "-id"], name="cases_of_applicant"),
        ]  # fmt: skip

    @property
    def said(self) -> Mapping[str, Words]:
        """An act that is no permit is granted and denied in its own words."""
        return pack_of(self.version.item_type, self.version.name_zh).said

    @property
    def version(self) -> ItemVersion:
        """The item version the case pins, read once a process."""
        return version_by_id(self.item_id)

    @property
    def office(self) -> Department:
        """The department whose act this is, read once a process."""
        return department_by_id(self.department_id)

    @cached_property
    def addressee(self) -> str:
        """How the applicant is named on paper."""
        return name_of(self.applicant_id)


class Material(models.Model):
    """One material the situation asks for, and how it stands. A row of the case; moves with the case's lock."""

    STANDINGS: ClassVar = {
        "missing": Words("未提交", "not given"),
        "given": Words("已提交", "given"),
        "in-order": Words("符合", "in order"),
        "deficient": Words("需补正", "to be corrected"),
    }

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="materials")
    place = models.SmallIntegerField()
    code = models.CharField(max_length=64)
    need = models.CharField(max_length=1)
    standing = models.CharField(max_length=10, default="missing")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "cases_material"
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "code"], name="cases_material_once"),
            models.CheckConstraint(
                condition=models.Q(standing__in=["missing", "given", "in-order", "deficient"]),
                name="cases_material_standing_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(standing="deficient", note=""), name="cases_deficient_material_says_why"
            ),
        ]

    @property
    def standing_words(self) -> Words:
        return self.STANDINGS[self.standing]


class Document(models.Model):
    """A legal document issued in a case, in the words in which it was issued. Never changed, never renumbered.

    `content` is plain, versioned data: heading, lines, reasons, remedies, seal; the form it is shown
    or printed in comes later. `n` counts the documents of a kind in a case, for the few kinds that may be issued again.
    `voids` is the document that this one takes back: it stays in the file as it was, and is shown and printed as 已作废.
    """

    KINDS: ClassVar = {
        "receipt": Words("收件凭证", "Receipt"),
        "correction-notice": Words("补正材料一次性告知书", "One-time correction notice"),
        "acceptance": Words("受理通知书", "Notice of acceptance"),
        "acceptance-voided": Words("撤回受理告知书", "Notice that the acceptance is void"),
        "excluded-time": Words("除外时间告知书", "Notice of excluded time"),
        "exemption": Words("不受理告知书", "Notice that no licence is required"),
        "refusal": Words("不予受理决定书", "Decision not to accept"),
        "grant": Words("准予行政许可决定书", "Decision to grant"),
        "denial": Words("不予行政许可决定书", "Decision to deny"),
        "licence": Words("许可证件", "Licence"),
        "pickup-slip": Words("领取登记", "Record of delivery"),
        "payment-notice": Words("缴款通知书", "Payment notice"),
        "fiscal-receipt": Words("财政电子票据", "Electronic fiscal receipt"),
        "refund-notice": Words("退付通知书", "Notice of refund"),
    }

    append_only: ClassVar = True
    attested: ClassVar = Attested(owner="case")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=[(k, w.zh) for k, w in KINDS.items()])
    number = models.CharField(max_length=60, unique=True)
    issued_at = models.DateTimeField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    n = models.SmallIntegerField(default=1, db_default=1)
    voids = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="voided_by")

    class Meta:
        db_table = "cases_document"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "kind", "n"], name="cases_document_counted_by_kind"),
            models.CheckConstraint(
                # An acceptance may be issued anew after it was voided; every special procedure has its own notice, every payment its papers.
                condition=models.Q(n=1)
                | models.Q(
                    n__gt=1, kind__in=["acceptance", "acceptance-voided", "excluded-time", "payment-notice", "fiscal-receipt", "refund-notice"]
                ),
                name="cases_document_once_but_few_kinds",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="acceptance-voided", voids__isnull=False) | (~models.Q(kind="acceptance-voided") & models.Q(voids__isnull=True)),
                name="cases_document_voids_by_its_kind",
            ),
        ]

    @property
    def words(self) -> Words:
        """What the paper calls itself."""
        return Words(self.content["title"]["zh"], self.content["title"]["en"])

    @property
    def key(self) -> str:
        """How an address names it among the documents of its case: its kind, counted from the second on."""
        return self.kind if self.n == 1 else f"{self.kind}-{self.n}"

    @property
    def visit(self) -> Visit:
        """The sitting whose query code leads to it."""
        return self.case.visit

    @property
    def voided(self) -> Document | None:
        """The document that took this one back, if one did."""
        return getattr(self, "voided_by", None)

    @property
    def reasons_to_reissue(self) -> dict[str, Words]:
        """Why it may be given out again at a window: a licence for no reason, as a lost one is applied for anew; nor what is void."""
        return {} if self.kind == "licence" or self.voided else Reissue.REASONS


class Reissue(Subject):
    """A document given out once more (补发), the `n`-th time, for a `reason` of `REASONS`. The document stays what it is.

    `once` is the nonce of the form, so that a double click gives out one.
    """

    REASONS: ClassVar = {
        "lost": Words("遗失", "lost"),
        "damaged": Words("污损", "damaged"),
        "another": Words("需要多一份", "another copy is needed"),
    }

    machine = COPY
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="reissues")
    n = models.SmallIntegerField()
    reason = models.CharField(max_length=10)
    once = models.UUIDField(unique=True)

    class Meta:
        db_table = "cases_reissue"
        constraints: ClassVar = [
            Subject.state_constraint(COPY),
            models.UniqueConstraint(fields=["document", "n"], name="cases_reissue_counted"),
            models.CheckConstraint(condition=models.Q(reason__in=["lost", "damaged", "another"], n__gte=1), name="cases_reissue_says_why"),
        ]

    @property
    def reason_words(self) -> Words:
        return self.REASONS[self.reason]


class SpecialProcedure(Subject):
    """A hearing, test or expert review whose time is not counted (特别程序, 行政许可法 art 45), with the law that asks for it.

    `kind` is one of the closed list of `law.exclusions`. `expected` are the working days told to the applicant in the notice and
    `expected_last` the day they end on; `last` is the true last day, once it has ended. `once` is the nonce of the form.
    """

    machine = PROCEDURE
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="procedures")
    kind = models.CharField(max_length=20, choices=[(k, w.zh) for k, w in EXCLUDED.items()])
    law = models.CharField(max_length=80)
    article = models.CharField(max_length=40)
    reason = models.CharField(max_length=300)
    first = models.DateField()
    expected = models.SmallIntegerField()
    expected_last = models.DateField()
    last = models.DateField(null=True)
    once = models.UUIDField(unique=True)

    class Meta:
        db_table = "cases_special_procedure"
        constraints: ClassVar = [
            Subject.state_constraint(PROCEDURE),
            models.CheckConstraint(condition=models.Q(kind__in=sorted(EXCLUDED)), name="cases_procedure_kind_is_in_the_law"),
            models.CheckConstraint(
                condition=models.Q(expected_last__gte=models.F("first")) & (models.Q(last__isnull=True) | models.Q(last__gte=models.F("first"))),
                name="cases_procedure_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(state="running", last__isnull=True) | models.Q(state="ended", last__isnull=False),
                name="cases_procedure_ended_has_its_day",
            ),
            models.UniqueConstraint(fields=["case", "kind"], condition=models.Q(state="running"), name="cases_procedure_one_of_a_kind_at_once"),
        ]

    @property
    def words(self) -> Words:
        return EXCLUDED[self.kind]

    @property
    def span(self) -> Span:
        """The days that are not counted: to the true last day, and while it runs to the one expected."""
        return Span(self.first, self.last or self.expected_last)
