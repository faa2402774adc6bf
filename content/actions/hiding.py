"""The files of pictures: in the public folder while their consent stands, in the private one from then on.

A file cannot be moved in a transaction. The row says where it belongs; `settle` makes it so, may be done twice, and is
done for all once a minute, so that a process that died in between leaves nothing behind.
"""

import contextlib
import logging
from pathlib import PurePath

from django.core.files.base import File
from django.db.models import Q
from django.utils import timezone

from almoner.kit import private
from almoner.kit.references import readable
from content.models import CharityImage, CharityRendition

log = logging.getLogger(__name__)


def settle_all() -> int:
    """Every picture whose file lies where it should not. How many."""
    today = timezone.localdate()
    hidden = Q(hidden_from__lte=today)
    astray = CharityImage.objects.filter(
        (hidden & Q(kept_as="")) | (~hidden & ~Q(kept_as="")) | (hidden & Q(renditions__isnull=False))
    ).distinct()
    for picture in astray:
        settle(picture_id=picture.pk)
    return len(astray)


def settle(*, picture_id: int) -> None:
    """Put a picture's file where its consent says."""
    picture = CharityImage.objects.get(pk=picture_id)
    if not picture.may_be_shown:
        _hide(picture)
    elif picture.kept_as:
        _bring_back(picture)


def _hide(picture: CharityImage) -> None:
    """The sizes are deleted, the picture itself goes where no web server looks."""
    for size in CharityRendition.objects.filter(image=picture):
        size.file.delete(save=False)
        size.delete()
    if picture.kept_as:
        return
    public, name = picture.file.storage, picture.file.name
    kept_as = f"pictures/{readable('P', 20)}{PurePath(name).suffix.lower()}"
    try:
        with public.open(name) as file:
            kept_as = private.storage().save(kept_as, file)
    except FileNotFoundError:
        log.error("Picture %s has no file to hide", picture.pk)
    CharityImage.objects.filter(pk=picture.pk).update(kept_as=kept_as)
    public.delete(name)


def _bring_back(picture: CharityImage) -> None:
    """A consent that stands again: the file returns to its old name, if that is free."""
    kept = private.storage()
    with contextlib.suppress(FileNotFoundError):
        with kept.open(picture.kept_as) as file:
            name = picture.file.storage.save(picture.file.name, File(file))
        CharityImage.objects.filter(pk=picture.pk).update(file=name, kept_as="")
        kept.delete(picture.kept_as)
