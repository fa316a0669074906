"""Whether people are told what they need in order to answer, and what becomes of their data."""

from collections.abc import Iterator

from surveys.consultation import ABOUT_TEXTS, TWELVE_WEEKS, About, Document
from surveys.documents import KeptDocument
from surveys.readiness.concern import Check, Concern, Kind, listed

_GUNNING = (
    "R v Brent London Borough Council, ex parte Gunning (1985) 84 LGR 168, approved by the Supreme "
    "Court in R (Moseley) v Haringey London Borough Council [2014] UKSC 56"
)
_ENOUGH = f"People must be told enough to think the matter through and answer: {_GUNNING}"
_PRIVACY = "Article 13 of the UK GDPR asks for it at the time when personal data is collected"

TELLING = {
    "summary": Check(
        "no_summary",
        Kind.SAID,
        "It does not say what it is about",
        "It says what it is about",
        f"{_ENOUGH}.",
        "Say in a sentence or two what it is about",
    ),
    "why": Check(
        "no_why",
        Kind.SAID,
        "It does not say why people are asked",
        "It says why people are asked",
        f"Reasons have to be given for a proposal. {_ENOUGH}.",
        "Say what led to this, and who will decide",
    ),
    "can_change": Check(
        "no_can_change",
        Kind.SAID,
        "It does not say what can change",
        "It says what can change",
        "Consultation has to come while the proposals can still be shaped, and people need to see "
        f"where: {_GUNNING}.",
        "Say what the answers can change",
    ),
    "cannot_change": Check(
        "no_cannot_change",
        Kind.SAID,
        "It does not say what is settled already",
        "It says what is settled already",
        "“Do not ask questions about issues on which you already have a final view”: principle B "
        "of the Cabinet Office’s Consultation Principles (2018), written for central government. "
        "What is settled should be said, so that nobody is misled.",
        "Say what is settled, and why",
    ),
    "alternatives": Check(
        "no_alternatives",
        Kind.SAID,
        "No alternatives are given",
        "The alternatives are described",
        "Fairness may demand that people are told of realistic alternatives and why they were not "
        "chosen: R (Moseley) v Haringey London Borough Council [2014] UKSC 56, where leaving them "
        "out made a consultation unlawful.",
        "Describe what else was thought of and why it is not proposed, or say that there was "
        "nothing else and why",
    ),
    "what_happens_next": Check(
        "no_what_happens_next",
        Kind.SAID,
        "It does not say what happens next",
        "It says what happens next",
        "What people say has to be taken into account conscientiously before the decision: "
        f"{_GUNNING}. People can only see that it will be if they are told who decides and when.",
        "Say who reads the answers, who decides and when, and what will be published",
    ),
    "privacy": Check(
        "no_privacy_notice",
        Kind.SAID,
        "There is no privacy notice",
        "There is a privacy notice",
        f"{_PRIVACY}: who holds it, what it is for and who receives it.",
        "Say who sees the answers, or where the privacy notice is",
    ),
    "lawful_basis": Check(
        "no_lawful_basis",
        Kind.SAID,
        "The lawful basis is missing",
        "The lawful basis is given",
        f"{_PRIVACY}. Article 6 lists the lawful bases; councils often rely on a public task, and "
        "data such as health or ethnicity needs a condition in Article 9 as well.",
        "Say on which lawful basis the answers are used. Your data protection officer can tell you",
    ),
    "retention": Check(
        "no_retention",
        Kind.SAID,
        "It does not say how long answers are kept",
        "It says how long answers are kept",
        f"{_PRIVACY}: how long it is kept, or how that is decided.",
        "Say how long answers are kept and what is done with them then",
    ),
    "contact": Check(
        "no_contact",
        Kind.SAID,
        "Nobody is named who can be asked about it",
        "It says who can be asked about it",
        f"People who do not understand a question cannot give an answer that counts. {_ENOUGH}.",
        "Give a team, an email address and a telephone number",
    ),
    "other_formats": Check(
        "no_other_formats",
        Kind.SAID,
        "There is no other way to answer",
        "There are other ways to answer",
        "Some people cannot use a web page. A council has to make reasonable adjustments for "
        "disabled people, and to have due regard to equality: sections 20, 29 and 149 of the "
        "Equality Act 2010.",
        "Say how to answer on paper, by telephone, in Easy Read or in another language",
    ),
}

DOCUMENTS = Check(
    "no_documents",
    Kind.SAID,
    "There is nothing to read before answering",
    "There is something to read before answering",
    f"A proposal of any size needs to be set out. {_ENOUGH}.",
    "Add the document that people are asked about, or say that this page is all there is",
    "documents",
)

REPLY = Check(
    "no_reply_promise",
    Kind.SAID,
    "Nobody is told when they will hear back",
    "It says when people will hear back",
    "“Publish responses within 12 weeks of the consultation or provide an explanation why this is "
    "not possible”: principle J of the Cabinet Office’s Consultation Principles (2018), written "
    "for central government.",
    "Promise a reply within twelve weeks of the close, or say why not",
    "about#about_reply",
)

CHECKS = (*TELLING.values(), DOCUMENTS, REPLY)


def unsaid(about: About, *, language: str) -> Iterator[Concern]:
    """The texts of the form that are empty, in its order."""
    for name in ABOUT_TEXTS:
        check = TELLING.get(name)
        if check and not about.said(name, language).strip():
            yield check.concern(f"{check.title}.", mend=f"about#{name}")


def unpromised(about: About, *, language: str) -> Iterator[Concern]:
    """A reply later than usual, or on no day, without a reason."""
    if about.said("about_reply", language).strip():
        return
    if not about.reply_weeks:
        yield REPLY.concern("No day is promised, and nothing says why.")
    elif about.reply_weeks > TWELVE_WEEKS:
        yield REPLY.concern(f"A reply within {about.reply_weeks} weeks, and nothing says why.")


def undocumented(
    about: About, documents: tuple[KeptDocument, ...], *, asked_about: Document, language: str
) -> Iterator[Concern]:
    """Documents that nobody can open, or none at all."""
    kept = [each for each in documents if not each.removed]
    named = [each for each in (*about.documents, asked_about) if each.title]
    closed = [each.called(language) for each in kept if not each.versions]
    if not any(each.versions for each in kept) and not any(each.link for each in named):
        closed += [each.title for each in named]
    if closed:
        lines = (
            f"“{title}” is named, with no link and no file." for title in dict.fromkeys(closed)
        )
        yield DOCUMENTS.concern(*listed(lines))
    elif not kept and not named:
        yield DOCUMENTS.concern("No document is linked from the page that people read first.")
