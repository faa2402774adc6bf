"""What letters say, written by staff: subject, opening and closing of each kind, tried on an example first."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from almoner.kit import mail
from almoner.kit.staff.read_only import DayColumn, ListView
from almoner.kit.staff.screens import Screen
from donations import facts, outbox, paper, words
from donations.models import LetterWords
from donations.models.letter_words import ALLOWED, PLACEHOLDERS
from donations.staff import examples
from donations.staff.letters import pdf

PARTS = ("subject", "opening", "closing")


class WordsPolicy(ModelPermissionPolicy):
    """Each kind of letter has its words: none is added, and none deleted."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """As the role says, but never “add” or “delete”."""
        return action not in {"add", "delete"} and super().user_has_permission(user, action)


class WordsForm(WagtailAdminModelForm):
    """The words as they stand, to be changed. What is left as the standard has it, or empty, stays the standard's."""

    class Meta:
        model = LetterWords
        fields = PARTS
        widgets = {part: forms.Textarea(attrs={"rows": 6}) for part in ("opening", "closing")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standard = words.STANDARD[self.instance.kind]
        for part in PARTS:
            self.fields[part].label = {"subject": "Subject", "opening": "Opening", "closing": "Closing"}[part]
            self.initial[part] = getattr(self.instance, part) or getattr(self.standard, part)
        self.fields["subject"].help_text = gettext("Empty a field and save, and the standard words are back.")

    def clean(self) -> dict[str, Any]:
        """Lines end as everywhere; the standard words are not kept as the staff's own."""
        cleaned = super().clean() or {}
        for part in PARTS:
            if part in cleaned:
                text = cleaned[part].replace("\r\n", "\n").strip()
                cleaned[part] = "" if text == getattr(self.standard, part) else text
        return cleaned

    def save(self, commit: bool = True) -> LetterWords:
        """With who wrote them, and when."""
        self.instance.changed_at, self.instance.changed_by = timezone.now(), self.for_user
        written: LetterWords = super().save(commit=commit)
        return written


def whose(written: LetterWords) -> str:
    """Whose words stand."""
    return gettext("Our own") if any(getattr(written, part) for part in PARTS) else gettext("Standard")


class WordsList(ListView):
    """Every kind of letter."""

    related = ("changed_by",)

    @cached_property
    def columns(self) -> list[Column]:
        """Which, what its subject is, and who wrote it."""
        return [
            self._get_title_column("kind"),
            Column("subject", label=gettext("Subject"), accessor=lambda row: words.of(row).subject),
            Column("whose", label=gettext("Words"), accessor=whose),
            DayColumn("changed_at", label=gettext("Changed"), sort_key="changed_at"),
            Column("changed_by", label=gettext("By"), accessor=lambda row: row.changed_by or ""),
        ]


class EditWords(generic.EditView):
    """The form, with the placeholders that this letter has."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """And where it can be tried."""
        return {
            **super().get_context_data(**kwargs),
            "placeholders": [(f"{{{name}}}", PLACEHOLDERS[name]) for name in ALLOWED[self.object.kind]],
            "preview": reverse("letter_words:preview", args=[self.object.pk]),
        }


class Preview(Screen):
    """A kind of letter as somebody would get it: by GET in the words that stand, by POST in those just typed."""

    permission = "donations.change_letterwords"
    under = (_("Letters’ words"), "letter_words:index")
    template_name = "donations/staff/letter_preview.html"
    header_icon = "view"

    @cached_property
    def written(self) -> LetterWords:
        """The words of one kind."""
        return get_object_or_404(LetterWords, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """What it is an example of."""
        return gettext("Example: %(written)s") % {"written": self.written}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The words that stand."""
        return self.show(words.of(self.written))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The words that were typed; nothing is saved. Where a placeholder is wrong it is said."""
        form = WordsForm(request.POST, instance=self.written, for_user=request.user)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return self.show(words.of(form.instance), unsaved=True)

    def show(self, standing: words.Words, *, unsaved: bool = False) -> HttpResponse:
        """The example in these words."""
        kind = self.written.kind
        letter, told = examples.letter(kind)
        letter.words = asdict(standing)
        shown = mail.render(f"donations/letters/{kind}", **facts.of(letter, for_the_donor=False, told=told))
        context = {"shown": shown, "unsaved": unsaved, "has_paper": kind in outbox.WITH_PAPER, "pk": self.written.pk}
        return self.render_to_response(self.get_context_data(**context))


class PreviewPaper(Screen):
    """The paper that goes with a kind of letter, with the example's people and sums."""

    permission = "donations.change_letterwords"
    under = (_("Letters’ words"), "letter_words:index")
    page_title = _("The paper of a letter")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As PDF."""
        kind = get_object_or_404(LetterWords, pk=self.kwargs["pk"]).kind
        if kind not in outbox.WITH_PAPER:
            raise Http404
        letter, told = examples.letter(kind)
        if told is not None:
            return pdf(paper.drawn_statement(told), "example.pdf")
        return pdf(outbox.papers_of(letter)[0].content, "example.pdf")


class LetterWordsViewSet(ModelViewSet):
    """The words of each kind of letter."""

    model = LetterWords
    name = "letter_words"
    url_prefix = "giving/letter-words"
    menu_label = _("Letters’ words")
    icon = "edit"
    index_view_class = WordsList
    edit_view_class = EditWords
    edit_template_name = "donations/staff/letter_words.html"
    copy_view_enabled = False
    add_to_reference_index = False
    ordering = ["pk"]
    list_per_page = 50

    @cached_property
    def permission_policy(self) -> WordsPolicy:
        """No adding, no deleting."""
        return WordsPolicy(self.model)

    def get_form_class(self, for_update: bool = False) -> type[WordsForm]:
        """One form."""
        return WordsForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """And the examples'."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/preview/", Preview.as_view(), name="preview"),
            path("<int:pk>/paper/", PreviewPaper.as_view(), name="paper"),
        ]
