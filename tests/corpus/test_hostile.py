"""Broken and hostile files in one folder: each ends as it must, and the others are there."""

import importlib.util
import os
import shutil

import pytest

from tests.corpus import hostile
from zhice.corpus import library
from zhice.corpus.formats.names import shown


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """The documents of the folder by source, and the reports of its files."""
    folder = tmp_path_factory.mktemp("hostile")
    hostile.write(folder)
    reports = []
    parsed = library.load_folder(folder, None, reports.append)
    return {source: one for one in parsed for source in one.document.sources}, reports


def reports_of(reports, name):
    """Those of a file, or of the members of an archive."""
    return [report for report in reports if report.file == name or report.file.startswith(f"{name}/")]


@pytest.mark.parametrize("case", hostile.CASES, ids=lambda case: case.id)
def test_each_file_ends_as_it_must(outcome, case):
    if case.needs and importlib.util.find_spec(f"zhice.corpus.formats.{case.needs}") is None:
        pytest.skip(f"no reader {case.needs}")
    if case.needs == "office" and shutil.which("soffice") is None:
        pytest.skip("no LibreOffice: Debian package libreoffice-writer")
    documents, reports = outcome
    found = reports_of(reports, shown(os.fsdecode(case.name)))
    assert found
    told = " ".join((*(report.skipped for report in found), *(warning for report in found for warning in report.warnings)))
    assert case.told in told and "\n" not in told
    read = [report.file for report in found if not report.skipped]
    assert case.ends == "any" or bool(read) == (case.ends == hostile.TEXT), told
    assert all(documents[name].document.text.strip() for name in read)


@pytest.mark.parametrize("name", hostile.SPECIAL)
def test_what_is_no_file_is_refused(outcome, name):
    (report,) = reports_of(outcome[1], name)
    assert hostile.SPECIAL[name][1] in report.skipped


def test_every_document_has_an_id_and_a_name_of_its_own(outcome):
    documents, reports = outcome
    assert len({one.document.id for one in documents.values()}) == len({id(one) for one in documents.values()})
    assert len(documents) == sum(not report.skipped for report in reports)
    assert all(report.file.isprintable() for report in reports)


def test_the_texts_that_must_be_whole(outcome):
    documents, _ = outcome
    for name in (
        "good.txt",
        "坏字节.txt",
        "国标.txt",
        "utf16.txt",
        "utf16无标.txt",
        "包.zip/甲.txt",
        "国标名.zip/节水办法.txt",
        "夹零.txt",
    ):
        assert documents[name].document.text == hostile.GOOD.strip(), name
    assert documents["混编码.txt"].document.text.endswith("第三条 本办法由市水务局解释。")
