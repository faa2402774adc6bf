"""The scan of a paper declaration: told by its bytes, kept where no web server looks, read by few, and logged."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from donations.actions import scanning
from donations.exceptions import NotAScan
from donations.models import Declaration, DeclarationScan
from tests.factories import payments

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0 a picture \xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n a picture IEND\xaeB`\x82"
PICK = "Choose a PDF, JPEG or PNG file."


@pytest.fixture
def declaration(nurse_appeal) -> Declaration:
    """Ada's, on paper."""
    return payments.declaration(payments.gift(nurse_appeal).donor)


@pytest.fixture
def shelly(people) -> Client:
    """The fundraiser's browser."""
    client = Client()
    client.force_login(people.fundraiser)
    return client


def adds(client, declaration, content: bytes, name: str = "scan.pdf", kind: str = "application/pdf"):
    file = SimpleUploadedFile(name, content, content_type=kind)
    return client.post(reverse("declarations:add_scan", args=[declaration.pk]), {"file": file})


def address(scan: DeclarationScan) -> str:
    return reverse("declarations:scan", args=[scan.declaration_id, scan.pk])


@pytest.mark.parametrize(("content", "kind"), [(PDF, "pdf"), (JPEG, "jpeg"), (PNG, "png")])
def test_shelly_adds_a_scan_which_is_what_its_bytes_say(shelly, people, declaration, content, kind):
    assert (
        'enctype="multipart/form-data"'
        in shelly.get(reverse("declarations:add_scan", args=[declaration.pk])).content.decode()
    )
    assert adds(shelly, declaration, content, name="holiday.html", kind="text/html").status_code == 302
    scan = DeclarationScan.objects.get()
    assert (scan.declaration, scan.kind, scan.size, scan.added_by) == (
        declaration, kind, len(content), people.fundraiser,
    )  # fmt: skip
    page = shelly.get(reverse("declarations:inspect", args=[declaration.pk])).content.decode()
    assert address(scan) in page
    assert "added by" in page


def test_it_is_kept_under_a_name_of_ours_where_no_web_server_looks(shelly, declaration):
    adds(shelly, declaration, PDF, name="../../ada-whelk.pdf")
    scan = DeclarationScan.objects.get()
    kept = Path(scan.file.path)
    assert kept.is_relative_to(settings.PRIVATE_ROOT)
    assert not kept.is_relative_to(settings.MEDIA_ROOT)
    assert "whelk" not in scan.file.name
    assert kept.stat().st_mode & 0o077 == 0, "nobody else on the machine reads it"
    with pytest.raises(ValueError, match="not accessible"):
        _ = scan.file.url


def test_reading_it_gives_the_very_bytes_to_be_saved_and_is_logged(shelly, people, declaration):
    adds(shelly, declaration, PDF)
    scan = DeclarationScan.objects.get()
    answer = shelly.get(address(scan))
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "whelk" not in answer["Content-Disposition"].lower()
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    logged = ModelLogEntry.objects.filter(object_id=str(declaration.pk)).order_by("pk")
    assert [(each.action, each.user) for each in logged] == [
        ("donations.add_scan", people.fundraiser),
        ("donations.read_scan", people.fundraiser),
    ]
    assert "Whelk" not in " ".join(f"{each.label} {each.data}" for each in logged)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", PICK),
        (b"<html><script>alert(1)</script>", PICK),
        (b"GIF89a %%EOF", PICK),
        (b"  %PDF-1.7 %%EOF", PICK),
        (PDF[:20], "This file breaks off: scan it again, or send it again."),
        (JPEG[:-2], "This file breaks off: scan it again, or send it again."),
        (b"%PDF-" + b"x" * scanning.MOST, "This file is larger than 10 MB: scan it in grey, or page by page."),
    ],
    ids=["empty", "a page", "a gif", "something before", "half a pdf", "half a picture", "too large"],
)
def test_what_is_no_scan_is_refused_beside_the_field_and_not_kept(shelly, declaration, content, sentence):
    answer = adds(shelly, declaration, content)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"] == [sentence]
    assert not DeclarationScan.objects.exists()


def test_without_a_file_it_is_asked_for(shelly, declaration):
    answer = shelly.post(reverse("declarations:add_scan", args=[declaration.pk]))
    assert answer.context["form"].errors["file"] == [PICK]


def test_the_same_file_twice_is_one_scan_and_a_second_page_is_another(shelly, declaration):
    for content in (PDF, PDF, PNG):
        adds(shelly, declaration, content)
    assert [each.kind for each in declaration.scans.all()] == ["pdf", "png"]


def test_only_what_came_on_paper_has_a_scan(shelly, people, declaration):
    spoken = payments.spoken(declaration.donor)
    assert shelly.get(reverse("declarations:add_scan", args=[spoken.pk])).status_code == 302
    adds(shelly, spoken, PDF)
    with pytest.raises(NotAScan):
        scanning.keep(declaration=spoken, content=PDF, by=people.fundraiser)
    assert not DeclarationScan.objects.exists()


def test_who_may_not_record_declarations_neither_adds_nor_reads_one(shelly, people, declaration):
    adds(shelly, declaration, PDF)
    scan = DeclarationScan.objects.get()
    somebody = Client()
    assert somebody.get(address(scan)).status_code == 302, "nobody is led to the way in"
    for person in (people.editor, people.grants_officer, people.stranger):
        somebody.force_login(person)
        assert somebody.get(address(scan)).status_code in (302, 403)
        assert adds(somebody, declaration, PNG).status_code in (302, 403)
    assert DeclarationScan.objects.count() == 1
    assert not ModelLogEntry.objects.filter(action="donations.read_scan").exists()


def test_a_scan_is_found_through_its_own_declaration_only(shelly, declaration):
    adds(shelly, declaration, PDF)
    other = payments.declaration(declaration.donor)
    assert (
        shelly.get(reverse("declarations:scan", args=[other.pk, DeclarationScan.objects.get().pk])).status_code == 404
    )
