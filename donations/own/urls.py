"""The addresses of the donor's own page, below /giving/."""

from django.urls import path

from donations.own.views import contact, data, declarations, details, gifts, papers, regular, signing_in

urlpatterns = [
    path("", gifts.overview, name="own"),
    path("sign-in/", signing_in.sign_in, name="own_sign_in"),
    path("asked/", signing_in.asked, name="own_asked"),
    path("key/<str:key>/", signing_in.key, name="own_key"),
    path("sign-out/", signing_in.sign_out, name="own_sign_out"),
    path("gifts/<str:reference>/", gifts.gift, name="own_gift"),
    path("gifts/<str:reference>/receipt.pdf", papers.receipt, name="own_receipt"),
    path("statements/<int:year>.pdf", papers.statement, name="own_statement"),
    path("regular/", regular.all_of_them, name="own_regular"),
    path("regular/<str:reference>/", regular.one, name="own_regular_gift"),
    *(
        path(f"regular/<str:reference>/{what}/", regular.change, {"what": what}, name=f"own_regular_{what}")
        for what in regular.CHANGES
    ),
    path("regular/<str:reference>/card/", regular.card, name="own_regular_card"),
    path("gift-aid/", declarations.all_of_them, name="own_declarations"),
    path("gift-aid/new/", declarations.new, name="own_declaration_new"),
    path("gift-aid/<str:reference>/cancel/", declarations.cancel, name="own_declaration_cancel"),
    path("keeping-in-touch/", contact.permissions, name="own_contact"),
    path("details/", details.details, name="own_details"),
    path("details/email/", details.email, name="own_email"),
    path("confirm/<str:signed>/", details.confirm, name="own_confirm"),
    path("data/", data.page, name="own_data"),
    path("data/copy/", data.copy, name="own_data_copy"),
    path("data/delete/", data.delete, name="own_data_delete"),
]
