"""In the admin: ask a clinician to read a page, see who was asked and what they answered, take a link back."""

from smtplib import SMTPException
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.models import Page

from almoner.kit.staff.screens import Screen
from content.actions import inviting
from content.exceptions import NothingToRead
from content.models import Person
from content.models.review_link import ReviewLink


class WhomForm(forms.Form):
    """Who is to read it."""

    for_whom = forms.CharField(
        label=_("Who is to read it?"),
        max_length=120,
        help_text=_("Name and title. It stands on the page that they read, and in the history."),
    )
    to = forms.EmailField(
        label=_("Their email address"),
        required=False,
        help_text=_("A letter with the link goes there. If you leave it empty, the link is shown to you to send."),
    )
    reviewer = forms.ModelChoiceField(
        label=_("Who are they on our list of people?"),
        queryset=Person.objects.filter(is_lived_experience=False).order_by("name"),
        required=False,
        empty_label=_("By the name that they type"),
        help_text=_("Once approved and published, the page says that this person has reviewed it."),
    )


class ReviewLinks(Screen):
    """The links to one page, and a new one."""

    template_name = "content/staff/review_links.html"
    permission = "content.add_reviewlink"
    header_icon = "link"
    page_title = _("Ask a clinician")

    @cached_property
    def page(self) -> Any:
        """The page that is to be read; only for those who may edit it."""
        page = get_object_or_404(Page, pk=self.kwargs["page_id"]).specific
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return page

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who was asked, and the form."""
        return self.render_to_response(self.get_context_data(form=WhomForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take a link back, or make one, whose address is shown this once."""
        taken_back = request.POST.get("withdraw", "")
        if taken_back.isdecimal():
            link = get_object_or_404(ReviewLink, pk=taken_back, page_id=self.page.pk)
            inviting.withdraw(link=link, by=request.user)
            messages.success(request, gettext("The link was taken back. Nobody reads anything by it from now on."))
            return redirect(request.path)
        form, address = WhomForm(request.POST), ""
        if form.is_valid():
            try:
                link, token = inviting.invite(page=self.page, by=request.user, **form.cleaned_data)
                form, address = WhomForm(), self.told(link, token)
            except NothingToRead as refusal:
                form.add_error(None, str(refusal))
        return self.render_to_response(self.get_context_data(form=form, address=address))

    def told(self, link: ReviewLink, token: str) -> str:
        """Send the letter; or, where there is no address to send it to, or it did not leave, show the link."""
        if link.sent_to:
            try:
                inviting.send(link=link, token=token)
            except (SMTPException, OSError):
                messages.error(self.request, gettext("The letter did not leave. Send the link below by hand."))
            else:
                sent = {"to": link.sent_to}
                messages.success(self.request, gettext("A letter with the link was sent to %(to)s.") % sent)
                return ""
        return settings.BASE_URL + reverse("review", args=[token])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page, its links, the days that a link lives."""
        links = ReviewLink.objects.filter(page_id=self.page.pk).select_related("asked_by")
        more = {"page": self.page, "links": links, "days": settings.REVIEW_LINK_DAYS}
        return {**super().get_context_data(**kwargs), **more}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the page, this."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        above = {"url": edit, "label": self.page.get_admin_display_title()}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]


urlpatterns = [path("pages/<int:page_id>/ask-a-clinician/", ReviewLinks.as_view(), name="ask_a_clinician")]
