"""Who speaks for the demo's campaign. Everybody is invented, and so is every word they say."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from content.models import Channel, ConsentRecord, Endorsement, EndorsementKind, Organisation, Person

NETWORK = "Solent NET Network (demo)"
KINGFISHER, EASTQUAY, SALTMARSH = (
    "Kingfisher Infirmary (demo)",
    "Eastquay Hospital (demo)",
    "Saltmarsh Cancer Centre (demo)",
)
UMBRELLA = "Solent Hospitals Charity (demo)"
QUIET_TIDES, OPEN_SEA = "Quiet Tides Coalition (demo)", "Open Sea Alliance (demo)"
LAMP_IMAGING, CHEST_FORUM = "Guild of Lamp Imaging (demo)", "Chest Tumour Forum (demo)"
LIGHTHOUSE, LISTENING = "Lighthouse Society of Tumour Medicine (demo)", "The Listening Boat (demo)"
NORTHQUAY, BRIGHTWATER = "Northquay Medicines (demo)", "Brightwater Pharma (demo)"
SKERRY, DRIFTHOUSE = "University of Outer Skerry (demo)", "Drift House Centres (demo)"

PATIENTS = {"Perran T.", "Avery K."}
PARENTS = {KINGFISHER: UMBRELLA, EASTQUAY: UMBRELLA, SALTMARSH: UMBRELLA}
COMPANIES = {NORTHQUAY, BRIGHTWATER}
ORGANISATIONS = [
    *(UMBRELLA, NETWORK, KINGFISHER, EASTQUAY, SALTMARSH, QUIET_TIDES, OPEN_SEA, LAMP_IMAGING, CHEST_FORUM),
    *(LIGHTHOUSE, LISTENING, NORTHQUAY, BRIGHTWATER, SKERRY, DRIFTHOUSE),
]

# Name, letters after it, role, affiliation: as they are usually given. A page may word role and place otherwise.
PEOPLE = [
    ("Ottilie Lanternby", "", "Chief executive", QUIET_TIDES),
    ("Professor Marina Tidewell", "MD PhD", "Professor of hormone medicine", KINGFISHER),
    ("Cormac Spinnaker", "", "Chair", OPEN_SEA),
    ("Dr Piran Breakwater", "PhD", "Medical director", NORTHQUAY),
    ("Mr Jasper Spindrift", "MB BS MS", "Consultant surgeon and network lead", NETWORK),
    ("Sorrel Driftwood", "MA", "Director of services and counsellor", LISTENING),
    ("Dr Rowan Pebblecombe", "MBE MD PhD MSc", "President", LIGHTHOUSE),
    ("Professor Zoë Saltwick", "DPhil", "Professor of digestive medicine", SKERRY),
    ("Imogen Foghorne", "BPharm", "Head of patient affairs", BRIGHTWATER),
    ("Dr Fitch Limpetson", "MB ChB (1994)", "General practitioner", ""),
    ("Coral Anchorley", "", "Founder", DRIFTHOUSE),
    ("Wren Shingleby", "MB BS", "Consultant radiologist", EASTQUAY),
    ("Mr Barnaby Mooring", "MB BS", "Surgeon, founder of the network", KINGFISHER),
    # Advisers
    ("Lowenna Quayle-Stern", "", "Policy manager", NORTHQUAY),
    ("Hester Fairlead", "", "Head of information", LISTENING),
    ("Sister Bryony Saltings", "RN MSc", "Lead nurse", KINGFISHER),
    ("Calder Windrow", "", "Lead for rarer cancers, national programme", ""),
    ("Dr Tamsin Eelgrass", "PhD", "Consultant oncologist", SALTMARSH),
    ("Dr Ruan Shoalhaven", "MD", "Consultant in hormone medicine", EASTQUAY),
    ("Professor Isolde Merrow", "PhD", "Professor of pathology", SKERRY),
    ("Perran T.", "", "Patient adviser", ""),
    # Thanked
    ("Dr Odette Sandling", "PhD", "Consultant in nuclear medicine", SALTMARSH),
    ("Dr Gethin Harbourby", "MD", "Consultant pathologist", KINGFISHER),
    ("Dr Nerys Saltmeadow", "", "Consultant gastroenterologist", EASTQUAY),
    ("Dr Edmund Curlewis-Sands", "", "Consultant oncologist", KINGFISHER),
    ("Dr Morwenna Tidepool", "PhD", "Registrar in surgery", EASTQUAY),
    ("Staff Nurse Dulcie Moorhenley", "RN", "Ward nurse", SALTMARSH),
    ("Avery K.", "", "Patient", ""),
    # Trustees
    ("Coral Reefton", "", "Chair of trustees", ""),
    ("Gale Foreland", "", "Trustee, retired headteacher", ""),
    ("Misty Haarlow", "", "Trustee, accountant", ""),
    ("Cliff Saltmarsh-Pym", "", "Trustee, solicitor", ""),
    ("Dory Lanternfish", "", "Trustee, carer for nine years", ""),
]


@dataclass(frozen=True)
class Voice:
    """An endorsement to be."""

    kind: EndorsementKind
    quote: str
    person: str = ""
    organisation: str = ""
    role: str = ""
    more: dict[str, Any] = field(default_factory=dict)


MAKES_MEDICINES = "Works for a company that makes medicines for this illness."

VOICES = [
    Voice(
        EndorsementKind.PERSON,
        "Too many people spend years being told that nothing is wrong. One agreed path would give them back that time.",
        person="Ottilie Lanternby",
        organisation=QUIET_TIDES,
        role="Chief executive",
    ),
    Voice(
        EndorsementKind.ORGANISATION,
        "A scan is worth most when somebody who knows the illness reads it, and this plan makes sure that somebody "
        "does.",
        organisation=LAMP_IMAGING,
    ),
    Voice(
        EndorsementKind.PERSON,
        "I have looked after people with these tumours for twenty-two years. What strikes me is how much turns on "
        "chance: which surgery somebody walks into, which letter is read first, which hospital is nearest. We would "
        "not accept that in heart care. A written path does not replace judgement. It makes sure that the right "
        "people are asked, in the right order, and that nobody falls between two clinics. In our own three hospitals "
        "the weekly meeting has done exactly this. I should like it for everybody.",
        person="Professor Marina Tidewell",
        organisation=KINGFISHER,
        role="Professor of hormone medicine and chair of the weekly meeting",
    ),
    Voice(
        EndorsementKind.LETTER,
        "Our members live in all four nations, and they compare notes. What they find is not one service with local "
        "touches. It is four services, and within each of them many more.",
        person="Cormac Spinnaker",
        organisation=OPEN_SEA,
        role="Chair",
        more={
            "full_text": "Our members live in all four nations, and they compare notes. What they find is not one "
            "service with local touches. It is four services, and within each of them many more.\n\n"
            "We have read the proposed path line by line with twelve people who have lived with this illness. They "
            "asked for two changes, and both were made: a named nurse from the first week, and a plain letter after "
            "every meeting of the team.\n\n"
            "We will carry this to every health board that will see us, and we will keep asking those that will not.",
            "sign_off": "With every good wish,\nCormac Spinnaker",
        },
    ),
    Voice(
        EndorsementKind.INDUSTRY,
        "Medicines can only help people who have been found. An earlier diagnosis matters more than anything we make.",
        person="Dr Piran Breakwater",
        organisation=NORTHQUAY,
        role="Medical director",
        more={"interest_note": MAKES_MEDICINES},
    ),
    Voice(
        EndorsementKind.PATIENT,
        "It took six years to get a name for what I had. Then one nurse rang me every week until I understood it. "
        "I want the next person to have the nurse without the six years.",
        more={"chosen_name": "Juniper A."},
    ),
    Voice(
        EndorsementKind.PERSON,
        "Surgeons like to act. The path makes us listen first, and our patients do better for it.",
        person="Mr Jasper Spindrift",
        organisation=NETWORK,
        role="Lead clinician of the network",
    ),
    Voice(
        EndorsementKind.ORGANISATION,
        "Nine of our members read the plan, each from a different hospital. All nine would use it tomorrow.",
        organisation=CHEST_FORUM,
    ),
    Voice(
        EndorsementKind.PERSON,
        "People ask me whether it is normal to be frightened for so long. It is, when nobody tells you what comes "
        "next. A path you can see is a kindness in itself.",
        person="Sorrel Driftwood",
        organisation=LISTENING,
        role="Director of services, and counsellor",
    ),
    Voice(
        EndorsementKind.LETTER,
        "The Society has examined more than thirty plans of this kind. We rarely see one that names who does what, by "
        "when, and whom a patient may ring. This one does.",
        person="Dr Rowan Pebblecombe",
        organisation=LIGHTHOUSE,
        role="President",
        more={
            "full_text": "The Society has examined more than thirty plans of this kind. We rarely see one that names "
            "who does what, by when, and whom a patient may ring. This one does.\n\n"
            "Our council asked three things of it. Is it safe? Can it be followed in a small hospital as well as in a "
            "large one? And will anybody notice if it is not followed?\n\n"
            "On the first we had two questions, and the authors answered both. On the second we were persuaded by the "
            "pilot, where the smallest hospital did best. On the third we asked for a yearly count, to be published; "
            "the authors have agreed.\n\n"
            "We are glad to support it, and we shall tell our members so.",
            "sign_off": "Yours sincerely,\nRowan Pebblecombe\nPresident",
        },
    ),
    Voice(
        EndorsementKind.PERSON,
        "Rare does not mean few when you count all the rare illnesses together. What this campaign builds for one of "
        "them, others can borrow.",
        person="Professor Zoë Saltwick",
        role="Professor of digestive medicine",
        more={
            "affiliation": "Department of Hormone and Digestive Medicine, Faculty of Health and Island Life, "
            "University of Outer Skerry (demo), and the Skerrøy Tumour Group (demo)"
        },
    ),
    Voice(
        EndorsementKind.INDUSTRY,
        "We sat at the table as guests. Patients and nurses wrote this, and it shows.",
        person="Imogen Foghorne",
        organisation=BRIGHTWATER,
        role="Head of patient affairs, and an adviser to this campaign",
        more={"interest_note": MAKES_MEDICINES},
    ),
    Voice(
        EndorsementKind.PERSON,
        "I may see two people with this in my whole working life. I need one page that tells me when to worry and whom "
        "to call. Here it is.",
        person="Dr Fitch Limpetson",
        role="General practitioner in a village surgery",
    ),
    Voice(
        EndorsementKind.PERSON,
        "At last, a plan with a telephone number in it.",
        person="Coral Anchorley",
        organisation=DRIFTHOUSE,
        role="Founder of six support centres",
    ),
    Voice(
        EndorsementKind.PERSON,
        "A gallium scan can show what an ordinary CT misses. Under this path the question of which scan, and when, is "
        "settled by the whole team, not by whichever machine is free.",
        person="Wren Shingleby",
        organisation=EASTQUAY,
        role="Consultant radiologist",
    ),
]

# Broken on purpose: a permission that has run out, and a draft for which nobody has asked permission yet.
LAPSED = Voice(
    EndorsementKind.PERSON,
    "I founded a meeting of four people round one lamp. I am proud of what it has become.",
    person="Mr Barnaby Mooring",
    organisation=KINGFISHER,
    role="Founder of the network",
)
DRAFT = Voice(
    EndorsementKind.PERSON,
    "We nurses have asked for this for years.",
    person="Sister Bryony Saltings",
    organisation=KINGFISHER,
    role="Lead nurse",
)


def load() -> list[Endorsement]:
    """Organisations, people and endorsements; the fifteen that are public, in their order."""
    for name in ORGANISATIONS:
        Organisation.objects.create(
            name=name, is_industry=name in COMPANIES, parent=Organisation.objects.filter(name=PARENTS.get(name)).first()
        )
    for name, letters, role, affiliation in PEOPLE:
        Person.objects.create(
            name=name, post_nominals=letters, role=role, affiliation=affiliation, is_lived_experience=name in PATIENTS,
            consent=of_a_patient(name) if name in PATIENTS else None,
        )  # fmt: skip
    public = [say(voice, given=date(2025, 9, 1) + timedelta(days=9 * at)) for at, voice in enumerate(VOICES)]
    today = timezone.localdate()
    say(LAPSED, given=today - timedelta(days=400), ends=today - timedelta(days=35))
    say(DRAFT, given=None)
    return public


def of_a_patient(name: str) -> ConsentRecord:
    """That this patient agreed that we say they are one."""
    return ConsentRecord.objects.create(
        name=name, covers_words=True, covers_name=True, covers_health=True, given_on=date(2025, 9, 8),
        wording_version="Consent form 3, September 2025", reached_us_by=ConsentRecord.ReachedUsBy.FORM,
    )  # fmt: skip


def say(voice: Voice, *, given: date | None, ends: date | None = None) -> Endorsement:
    """One endorsement, published if permission was given."""
    endorsement = Endorsement(
        kind=voice.kind,
        quote=voice.quote,
        person=Person.objects.get(name=voice.person) if voice.person else None,
        organisation=Organisation.objects.get(name=voice.organisation) if voice.organisation else None,
        role=voice.role,
        consent=of_a_patient(voice.more["chosen_name"]) if voice.kind == EndorsementKind.PATIENT else None,
        live=given is not None,
        has_unpublished_changes=given is None,
        **voice.more,
    )
    if given:
        endorsement.permit(on=given, channel=Channel.EMAIL, until=ends)
    endorsement.full_clean()
    endorsement.save()
    return endorsement
