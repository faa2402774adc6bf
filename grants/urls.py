"""The trustees' addresses, under /board/."""

from django.urls import path

from grants.views import trustees

app_name = "board"
urlpatterns = [
    path("", trustees.index, name="index"),
    path("sign-in/", trustees.SignIn.as_view(), name="sign_in"),
    path("sign-out/", trustees.SignOut.as_view(), name="sign_out"),
    path("<str:reference>/", trustees.resolution, name="resolution"),
    path("<str:reference>/declare/", trustees.declare, name="declare"),
    path("<str:reference>/vote/", trustees.vote, name="vote"),
    path("<str:reference>/close/", trustees.close, name="close"),
    path("<str:reference>/casting-vote/", trustees.cast, name="cast"),
]
