"""Keeping the scan of a declaration that came on paper. What a file is, its own bytes say, whatever it is called."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from almoner.accounts.models import User
from donations.exceptions import NotAScan
from donations.models import Declaration, DeclarationScan
from donations.models.declaration import Channel

MOST = 10_000_000  # bytes
PICK = _("Choose a PDF, JPEG or PNG file.")
Kind = DeclarationScan.Kind
END = 2_048  # how near to its end a file says that it ends: some programs write a little after it
# How each begins, and what stands near its end.
SIGNS = {
    Kind.PDF: (b"%PDF-", b"%%EOF"),
    Kind.JPEG: (b"\xff\xd8\xff", b"\xff\xd9"),
    Kind.PNG: (b"\x89PNG\r\n\x1a\n", b"IEND"),
}


@transaction.atomic
def keep(*, declaration: Declaration, content: bytes, by: User) -> DeclarationScan:
    """Keep a scan with its declaration, where no web server looks. The same file twice is one scan.

    Raises NotAScan of what is too large, is neither PDF, JPEG nor PNG, or breaks off; and where there is no paper.
    """
    kept = Declaration.objects.select_for_update(of=("self",)).get(pk=declaration.pk)  # one after another
    if kept.channel != Channel.PAPER:
        raise NotAScan("This declaration was not made on paper.")
    digest, kind = hashlib.sha256(content).hexdigest(), kind_of(content)
    earlier = kept.scans.filter(digest=digest).first()
    if earlier is not None:
        return earlier
    scan = DeclarationScan(declaration=kept, kind=kind, size=len(content), digest=digest, added_by=by)
    scan.file.save("", ContentFile(content), save=False)
    scan.save()
    return scan


def kind_of(content: bytes) -> DeclarationScan.Kind:
    """What a file is, by its own bytes. Raises NotAScan."""
    if len(content) > MOST:
        raise NotAScan(f"This file is larger than {MOST // 1_000_000} MB: scan it in grey, or page by page.")
    for kind, (begins, ends) in SIGNS.items():
        if content.startswith(begins):
            if ends not in content[-END:]:
                raise NotAScan("This file breaks off: scan it again, or send it again.")
            return kind
    raise NotAScan(str(PICK))
