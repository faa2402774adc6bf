"""A page of every kind, on the shore, that holds all that such a page can hold, as often as one likes."""

from collections.abc import Callable
from datetime import date

from wagtail.documents.models import Document
from wagtail.models import Page

from content import models as of
from content.models.base import BasePage
from grants.models import Programme, Round
from tests.content.shore import PLAIN, Shore
from tests.factories import stories


def home(shore: Shore) -> Page:
    """The first page, with an appeal."""
    shore.home.featured, shore.home.picture = shore.appeal_page, shore.pictures[0]
    shore.home.body = shore.body(of.HomePage)
    shore.home.save()
    return shore.home


def campaign(shore: Shore) -> Page:
    """With all that a campaign shows."""
    facts = {"aim": "Fair care.", "picture": shore.pictures[0], "share_picture": shore.pictures[1]}
    return shore.under(of.CampaignPage, title="One path", slug="campaign", appeal_page=shore.appeal_page, **facts)


def appeal(shore: Shore) -> Page:
    """One, with many amounts."""
    facts = shore.appeal(998)
    for at in range(shore.many):
        facts.suggested_amounts.create(pence=1000 + at, pays_for="an hour", approved=True)
    its = {"title": "A nurse", "slug": "nurse", "standfirst": ".", "appeal": facts, "picture": shore.pictures[0]}
    return shore.under(of.AppealPage, shore.appeals, **its)


def impact(shore: Shore) -> Page:
    """With every award that is told."""
    assert shore.funded
    return shore.under(of.ImpactPage, title="Money", slug="where-your-money-goes")


def hub(shore: Shore) -> Page:
    """With pages beneath it along the journey."""
    page = shore.under(of.InfoHubPage, title="Information", slug="information")
    stage = of.Stage.objects.create(name="Just told", words="The first weeks.")
    for at in range(shore.many):
        shore.under(of.InfoPage, page, title=f"Page {at}", slug=f"info-{at}", stage=stage, body=[])
    return page


def information(kind: type[BasePage]) -> Callable[[Shore], Page]:
    """A page that somebody reviewed."""

    def make(shore: Shore) -> Page:
        hub = of.InfoHubPage.objects.get()
        return shore.under(kind, hub, title=kind.__name__, slug=kind.__name__.lower(), reviewer=shore.people[0])

    return make


def centres(shore: Shore) -> Page:
    """A list of centres, each with a page and with what it looks after."""
    index = shore.under(of.CentreIndexPage, title="Centres", slug="centres")
    lung = of.CancerSite.objects.create(name="Lung")
    for at in range(shore.many):
        made = of.Centre.objects.create(name=f"Clinic {at}", postcode=f"ZY{at} 1AA", nation="wales")
        made.cancer_sites.add(lung)
        made.save()
        shore.under(of.CentrePage, index, title=made.name, slug=f"clinic-{at}", centre=made, body=[])
    return index


def centre(shore: Shore) -> Page:
    """One centre, in many networks."""
    page = of.CentrePage.objects.select_related("centre").get(slug="clinic-0")
    page.body = shore.body(of.CentrePage)
    page.save()
    index = of.CentreIndexPage.objects.get()
    for at in range(shore.many):
        network = shore.under(of.NetworkPage, index, title=f"Network {at}", slug=f"network-{at}", body=[])
        of.NetworkMember.objects.create(page=network, centre=page.centre)
    return page


def network(shore: Shore) -> Page:
    """Of many centres, led by many people."""
    page = shore.under(of.NetworkPage, of.CentreIndexPage.objects.get(), title="Network", slug="network")
    for member, person in zip(of.Centre.objects.all(), shore.people, strict=True):
        of.NetworkMember.objects.create(page=page, centre=member)
        of.NetworkLead.objects.create(page=page, person=person, role="Lead", began_in=2020)
    return page


def news(shore: Shore) -> Page:
    """A list with pictures and topics."""
    index = shore.under(of.NewsIndexPage, title="News", slug="news")
    for at, picture in enumerate(shore.pictures):
        topic = of.Topic.objects.create(name=f"Topic {at}", slug=f"topic-{at}")
        piece = of.NewsPage(title=f"News {at}", slug=f"news-{at}", standfirst=".", picture=picture, topics=[topic])
        index.add_child(instance=piece)
    return index


def piece_of_news(shore: Shore) -> Page:
    """With a picture, topics and an appeal."""
    its = {"picture": shore.pictures[0], "appeal_page": shore.appeal_page, "topics": list(of.Topic.objects.all())}
    index = of.NewsIndexPage.objects.get()
    return shore.under(of.NewsPage, index, title="A piece", slug="piece", standfirst=".", **its)


def stories_(shore: Shore) -> Page:
    """A list of what people tell."""
    index = stories.an_index(shore.home)
    for at, picture in enumerate(shore.pictures):
        stories.a_story(index, stories.a_consent(), title=f"Story {at}", slug=f"story-{at}", picture=picture)
    return index


def story(shore: Shore) -> Page:
    """One, with all that may stand in it."""
    its = {"picture": shore.pictures[0], "appeal_page": shore.appeal_page, "body": shore.body(of.StoryPage)}
    return stories.a_story(of.StoryIndexPage.objects.get(), stories.a_consent(), **its)


def publications(shore: Shore) -> Page:
    """A list."""
    index = shore.under(of.PublicationIndexPage, title="Publications", slug="publications")
    for at in range(shore.many):
        its = {"title": f"Paper {at}", "slug": f"paper-{at}", "summary": ".", "authors": "M. Kelp", "body": []}
        shore.under(of.PublicationPage, index, **its)
    return index


def publication(shore: Shore) -> Page:
    """One, with its file."""
    paper = Document.objects.create(title="Paper", file="paper.pdf", file_size=1)
    its = {"title": "Paper", "slug": "paper", "summary": ".", "authors": "M. Kelp", "document": paper}
    return shore.under(of.PublicationPage, of.PublicationIndexPage.objects.get(), **its)


def programmes(shore: Shore) -> Page:
    """A list, each with a round."""
    index = shore.under(of.ProgrammeIndexPage, title="Grants", slug="grants")
    known = shore.programme
    for at in range(shore.many):
        made = Programme.objects.create(name=f"P {at}", slug=f"p{at}", purpose=known.purpose, fund=known.fund)
        Round.objects.create(programme=made, name="Spring", opens_on=date(2030, 1, 1), closes_on=date(2030, 2, 1))
        page = of.ProgrammePage(title=made.name, slug=made.slug, programme=made, standfirst=".", how_to_apply=PLAIN)
        index.add_child(instance=page)
    return index


def programme(shore: Shore) -> Page:
    """One, with many rounds, and with awards."""
    for at in range(shore.many):
        days = {"opens_on": date(2030 + at, 1, 1), "closes_on": date(2030 + at, 2, 1)}
        Round.objects.create(programme=shore.programme, name=f"Of {2030 + at}", **days)
    its = {"programme": shore.programme, "standfirst": ".", "how_to_apply": PLAIN}
    return shore.under(of.ProgrammePage, of.ProgrammeIndexPage.objects.get(), title="Nurses", slug="nurses", **its)


def support(shore: Shore) -> Page:
    """The directory."""
    for at in range(shore.many):
        by = stories.an_organisation(f"Friends {at} (demo)")
        its = {"way": "helpline", "offers": "An ear.", "times": "Mondays", "telephone": "01632 960001"}
        of.SupportService.objects.create(name=f"Helpline {at}", organisation=by, **its)
    return shore.under(of.SupportIndexPage, title="Support", slug="support")


def form(shore: Shore) -> Page:
    """With many questions."""
    page = shore.under(of.FormPage, title="Contact", slug="contact", thanks=PLAIN)
    for at in range(shore.many):
        page.form_fields.create(label=f"Question {at}", field_type="singleline", sort_order=at)
    return page


# In this order, since some stand under others.
CASES: dict[type[BasePage], Callable[[Shore], Page]] = {
    of.HomePage: home,
    of.CampaignPage: campaign,
    of.AppealIndexPage: lambda shore: shore.appeals,
    of.AppealPage: appeal,
    of.ImpactPage: impact,
    of.InfoHubPage: hub,
    of.InfoPage: information(of.InfoPage),
    of.TreatmentPage: information(of.TreatmentPage),
    of.ConditionPage: information(of.ConditionPage),
    of.CentreIndexPage: centres,
    of.CentrePage: centre,
    of.NetworkPage: network,
    of.NewsIndexPage: news,
    of.NewsPage: piece_of_news,
    of.StoryIndexPage: stories_,
    of.StoryPage: story,
    of.PublicationIndexPage: publications,
    of.PublicationPage: publication,
    of.ProgrammeIndexPage: programmes,
    of.ProgrammePage: programme,
    of.SupportIndexPage: support,
    of.PeoplePage: lambda shore: shore.under(of.PeoplePage, title="People", slug="people"),
    of.PolicyPage: lambda shore: shore.under(of.PolicyPage, title="Ours", slug="ours"),
    of.FormPage: form,
}
NOT_READ = {of.TemplatesPage}  # nothing in it is public
