"""Materials: none asked for twice, none the government could fetch itself, each said so that it can be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from onewindow.foundation.catalogue.definition.lint import articles
from onewindow.foundation.catalogue.definition.lint.grounds import kinds_of
from onewindow.foundation.catalogue.definition.lint.rulebook import Found, rule
from onewindow.foundation.catalogue.definition.materials import Material
from onewindow.foundation.catalogue.definition.model import Definition
from onewindow.foundation.catalogue.definition.reach import reachable
from onewindow.foundation.catalogue.definition.rules.papers import CATCH_ALL
from onewindow.foundation.catalogue.definition.rules.situations import conditions_make_sense
from onewindow.kernel.words import Words

WRITTEN_BY_APPLICANT, FROM_GOVERNMENT = "10", "20"
_VAGUE_NAME = re.compile(r"(相关|有关|必要的?|等)(证明)?(材料|文件|资料)$|^其他")
# What a condition may ask a person to hold, from the longest name to the shortest: the longest that fits is meant.
_DOCUMENTS = (
    "出生医学证明", "无犯罪记录证明", "健康证明", "资质证书", "资格证书", "执业证书", "毕业证书", "学历证书", "营业执照", "居民身份证", "身份证件", "户口簿",
    "许可证", "合格证(?!明)", "验资报告", "验资证明", "审计报告", "检测报告", "评价报告", "体检报告", "验收报告", "租赁合同", "服务协议", "批准文件", "批准书",
    "护照", "委托书", "承诺书",
)  # fmt: skip
_DOCUMENT = re.compile("|".join(_DOCUMENTS))


def _at(material: Material, *names: str) -> str:
    return "/".join(["/materials", material.code, *names])


@rule(
    "OW-L211", "warning", Words("条件提到的文件不在材料里", "A condition names a document that is no material"),
    Words("把文件列为材料，或者写明由窗口查验、由部门核查，条件里不再提它。", "List the document as a material, or reword the condition so that it asks for no paper."),
    articles.PUBLISHED, articles.GUIDE_SAYS,
)  # fmt: skip
def documents_of_conditions_are_materials(definition: Definition) -> Iterator[Found]:
    """A document counts as asked for where a material, its exemption or a point names it, or a review looks at it, or it is the result itself."""
    said = " ".join(
        [definition.result.name.zh, definition.name.zh, *(point.text.zh for step in definition.steps for point in step.points)]
        + [m.name.zh + (m.exemption.licence.zh if m.exemption else "") + "".join(p.text.zh for p in m.acceptance_points) for m in definition.materials]
    )
    for condition in definition.conditions:
        for document in dict.fromkeys(_DOCUMENT.findall(condition.text.zh)):
            if document not in said:
                yield Found(f"/conditions/{condition.code}", f"条件提到“{document}”，材料里没有。", f"the condition names “{document}”, which no material is.")


@rule(
    "OW-L212", "warning", Words("笼统的材料或要点", "A vague material or point"),
    Words("逐项写明是哪一份。", "Name each paper."), articles.NOT_OPEN_ENDED, articles.NOTHING_UNRELATED,
)  # fmt: skip
def nothing_is_vague(definition: Definition) -> Iterator[Found]:
    """What the rule against open-ended clauses does not reach: vague names that no statute uses, and open ends in points and samples."""
    for material in definition.materials:
        name = re.sub(r"（.*?）", "", material.name.zh)
        statutory = "statute" in kinds_of(definition, _at(material, "name", "zh"))
        if _VAGUE_NAME.search(name) and not CATCH_ALL.search(name) and not statutory:
            yield Found(_at(material, "name"), f"“{material.name.zh}”没有说清是哪一份。", f"“{material.name.en}” does not say which paper is meant.")
        for point in material.acceptance_points:
            if CATCH_ALL.search(point.text.zh.rstrip("。；")):
                yield Found(_at(material, "acceptance_points", point.code), "受理要点不得含有兜底条款。", "a point must not be open-ended.")
        if CATCH_ALL.search(material.sample.zh.rstrip("。；")):
            yield Found(_at(material, "sample"), "样本说明不得含有兜底条款。", "a sample must not be open-ended.")


@rule(
    "OW-L213", "warning", Words("同一情形里材料重名", "Two materials of one name in one situation"),
    Words("合并成一份，或者把名称写得能分清。", "Make them one, or name them so that they can be told apart."), articles.FEWER_AND_FASTER,
)  # fmt: skip
def no_material_twice(definition: Definition) -> Iterator[Found]:
    if any(conditions_make_sense(definition)):
        return
    for one, other in combinations(definition.materials, 2):
        if _bare(one.name.zh) == _bare(other.name.zh) and reachable(definition, one.when, other.when):
            yield Found(_at(other, "name"), f"与“{one.code}”同名，同一个人会被要两次。", f"has the name of “{one.code}”, and one person is asked for both.")


def _bare(name: str) -> str:
    return re.sub(r"[\s（）()“”《》、，的]", "", name)


@rule(
    "OW-L214", "advice", Words("政府自己核发、还要申请人带的材料", "A paper the government issued, still asked of the applicant"),
    Words("能共享核验的写上 exemption（免交）；还不能的，在依据里说明为什么。",
        "Where it can be fetched or shown electronically, write an exemption; where not yet, say why in the source."),
    articles.SHARED,
)  # fmt: skip
def government_papers_are_fetched(definition: Definition) -> Iterator[Found]:
    for material in definition.materials:
        if material.origin == FROM_GOVERNMENT and material.exemption is None:
            yield Found(_at(material, "exemption"), f"“{material.name.zh}”由政府部门核发，没有写怎样免交。",
                f"“{material.name.en}” is issued by a government body, and no way to spare it is given.")


@rule(
    "OW-L215", "warning", Words("没有写由谁核发", "An issued paper without its issuer"),
    Words("在 issuer 里写核发或出具的单位。", "Name in `issuer` who issues it."), articles.PROOF_BY_LAW,
)  # fmt: skip
def issued_papers_name_their_issuer(definition: Definition) -> Iterator[Found]:
    for material in definition.materials:
        if material.origin == FROM_GOVERNMENT and material.issuer is None:
            yield Found(_at(material, "issuer"), f"“{material.name.zh}”由政府部门核发，没有写是哪个部门。",
                f"“{material.name.en}” is issued by a government body; which one is not said.")


@rule(
    "OW-L217", "advice", Words("自己填写的表单没有样本", "A form to fill in without a specimen"),
    Words("加上 specimen：一份填好的，标出常写错的地方。", "Add a specimen: one filled in, with the usual mistakes marked."), articles.PUBLISHED,
)  # fmt: skip
def forms_have_specimens(definition: Definition) -> Iterator[Found]:
    for material in definition.materials:
        if material.kind == "2" and material.origin == WRITTEN_BY_APPLICANT and material.specimen is None:
            yield Found(_at(material, "specimen"), f"“{material.name.zh}”由申请人填写，没有样本。",
                f"“{material.name.en}” is filled in by the applicant and has no specimen.")


@rule(
    "OW-L221", "advice", Words("没有法律依据的证明", "A proof without a basis in law"),
    Words("写明要求这份证明的条文；没有条文的改为告知承诺或部门核查。",
        "Cite the article that asks for the proof; without one, let the applicant declare it or check it between departments."),
    articles.PROOF_BY_LAW,
)  # fmt: skip
def proofs_rest_on_law(definition: Definition) -> Iterator[Found]:
    for material in definition.materials:
        if "证明" in material.name.zh and material.origin != WRITTEN_BY_APPLICANT and "statute" not in kinds_of(definition, _at(material, "name", "zh")):
            yield Found(_at(material), f"“{material.name.zh}”没有条文依据。", f"no article asks for “{material.name.en}”.")
