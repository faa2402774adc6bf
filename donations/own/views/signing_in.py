"""The way in: a key is asked for, comes by email, and is used with a button, since mail programs open links too."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from almoner.kit.whence import place_of
from donations import charity
from donations.actions import opening
from donations.own import doors
from donations.own.forms.signing_in import SignInForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form that asks for a key. Sent rightly it leads to one page, the same for every address."""
    if request.method == "POST":
        form = SignInForm(request.POST)
        if form.is_valid():
            opening.ask(email=form.cleaned_data["email"], place=place_of(request))
            return redirect("donations:own_asked")
        return render(request, "donations/own/sign_in.html", {"form": form}, status=422)
    if doors.donor_in(request) is not None:
        return redirect("donations:own")
    return render(request, "donations/own/sign_in.html", {"form": SignInForm()})


@never_cache
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What is said to everybody who asked, and the way on for those who wait in vain."""
    return render(request, "donations/own/asked.html", {"charity": charity.current()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def key(request: HttpRequest, key: str) -> HttpResponse:
    """Where the letter leads: one button. Pressing it uses the key up."""
    if request.method != "POST":
        if opening.fits(key=key):
            return render(request, "donations/own/key.html")
    elif donor := opening.use(key=key):
        doors.let_in(request, donor)
        return redirect("donations:own")
    return render(request, "donations/own/key_too_late.html", {"form": SignInForm()}, status=410)


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The way out."""
    doors.let_out(request)
    return redirect("donations:own_sign_in")
